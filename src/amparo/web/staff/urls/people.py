"""Team, family, what is known of her, and her identity."""

from django.urls import path

from amparo.web.staff.views import family, identity, particulars, people

PEOPLE = "cases/<str:code>/people"
HANDOVER = f"{PEOPLE}/handovers/<int:handover>"
ONE = f"{PEOPLE}/family/<int:relative>"

urlpatterns = [
    path(f"{PEOPLE}/", people.People.as_view(), name="case_people"),
    path(f"{PEOPLE}/join/", people.JoinTeam.as_view(), name="team_join"),
    path(f"{PEOPLE}/<int:member>/leave/", people.LeaveTeam.as_view(), name="team_leave"),
    path(f"{PEOPLE}/hand-over/", people.HandOver.as_view(), name="team_hand_over"),
    path(f"{PEOPLE}/stand-in/", people.StandIn.as_view(), name="team_stand_in"),
    path(f"{HANDOVER}/told/", people.SheWasTold.as_view(), name="team_tell_her"),
    path(f"{HANDOVER}/read/", people.ConfirmHandover.as_view(), name="team_confirm"),
    path(f"{PEOPLE}/family/new/", family.AddRelative.as_view(), name="relative_add"),
    path(f"{ONE}/", family.ChangeRelative.as_view(), name="relative"),
    path(f"{ONE}/remove/", family.RemoveRelative.as_view(), name="relative_remove"),
    path(f"{PEOPLE}/about/", particulars.WriteParticulars.as_view(), name="case_particulars"),
    path("cases/<str:code>/identity/write/", identity.WriteIdentity.as_view(), name="identity_write"),
]
