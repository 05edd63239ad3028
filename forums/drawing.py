"""A post of a topic as HTML: who wrote what and when, and what the reader may do with it.

Twenty stand on a page, with up to ten links and buttons each: they are drawn here in one go, what is the same for all of them
once a page. Words come from our own catalogues; whatever people wrote passes through `escape` exactly once.
"""

from functools import cached_property
from html import escape

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.addresses import place as list_address
from core.dates import minute_words
from core.languages import current
from core.templatetags.ui import icon, kept, lang_attr, tag, written_date

HEAD = (
    '<li class="post{}" id="{}">\n<header class="post-head"><h3>{}</h3>\n{}\n'
    '<p class="small quiet push"><time datetime="{}">{}</time>{}</p></header>\n{}\n{}\n'
)
PLACE = ' <a href="#post-{0}" aria-label="{1}">#{0}</a>'
ACT = '<a href="{}">{}{}<span class="hush"> {}</span></a>'
PRESS = '<form method="post" action="{}">{}{}<button class="btn btn-link" type="submit"{}>{}{}</button></form>'
UNDO = '<input type="hidden" name="then" value="undo">'
FILE = '<li><a href="{}">{} {}</a><span class="small quiet">{}</span></li>'


@kept
def _words(language: str) -> dict[str, str]:
    return {
        "former": _("A former member"), "useful": pgettext("post", "Useful"), "not_answer": _("Not the answer after all"),
        "answers": _("This answers the question"), "quote": _("Quote"), "change": pgettext("post", "Change"),
        "remove": pgettext("post", "Remove"), "report": pgettext("post", "Report"), "hide": pgettext("post", "Hide"),
        "show": pgettext("post", "Show again"), "decide": _("Decide in the queue"), "why": _("Read why"),
        "hidden": _("A moderator has hidden what stood here."), "removed": _("Its author removed this post."),
        "waits": _("Waiting for the virus scan"), "post": _("post %(number)s"), "link": _("Link to post %(number)s"),
        "reply": _("In reply to post %(number)s"), "reply_to": _("In reply to %(name)s, post %(number)s"),
        "changed": _("Changed on %(day)s"),
    }  # fmt: skip


@kept
def _states(language: str) -> dict[str, str]:
    """What is said of a post before its words, by its state."""

    def say(words: str, *look: str) -> str:
        return f"<p>{tag(SafeString(words), *look)}</p>"

    return {
        "accepted": say(_("Accepted answer"), "ok", "check"),
        "held": say(_("Waits for a moderator"), "warn", "wait"),
        "hidden": say(_("Hidden by a moderator"), "off", "lock"),
        "refused": say(pgettext("post", "Refused by a moderator"), "bad", "close"),
        "removed": f'<p class="quiet">{_words(language)["removed"]}</p>',
    }


