"""Addresses of a person's account, under /<lang>/accounts/."""

from django.urls import include, path

from accounts.views import invitations, members, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/data/", profile.export, name="export"),
    path("profile/erase/", profile.erase, name="erase"),
    path("profile/leave/<int:pk>/", profile.leave, name="leave"),
    path("role/", profile.request_role, name="request_role"),
    path("role/withdraw/", profile.withdraw_request, name="withdraw_request"),
    path("members/", members.members, name="members"),
    path("members/<int:pk>/end/", members.end_membership, name="end_membership"),
    path("members/institutions/<int:pk>/endorsement/", members.endorsement, name="endorsement"),
    path("members/requests/<int:pk>/", members.request_page, name="request"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("invitation/<slug:token>/", invitations.accept_invitation, name="accept_invitation"),
]

allauth_patterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
