"""Addresses of forums and topics, and everything that a slug begins. What begins with a word of its own comes first."""

from django.urls import path, register_converter

from forums.views import changing, lists, members, own, searching, topics, writing


class Both:
    """Forum and topic as one argument: by it the catalogue makes the address of a topic (Topic.address_slug)."""

    regex = "[-a-z0-9]+/[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Both, "forumtopic")

ONE = "<slug:forum>/<slug:topic>/"
urlpatterns = [
    path("", lists.forum_list, name="list"),
    path("read/", lists.read_all, name="read_all"),
    path("search/", searching.search, name="search"),
    path("drafts/", own.draft_list, name="drafts"),
    path("drafts/<int:pk>/discard/", own.discard, name="draft_discard"),
    path("drafts/file/<int:pk>/", topics.draft_file, name="draft_file"),
    path("mentions/", own.mentions, name="mentions"),
    path("<slug:forum>/", lists.forum, name="forum"),
    path("<slug:forum>/new/", writing.new, name="new"),
    path("<slug:forum>/read/", lists.read_forum, name="read"),
    path("<slug:forum>/members/", members.members, name="members"),
    path("<slug:forum>/members/<int:pk>/leave/", members.leave, name="leave"),
    path(ONE, topics.topic, name="topic"),
    path(f"{ONE}reply/", writing.reply, name="reply"),
    path(f"{ONE}post/<int:place>/", topics.post, name="post"),
    path(f"{ONE}edit/<int:place>/", changing.edit, name="edit"),
    path(f"{ONE}remove/<int:place>/", changing.remove, name="remove"),
    path(f"{ONE}history/<int:place>/", topics.history, name="history"),
    path(f"{ONE}useful/<int:place>/", changing.useful, name="useful"),
    path(f"{ONE}accept/<int:place>/", changing.accept, name="accept"),
    path(f"{ONE}file/<int:pk>/", topics.file, name="file"),
    path("<forumtopic:place>/", topics.topic, name="topic"),  # never reached: it makes addresses
]
