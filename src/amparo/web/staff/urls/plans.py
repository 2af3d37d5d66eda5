"""Her plan."""

from django.urls import path

from amparo.areas.plans.rules import GoalStatus, NeedStatus
from amparo.web.staff.views.plans import agreement, goals, job, needs, overview, reviews, steps

PLAN = "cases/<str:code>/plan/"
NEED, GOAL, STEP = f"{PLAN}needs/<int:need>/", f"{PLAN}goals/<int:goal>/", f"{PLAN}steps/<int:step>/"

urlpatterns = [
    path(PLAN, overview.Plan.as_view(), name="case_plan"),
    path(f"{PLAN}advice/<slug:domain>/", overview.Advice.as_view(), name="plan_advice"),
    path(f"{PLAN}review-day/", overview.ReviewDay.as_view(), name="plan_review_day"),
    path(f"{PLAN}reviews/", reviews.Trajectory.as_view(), name="plan_reviews"),
    path(f"{PLAN}reviews/new/", reviews.Begin.as_view(), name="plan_review_begin"),
    path(f"{PLAN}reviews/<int:number>/", reviews.Review.as_view(), name="plan_review"),
    path(f"{PLAN}reviews/<int:number>/finish/", reviews.Finish.as_view(), name="plan_review_finish"),
    path(f"{PLAN}reviews/<int:number>/discard/", reviews.Discard.as_view(), name="plan_review_discard"),
    path(f"{PLAN}reviews/<int:number>/<slug:domain>/", reviews.Rate.as_view(), name="plan_rating"),
    path(f"{PLAN}job/", job.JobPlan.as_view(), name="job_plan"),
    path(f"{PLAN}job/cv/", job.Cv.as_view(), name="job_cv"),
    path(f"{PLAN}job/<slug:area>/", job.TalkAboutWork.as_view(), name="job_talk"),
    path(f"{PLAN}agreement/", agreement.Agree.as_view(), name="plan_agreement"),
    path(f"{PLAN}versions/", agreement.Versions.as_view(), name="plan_versions"),
    path(f"{PLAN}versions/<int:number>/", agreement.Version.as_view(), name="plan_version"),
    path(f"{PLAN}paper/", agreement.Paper.as_view(), name="plan_paper"),
    path(f"{PLAN}basic-needs/", needs.AskBasicNeeds.as_view(), name="plan_basic_needs"),
    path(f"{PLAN}needs/new/", needs.NoteNeed.as_view(), name="need_note"),
    path(f"{NEED}again/", needs.LookAgain.as_view(), name="need_change"),
    path(f"{NEED}up/", needs.MoveNeed.as_view(), {"up": True}, name="need_up"),
    path(f"{NEED}down/", needs.MoveNeed.as_view(), {"up": False}, name="need_down"),
    path(f"{NEED}met/", needs.MarkNeed.as_view(), {"status": NeedStatus.MET}, name="need_met"),
    path(f"{NEED}aside/", needs.MarkNeed.as_view(), {"status": NeedStatus.ASIDE}, name="need_aside"),
    path(f"{NEED}open/", needs.MarkNeed.as_view(), {"status": NeedStatus.OPEN}, name="need_open"),
    path(f"{NEED}goals/new/", goals.SetGoal.as_view(), name="need_goal"),
    path(f"{PLAN}goals/new/", goals.SetGoal.as_view(), name="goal_set"),
    path(f"{GOAL}again/", goals.ChangeGoal.as_view(), name="goal_change"),
    path(f"{GOAL}reached/", goals.MarkGoal.as_view(), {"status": GoalStatus.REACHED}, name="goal_reached"),
    path(f"{GOAL}aside/", goals.MarkGoal.as_view(), {"status": GoalStatus.ASIDE}, name="goal_aside"),
    path(f"{GOAL}going/", goals.MarkGoal.as_view(), {"status": GoalStatus.GOING}, name="goal_going"),
    path(f"{GOAL}steps/new/", steps.AddStep.as_view(), name="step_add"),
    path(f"{STEP}again/", steps.ChangeStep.as_view(), name="step_change"),
    path(f"{STEP}done/", steps.FinishStep.as_view(), name="step_done"),
    path(f"{STEP}open/", steps.ReopenStep.as_view(), name="step_open"),
    path(f"{STEP}move/", steps.MoveStep.as_view(), name="step_move"),
]
