"""Pages of what both catalogues hold, under /<lang>/."""

from django.urls import path

from catalogue.views import compare, overview

app_name = "catalogue"
urlpatterns = [
    path("compare/", compare.comparison, name="compare"),
    path("overview/", overview.overview, name="overview"),
    path("countries/", overview.countries, name="countries"),
    path("countries/<str:iso2>/", overview.country, name="country"),
    path("themes/", overview.themes, name="themes"),
    path("themes/<str:code>/", overview.theme, name="theme"),
    path("areas/<str:code>/", overview.area, name="area"),
]
