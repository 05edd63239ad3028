"""Addresses of proposals, under /<lang>/programs/proposals/."""

from django.urls import path

from programs.views import imports, proposals, sending

urlpatterns = [
    path("", proposals.proposals, name="proposals"),
    path("new/", proposals.new, name="proposal_new"),
    path("correct/<str:permanent_id>/", proposals.correct, name="proposal_correct"),
    path("<int:pk>/", sending.proposal, name="proposal"),
    path("<int:pk>/form/", proposals.edit, name="proposal_edit"),
    path("<int:pk>/check/", sending.check, name="proposal_check"),
    path("<int:pk>/rebase/", proposals.rebase, name="proposal_rebase"),
    path("<int:pk>/withdraw/", sending.withdraw, name="proposal_withdraw"),
    path("<int:pk>/discard/", sending.discard, name="proposal_discard"),
    path("import/", imports.own, name="imports"),
    path("import/new/", imports.ministry(imports.hand_in), name="import_new"),
    path("import/<int:pk>/", imports.ministry(imports.show), name="import"),
    path("import/<int:pk>/progress/", imports.ministry(imports.progress), name="import_progress"),
    path("import/<int:pk>/report/", imports.ministry(imports.report), name="import_report"),
    path("import/<int:pk>/file/", imports.ministry(imports.file), name="import_file"),
    path("import/<int:pk>/discard/", imports.ministry(imports.discard), name="import_discard"),
]
