"""Addresses of the ministry's side, under /<lang>/portfolio/submissions/."""

from django.urls import path

from portfolio.views import drafting, managing, printing, submitting

urlpatterns = [
    path("", drafting.submissions, name="submissions"),
    path("start/", drafting.start, name="start"),
    path("<int:pk>/", submitting.submission, name="submission"),
    path("<int:pk>/form/", drafting.tasklist, name="tasklist"),
    path("<int:pk>/form/<slug:key>/", drafting.section, name="section"),
    path("<int:pk>/here/", drafting.presence, name="presence"),
    path("<int:pk>/attach/", managing.attach, name="attach"),
    path("<int:pk>/check/", submitting.check, name="check"),
    path("<int:pk>/submit/", submitting.submit, name="submit"),
    path("<int:pk>/withdraw/", submitting.withdraw, name="withdraw"),
    path("<int:pk>/again/", submitting.again, name="again"),
    path("<int:pk>/discard/", submitting.discard, name="discard"),
    path("<int:pk>/endorse/", submitting.endorse, name="endorse"),
    path("<int:pk>/print/", printing.print_view, name="print"),
    path("<int:pk>/pdf/", printing.pdf, name="pdf"),
    path("files/<int:pk>/", managing.attachment, name="attachment"),
    path("files/<int:pk>/change/", managing.describe, name="describe"),
    path("programmes/<int:pk>/", managing.program, name="program"),
    path("programmes/<int:pk>/correct/", managing.correct, name="correct"),
]
