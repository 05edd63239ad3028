"""Addresses of the Portfolio, under /<lang>/portfolio/."""

app_name = "portfolio"
urlpatterns = []
