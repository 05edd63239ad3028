"""Addresses of the read API, under /api/v1/. The last one takes whatever is left, so that errors are JSON too."""

from django.urls import path, re_path

from catalogue.api import Records
from core.api import Missing
from experts.answer_api import KeptAnswer, KeptAnswers
from experts.api import Expert, Experts
from forums.api import TopicItem, Topics
from forums.api_rooms import RoomItem, Rooms
from inla.api import Index, Schema
from library.api import Literature, LiteratureItem
from meetings.api import MeetingDetail, Meetings
from network.api import Countries, CountryDetail, InstitutionDetail, Institutions
from portfolio.api import Programme, Programmes
from programs.api import Project, Projects
from taxonomy.api import List, Taxonomy

app_name = "api"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("schema/", Schema.as_view(), name="schema"),
    path("records/", Records.as_view(), name="records"),
    path("projects/", Projects.as_view(), name="projects"),
    re_path(r"^projects/(?P<permanent_id>T-[0-9]{6,8})/$", Project.as_view(), name="programs"),
    path("programmes/", Programmes.as_view(), name="programmes"),
    re_path(r"^programmes/(?P<permanent_id>P-[0-9]{6,8})/$", Programme.as_view(), name="portfolio"),
    path("experts/", Experts.as_view(), name="expert_list"),
    re_path(r"^experts/(?P<permanent_id>E-[0-9]{6,8})/$", Expert.as_view(), name="experts"),
    path("literature/", Literature.as_view(), name="literature"),
    re_path(r"^literature/(?P<permanent_id>L-[0-9]{6,8})/$", LiteratureItem.as_view(), name="library"),
    path("answers/", KeptAnswers.as_view(), name="answer_list"),
    re_path(r"^answers/(?P<permanent_id>Q-[0-9]{6,8})/$", KeptAnswer.as_view(), name="answers"),
    path("meetings/", Meetings.as_view(), name="meeting_list"),
    re_path(r"^meetings/(?P<permanent_id>M-[0-9]{6,8})/$", MeetingDetail.as_view(), name="meetings"),
    path("topics/", Topics.as_view(), name="topic_list"),
    re_path(r"^topics/(?P<permanent_id>F-[0-9]{6,8})/$", TopicItem.as_view(), name="topics"),
    path("rooms/", Rooms.as_view(), name="room_list"),
    re_path(r"^rooms/(?P<permanent_id>R-[0-9]{6,8})/$", RoomItem.as_view(), name="rooms"),
    path("taxonomy/", Taxonomy.as_view(), name="taxonomy"),
    path("taxonomy/<slug:name>/", List.as_view(), name="list"),
    path("countries/", Countries.as_view(), name="countries"),
    re_path(r"^countries/(?P<iso2>[A-Z]{2})/$", CountryDetail.as_view(), name="country"),
    path("institutions/", Institutions.as_view(), name="institutions"),
    path("institutions/<int:pk>/", InstitutionDetail.as_view(), name="institution"),
    re_path(r"^.*$", Missing.as_view(), name="missing"),
]
