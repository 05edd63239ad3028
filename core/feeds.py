"""Atom feeds in which what people wrote is text, never markup."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.languages import HTML_LANG, TO_ADDRESS, current
from core.xml import ILLEGAL


class TextFeed(Atom1Feed):
    """Atom in the active language: `TextFeed(title=..., about=..., path="/es/portfolio/", own_path=request.get_full_path())`.

    Django writes every summary as HTML, so a text goes in escaped.
    """

    def __init__(self, *, title: str, about: str, path: str, own_path: str):
        super().__init__(
            title=ILLEGAL.sub("", title),
            subtitle=ILLEGAL.sub("", about),
            description="",
            link=settings.SITE_URL + path,
            feed_url=settings.SITE_URL + own_path,
            language=HTML_LANG[current()],
            author_name=_("Inter-American Network for Labor Administration"),
        )

    def add(self, *, title: str, path: str, summary: str, author: str, language: str = "", **more) -> None:
        """One entry; `language` where it may be another one than the feed's."""
        self.add_item(
            title=ILLEGAL.sub("", title),
            link=settings.SITE_URL + path,
            description=escape(ILLEGAL.sub("", summary)),
            author_name=ILLEGAL.sub("", author) or None,
            spoken=HTML_LANG.get(TO_ADDRESS.get(language, language), ""),
            **more,
        )

    def item_attributes(self, item: dict) -> dict[str, str]:
        return super().item_attributes(item) | ({"xml:lang": item["spoken"]} if item["spoken"] else {})
