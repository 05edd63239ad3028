"""Addresses of joining, of one's own profile, of invitations and of the yearly confirmation."""

from django.urls import path

from experts.views import confirming, inviting, joining, mine

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/<str:token>/", inviting.invitation, name="invitation"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("invitations/<int:pk>/revoke/", inviting.revoke, name="revoke_invitation"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("me/", mine.me, name="me"),
    path("me/form/", joining.form, name="form"),
    path("me/check/", joining.check, name="check"),
    path("me/withdraw/", joining.withdraw, name="withdraw"),
    path("me/discard/", joining.discard, name="discard"),
    path("me/correct/", mine.correct, name="correct"),
    path("me/availability/", mine.availability, name="availability"),
    path("me/shown/", mine.shown, name="shown"),
    path("me/pause/", mine.pause, name="pause"),
    path("me/back/", mine.come_back, name="come_back"),
    path("me/confirm/", mine.confirm_now, name="confirm_now"),
    path("me/leave/", mine.leave, name="leave"),
]
