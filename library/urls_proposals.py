"""Addresses of proposals, under /<lang>/library/proposals/."""

from django.urls import path

from library.views import proposals, sending

urlpatterns = [
    path("", proposals.proposals, name="proposals"),
    path("new/", proposals.new, name="proposal_new"),
    path("correct/<str:permanent_id>/", proposals.correct, name="proposal_correct"),
    path("<int:pk>/", sending.proposal, name="proposal"),
    path("<int:pk>/form/", proposals.edit, name="proposal_edit"),
    path("<int:pk>/attach/", proposals.attach, name="proposal_attach"),
    path("<int:pk>/file/", proposals.file, name="proposal_file"),
    path("<int:pk>/check/", sending.check, name="proposal_check"),
    path("<int:pk>/rebase/", proposals.rebase, name="proposal_rebase"),
    path("<int:pk>/withdraw/", sending.withdraw, name="proposal_withdraw"),
    path("<int:pk>/discard/", sending.discard, name="proposal_discard"),
]
