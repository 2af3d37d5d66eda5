"""Colleagues."""

from django.urls import path

from amparo.web.staff.views import channels, members

urlpatterns = [
    path("colleagues/", members.Members.as_view(), name="members"),
    path("colleagues/add/", members.AddMember.as_view(), name="member_add"),
    path("colleagues/<int:member>/", members.ChangeMember.as_view(), name="member_change"),
    path("colleagues/<int:member>/training/", members.RecordTraining.as_view(), name="member_training"),
    path("colleagues/<int:member>/sign-in/", members.RenewSignIn.as_view(), name="member_sign_in"),
    path("colleagues/<int:member>/sign-out/", members.EndSessions.as_view(), name="member_sign_out"),
    path("channels/", channels.ChannelsThere.as_view(), name="channels"),
]