class Posts:
    """Draws the posts of one page of a topic for one reader, by what the page's context says that they may do."""

    def __init__(self, topic, context):
        self.topic, self.language = topic, current()
        self.words, self.states = _words(self.language), _states(self.language)
        self.viewer = context.get("viewer") or None
        self.may = {name: bool(context.get(name)) for name in ("may_reply", "may_accept", "may_moderate", "may_decide")}
        self._token = context.get("csrf_token")
        self._addresses: dict[str, tuple[str, str, str]] = {}

    @cached_property
    def token(self) -> str:
        """Asked for where there is a form: to ask for it sets a cookie."""
        if not self._token or self._token == "NOTPROVIDED":
            return ""
        return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', self._token)

    def address(self, name: str, number: int, *more: str) -> str:
        """The address of what is done with a post, whose place or number is the last value in it."""
        if name not in self._addresses:
            self._addresses[name] = reverse(f"forums:{name}", args=[*more, 0]).rpartition("/0/")
        before, _zero, after = self._addresses[name]
        return f"{before}/{number}/{after}"

    def of_place(self, name: str, number: int) -> str:
        return self.address(name, number, self.topic.forum.slug, self.topic.slug)

    def act(self, url: str, sign: str, words: str, number: int) -> str:
        return ACT.format(url, icon(sign), self.words[words], self.words["post"] % {"number": number})

    # --- the post --------------------------------------------------------------------------------
    def draw(self, post) -> str:
        if post.readable:
            said = f"\n{self._said(post)}"
        elif post.state == "hidden":
            said = f'<p class="quiet">{self.words["hidden"]}</p>'
        else:
            said = ""
        return f"{self._head(post)}{said}\n</li>\n"

    def is_answer(self, post) -> bool:
        return bool(post.place) and post.place == self.topic.accepted_place

    def _head(self, post) -> str:
        at, answer = timezone.localtime(post.created_at), self.is_answer(post)
        link = PLACE.format(post.place, self.words["link"] % {"number": post.place}) if post.place else ""
        return HEAD.format(
            " is-answer" if answer else "",
            f"post-{post.place}" if post.place else f"waiting-{post.pk}",
            escape(str(post.author)) if post.author else self.words["former"],
            _institution(post.institution) if post.institution else "",
            at.isoformat(),
            minute_words(at),
            link,
            self.states["accepted"] if answer else "",
            self.states.get(post.state, ""),
        )

    def _said(self, post) -> str:
        edited = ""
        if post.edited_at and (post.may_edit or post.published_at is None or post.edited_at >= post.published_at):
            words = self.words["changed"] % {"day": written_date(post.edited_at)}
            edited = f'<p class="small quiet"><a href="{self.of_place("history", post.place)}">{words}</a></p>'
        return (
            f"{self._quoted(post.quoted) if post.quoted else ''}\n"
            f'<div class="post-body text" {lang_attr(self.topic.language)}>{post.body}</div>\n'
            f"{self._files(post.attached) if post.attached else ''}\n{edited}\n{self._acts(post)}\n"
        )

    def _quoted(self, quoted) -> str:
        if quoted.topic_id != self.topic.pk:  # it went to another topic, which may not be for everybody here
            return ""
        link = ""
        if quoted.place:
            words = self.words["reply_to" if quoted.author else "reply"]
            named = words % {"name": escape(str(quoted.author)), "number": quoted.place}
            link = f'<a href="{self.of_place("post", quoted.place)}">{named}</a>'
        return f'<p class="small quiet">{icon("quote")} {link}</p>'

    def _files(self, files: list[dict]) -> str:
        lines = (
            FILE.format(
                self.of_place("file", one["id"]),
                icon("clip"),
                escape(one["name"]),
                filesizeformat(one["size"]) + (f" · {self.words['waits']}" if one["scan"] == "waiting" else ""),
            )
            for one in files
        )
        return f'<ul class="file-list">{"".join(lines)}</ul>'

    # --- what may be done with it ----------------------------------------------------------------
    def _acts(self, post) -> str:
        if post.state == "published":
            return self._acts_of_published(post)
        if post.state == "held" and post.place and post.may_edit:
            change = f'<a href="{self.of_place("edit", post.place)}">{icon("edit")}{self.words["change"]}</a>'
            remove = f'<a href="{self.of_place("remove", post.place)}">{icon("close")}{self.words["remove"]}</a>'
            return f'<p class="post-acts">{change} {remove if post.may_remove else ""} {self._moderate(post)}</p>'
        if post.state in ("held", "hidden", "refused"):
            return f'<p class="post-acts">{self._moderate(post)}</p>'
        return ""

    def _acts_of_published(self, post) -> str:
        number = post.place
        parts = (
            self._thanks(post),
            self._accept(post) if self.may["may_accept"] and number > 1 else "",
            self.act(f"{self.reply}?quote={number}", "quote", "quote", number) if self.may["may_reply"] else "",
            self.act(self.of_place("edit", number), "edit", "change", number) if post.may_edit else "",
            self.act(self.of_place("remove", number), "close", "remove", number) if post.may_remove else "",
            self._moderate(post),
        )
        drawn = "\n".join(parts)
        return f'<div class="post-acts">\n{drawn}</div>\n'

    @cached_property
    def reply(self) -> str:
        return reverse("forums:reply", args=[self.topic.forum.slug, self.topic.slug])

    def _thanks(self, post) -> str:
        if not post.may_thank:
            return _thanked(self.language, post.useful_count) if post.useful_count else ""
        count = f' <span class="num">{post.useful_count}</span>' if post.useful_count else ""
        words = (
            f'{self.words["useful"]}{count}<span class="hush">: {self.words["post"] % {"number": post.place}}</span>'
        )
        pressed = f' aria-pressed="{"true" if post.thanked else "false"}"'
        undo = UNDO if post.thanked else ""
        return f"{PRESS.format(self.of_place('useful', post.place), self.token, undo, pressed, icon('done'), words)}\n"

    def _accept(self, post) -> str:
        url, words = self.of_place("accept", post.place), self.words
        if self.is_answer(post):
            return PRESS.format(url, self.token, UNDO, "", icon("close"), words["not_answer"])
        named = f'{words["answers"]}<span class="hush">: {words["post"] % {"number": post.place}}</span>'
        return PRESS.format(url, self.token, "", "", icon("check"), named)

    def _moderate(self, post) -> str:
        if self.viewer is None:
            return "\n"
        words = self.words
        if post.author_id == self.viewer.pk:
            why = f'<a href="{self.address("my_post", post.pk)}">{icon("info")}{words["why"]}</a>'
            return f"{why if post.state in ('hidden', 'refused') else ''}\n"
        report = moderate = decide = ""
        if post.state == "published":
            report = self.act(self.of_place("report", post.place), "flag", "report", post.place)
        if self.may["may_moderate"] and post.state in ("published", "hidden"):
            name = "hide" if post.state == "published" else "show"
            moderate = self.act(self.address(name, post.pk), "eye", name, post.place)
        if self.may["may_decide"] and post.state == "held":
            queue = f"{list_address('admin:review_case_changelist')}?kind=forums.post"
            decide = f'<a href="{queue}">{icon("eye")}{words["decide"]}</a>'
        return f"{report}\n{moderate}\n{decide}\n"


@kept
def _thanked(language: str, number: int) -> str:
    words = ngettext("Useful to %(number)s person", "Useful to %(number)s people", number) % {"number": number}
    return f'<span class="small quiet">{words}</span>'


def _institution(institution) -> str:
    country = f'<span class="iso">{institution.country_id}</span> ' if institution.country_id else ""
    return f'<p class="small quiet">{country}{escape(institution.short_name or institution.name)}</p>'
