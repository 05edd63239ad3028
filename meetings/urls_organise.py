"""Addresses of those who organise, under /<lang>/calendar/organise/."""

from django.urls import path

from meetings.views import after, organising

urlpatterns = [
    path("", organising.organise, name="organise"),
    path("new/", organising.new, name="organise_new"),
    path("files/<int:pk>/", after.document, name="organise_file"),
    path("files/<int:pk>/remove/", after.detach, name="organise_detach"),
    path("tasks/<int:pk>/", after.change_task, name="organise_task"),
    path("tasks/<int:pk>/remove/", after.remove_task, name="organise_remove_task"),
    path("<int:pk>/", organising.edit, name="organise_edit"),
    path("<int:pk>/cancel/", organising.cancel, name="organise_cancel"),
    path("<int:pk>/back/", organising.take_back, name="organise_take_back"),
    path("<int:pk>/discard/", organising.discard, name="organise_discard"),
    path("<int:pk>/people/", after.people, name="organise_people"),
    path("<int:pk>/documents/", after.documents, name="organise_documents"),
    path("<int:pk>/after/", after.after, name="organise_after"),
]
