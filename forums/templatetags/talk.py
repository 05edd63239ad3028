"""A row of a list of topics, and a post of a topic: `{% topic_row topic forum %}`, `{% posts_of topic page.posts %}`.

Twenty stand on a page, with up to ten parts each: drawn here in one go, what is the same for all of them once a language.
Words come from our own catalogues; whatever people wrote passes through `escape` exactly once.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.addresses import place
from core.languages import current
from core.templatetags.ui import kept, lang_attr, language_name, tag, written_date
from forums.drawing import Posts

register = template.Library()

ROW = (
    '<li class="rec{}">\n<div><h3><a href="{}" {}>{}</a></h3>\n<p class="who">{} · {}</p>\n<p class="forum-tags">{}</p></div>\n'
    '<div class="rec-side"><p>{}</p>\n<p>{}</p></div></li>\n'
)
GO_ON = '<a class="small" href="{}">{}<span class="hush">: {}</span></a>'


@kept
def _words(language: str) -> dict[str, str]:
    return {"former": _("A former member"), "go_on": _("Go on where you stopped")}


@kept
def _tags(language: str) -> dict[str, SafeString]:
    """What a topic may be, in a word each."""

    def say(words: str, *look: str) -> SafeString:
        return tag(SafeString(words), *look)

    return {
        "unread": say(pgettext("topic", "Unread"), "on", "bell"),
        "pinned": say(pgettext("topic", "Pinned"), "", "flag"),
        "answered": say(pgettext("topic", "Answered"), "ok", "check"),
        "locked": say(pgettext("topic", "Locked"), "off", "lock"),
        "demo": say(_("Demonstration"), "off"),
    }


@register.simple_tag
def topic_row(topic, forum) -> SafeString:
    """A topic in the list of its forum."""
    language = current()
    words, title = _words(language), escape(topic.title)
    url = f"{place('forums:forum', forum.slug)}{topic.slug}/"
    return SafeString(ROW.format(
        " is-new" if topic.next_unread else "",
        url,
        lang_attr(topic.language),
        title,
        escape(str(topic.author)) if topic.author else words["former"],
        language_name(topic.language),
        "\n".join(_marks(topic, url, title, language)),
        _posts(language, topic.post_count),
        _last(language, written_date(topic.last_post_at)),
    ))  # fmt: skip


def _marks(topic, url: str, title: str, language: str) -> tuple[str, ...]:
    tags = _tags(language)
    unread = ""
    if topic.next_unread:
        further = GO_ON.format(f"{url}{topic.goes_on}", _words(language)["go_on"], title) if topic.goes_on else ""
        unread = f"{tags['unread']} {further}"
    return (
        unread,
        tags["pinned"] if topic.pinned else "",
        tags["answered"] if topic.accepted_id else "",
        tags["locked"] if topic.locked_at else "",
        tags["demo"] if topic.is_demo else "",
    )


@kept
def _posts(language: str, number: int) -> str:
    return ngettext("%(number)s post", "%(number)s posts", number) % {"number": number}


@kept
def _last(language: str, day: str) -> str:
    return _("Last post on %(day)s") % {"day": escape(day)}


_choices: dict[tuple, str] = {}


@register.simple_tag
def choice_of(field) -> str:
    """A field with few choices, as the form draws it: once for each choice and language."""
    chosen = field.value() or ""
    if field.errors or chosen not in dict(field.field.choices):
        return str(field)
    key = (current(), type(field.form), field.name, chosen)
    if key not in _choices:
        _choices[key] = str(field)
    return _choices[key]


@register.simple_tag(takes_context=True)
def posts_of(context, topic, posts) -> SafeString:
    """The posts of a page, with what the reader may do with each."""
    return SafeString("".join(map(Posts(topic, context).draw, posts)))
