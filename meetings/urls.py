"""Addresses of the calendar."""

app_name = "meetings"
urlpatterns = []
