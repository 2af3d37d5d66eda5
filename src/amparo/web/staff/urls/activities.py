"""What the house offers, where and by whom; what she wants; and the planning of sessions."""

from django.urls import path

from amparo.web.staff.views.activities import asking, catalogue, editing, house, planner, replanning

_ALL = "sessions/activities/"
_ONE = f"{_ALL}<int:activity>/"
_PLACES = "sessions/places/"
_SITE = f"{_PLACES}<int:site>/"
_HERS = "cases/<str:code>/activities/"

_PERIOD = "sessions/<int:period>/"
_SESSION = f"{_PERIOD}sessions/<int:session>/"
_PLACE = f"{_PERIOD}women/<int:place>/"

urlpatterns = [
    path(_HERS, asking.Activities.as_view(), name="case_activities"),
    path(f"{_HERS}ask/", asking.AskHer.as_view(), name="activities_ask"),
    path(f"{_HERS}<int:activity>/", asking.AskAbout.as_view(), name="activity_ask"),
    path(f"{_HERS}when/", asking.When.as_view(), name="case_when"),
    path(f"{_HERS}days/", asking.NoteOtherDays.as_view(), name="other_days"),
    path(f"{_HERS}days/<int:days>/back/", asking.TakeBackDays.as_view(), name="other_days_back"),
    path(f"{_HERS}tickets/", asking.HandOutTickets.as_view(), name="tickets_hand_out"),
    path("sessions/", planner.Periods.as_view(), name="periods"),
    path("sessions/new/", planner.NewPeriod.as_view(), name="period_new"),
    path(_PERIOD, planner.OnePeriod.as_view(), name="period"),
    path(f"{_PERIOD}compute/", planner.ComputePlan.as_view(), name="period_compute"),
    path(f"{_PERIOD}publish/", planner.Publish.as_view(), name="period_publish"),
    path(f"{_PERIOD}back/", planner.TakeBackPlan.as_view(), name="period_back"),
    path(f"{_PERIOD}again/", replanning.AskAgain.as_view(), name="period_again"),
    path(f"{_PERIOD}proposal/", replanning.Proposal.as_view(), name="period_proposal"),
    path(f"{_PERIOD}proposal/publish/", replanning.PutInForce.as_view(), name="period_proposal_publish"),
    path(f"{_PERIOD}proposal/drop/", replanning.Drop.as_view(), name="period_proposal_drop"),
    path(f"{_PERIOD}groups/<int:group>/", editing.OneGroup.as_view(), name="period_group"),
    path(f"{_PERIOD}groups/<int:group>/place/", editing.SeatWoman.as_view(), name="group_seat"),
    path(f"{_SESSION}", editing.MoveSession.as_view(), name="session_move"),
    path(f"{_SESSION}fix/", editing.FixSession.as_view(), name="session_fix"),
    path(f"{_SESSION}loose/", editing.FixSession.as_view(fixed=False), name="session_loose"),
    path(f"{_SESSION}cancel/", editing.CancelSession.as_view(), name="session_cancel"),
    path(f"{_PLACE}move/", editing.MoveWoman.as_view(), name="place_move"),
    path(f"{_PLACE}end/", editing.TakeOut.as_view(), name="place_end"),
    path(_ALL, catalogue.Activities.as_view(), name="activities"),
    path(f"{_ALL}catalogue/", catalogue.TakeActivities.as_view(), name="activities_take"),
    path(f"{_ALL}new/", catalogue.NewActivity.as_view(), name="activity_new"),
    path(_ONE, catalogue.OneActivity.as_view(), name="activity"),
    path(f"{_ONE}change/", catalogue.ChangeActivity.as_view(), name="activity_change"),
    path(f"{_ONE}aside/", catalogue.SetAside.as_view(), name="activity_aside"),
    path(f"{_ONE}again/", catalogue.SetAside.as_view(again=True), name="activity_again"),
    path(_PLACES, house.Places.as_view(), name="places"),
    path(f"{_PLACES}new/", house.AddPlace.as_view(), name="place_add"),
    path(_SITE, house.ChangePlace.as_view(), name="place_change"),
    path(f"{_SITE}rooms/new/", house.AddRoom.as_view(), name="room_add"),
    path(f"{_SITE}rooms/<int:room>/", house.ChangeRoom.as_view(), name="room_change"),
    path(f"{_SITE}childcare/", house.Childcare.as_view(), name="place_childcare"),
    path("sessions/people/", house.Leaders.as_view(), name="leaders"),
    path("sessions/people/<int:member>/", house.LeaderHours.as_view(), name="leader_hours"),
]
