"""Addresses without a language: permanent numbers and the site map. Included at the root."""

from django.urls import path, re_path

from catalogue.views import addresses

urlpatterns = [
    path("id/<str:permanent_id>", addresses.permanent, name="permanent"),
    path("sitemap.xml", addresses.sitemap, name="sitemap"),
    re_path(r"^sitemap-(?P<part>pages|[a-z]+-[1-9]\d{0,4})\.xml$", addresses.sitemap_part, name="sitemap_part"),
]
