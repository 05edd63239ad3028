"""Small parts of the look: icons, area marks, tags, languages, written-out dates, addresses with one parameter changed."""

from datetime import date, datetime
from functools import lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.dates import day_words
from core.languages import ENDONYMS, HTML_LANG, TO_ADDRESS, current
from core.pages import answers_get, page_of_button

register = template.Library()

PAGING = ("page", "after", "before")
LANGUAGE = '<li><a href="{0}" lang="{1}" hreflang="{1}"{2}><span class="hush">{3}</span><span aria-hidden="true">{4}</span></a></li>'
ALTERNATE = '<link rel="alternate" hreflang="{}" href="{}">\n'

# A list draws some hundred of these parts, mostly the same ones: what was put together once is kept by its arguments, with
# their types, so that marked-up and plain text never stand for one another.
kept = lru_cache(maxsize=4096, typed=True)


@register.simple_tag
def same_for_all(template_name: str, **parts: str):
    """A part that depends on the language and what it is given alone, drawn once: `{% same_for_all "_footer.html" %}`."""
    return render_to_string(template_name, parts) if settings.DEBUG else _drawn(template_name, current(), **parts)


@kept
def _drawn(template_name: str, language: str, **parts: str):
    return render_to_string(template_name, parts)


@register.simple_tag(takes_context=True)
def visitors_nav(context):
    """The menu as visitors see it. It asks for the address of pages that have but one: the others are in no menu."""
    request = context["request"]
    match = request.resolver_match
    has_one = match and not match.args and not match.kwargs
    return same_for_all("_nav.html", here=request.path if has_one else "", area=match.app_name if match else "")


@register.simple_tag
@kept
def icon(name: str, css: str = "i"):
    """An icon of the sprite, always beside a word: `{% icon "search" %}`, `{% icon "brand" "" %}` for another class."""
    return format_html(
        '<svg{} aria-hidden="true"><use href="{}#{}"/></svg>',
        format_html(' class="{}"', css) if css else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def area_mark(thing, url: str = "", label: str = ""):
    """Mark, code and name of an area or theme, a link if `url` is given: `{% area_mark theme %}`, `{% area_mark "LAB" label=name %}`."""
    code = thing if isinstance(thing, str) else thing.code
    name = label or ("" if isinstance(thing, str) else thing.label)
    return _area_mark(code, str(name), url)


@kept
def _area_mark(code: str, name: str, url: str):
    area = code[:3]
    inside = format_html("{}<span><b>{}</b> {}</span>", icon(f"a-{area}", f"glyph a-{area}"), code, name)
    if url:
        return format_html('<a class="area a-{}" href="{}">{}</a>', area, url, inside)
    return format_html('<span class="area a-{}">{}</span>', area, inside)


@register.simple_tag
def tag(words, tone: str = "", icon_name: str = ""):
    """A state in a word: `{% tag _("Published") "ok" "check" %}`. Tones: ok, warn, bad, on, off or none."""
    return _tag(str(words), tone, icon_name)


@kept
def _tag(words: str, tone: str, icon_name: str):
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" tag-{tone}" if tone else "",
        icon(icon_name) if icon_name else "",
        words,
    )


@register.simple_tag
@kept
def lang_attr(code: str):
    """The attribute that marks the language of a text: `<p {% lang_attr record.language %}>` gives `lang="pt-BR"`."""
    short = TO_ADDRESS.get(code, code)
    return format_html('lang="{}"', HTML_LANG[short]) if short in HTML_LANG else ""


@register.simple_tag
def html_lang() -> str:
    """The active language as HTML writes it: en, es, pt-BR, fr."""
    return HTML_LANG[current()]


@register.simple_tag
def short_lang() -> str:
    """The active language as addresses write it: en, es, pt, fr."""
    return current()


@register.filter
def language_name(code: str) -> str:
    """The name a language gives itself: `{{ "pt"|language_name }}` is Português."""
    return ENDONYMS.get(TO_ADDRESS.get(code, code), code)


def _in_language(path: str, language: str, query: str = "") -> str:
    """The same page in another language; a page outside `/<lang>/` leads to that language's home page."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}{query}" if first in ENDONYMS else f"/{language}/"


@register.simple_tag(takes_context=True)
def switch_language(context, here: bool = True):
    """Links to this page in the four languages, query string kept; with `here=False` to the four home pages. What is drawn where
    a button leads, at an address that opens no page, links to the page of the button."""
    request = context.get("request")
    path, query = _page_shown(request) if request and here else ("/", "")
    chosen = current()
    return language_links(
        {
            "code": code,
            "lang": HTML_LANG[code],
            "name": name,
            "url": _in_language(path, code, f"?{query}" if query else ""),
            "on": code == chosen,
        }
        for code, name in ENDONYMS.items()
    )


def _page_shown(request) -> tuple[str, str]:
    """Path and query of a page that shows the same when it is opened."""
    if request.method == "POST" and not answers_get(request.path):
        path, _mark, query = page_of_button(request).partition("?")
        return path, query
    return request.path, request.META.get("QUERY_STRING", "")


@register.simple_tag
def language_links(links):
    """Links to the same in other languages, each a dict with `url`, `lang`, `name`, `code` and `on` for the active one."""
    drawn = "".join(
        LANGUAGE.format(
            escape(link["url"]),
            link["lang"],
            ' aria-current="true"' if link["on"] else "",
            link["name"],
            link["code"].upper(),
        )
        for link in links
    )
    return SafeString(f'<nav aria-label="{escape(_("Language"))}"><ul class="langs">{drawn}</ul></nav>')


@register.simple_tag(takes_context=True)
def alternates(context):
    """`canonical` and `hreflang` links of a public page, with the parameters that the view allows (`query`)."""
    path = context["request"].path
    query = _encoded(_pairs(context.get("query")), empty="")
    site = settings.SITE_URL
    drawn = (ALTERNATE.format(HTML_LANG[code], escape(site + _in_language(path, code, query))) for code in ENDONYMS)
    return SafeString(f'<link rel="canonical" href="{escape(site + path + query)}">\n{"".join(drawn)}')


def _pairs(query) -> list[tuple[str, str]]:
    """(name, value) pairs of a QueryDict, a dict of lists or a list of pairs."""
    if not query:
        return []
    if hasattr(query, "lists"):
        return [(name, value) for name, values in query.lists() for value in values]
    if hasattr(query, "items"):
        return [(n, v) for n, vs in query.items() for v in (vs if isinstance(vs, list | tuple) else [vs])]
    return list(query)


def _encoded(pairs, empty: str = "?") -> str:
    return f"?{urlencode(pairs)}" if pairs else empty


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The address of this list with parameters set: `{% query_with page=3 %}`. It starts from `query` in the context, which
    the view fills with the parameters it allows (a QueryDict, a dict of lists or pairs). Changing any but `page` drops the page."""
    dropped = set(changes) if set(changes) <= set(PAGING) else {*changes, *PAGING}
    pairs = [(name, value) for name, value in _pairs(context.get("query")) if name not in dropped]
    return _encoded(pairs + [(name, value) for name, value in changes.items() if value not in (None, "")])


@register.simple_tag(takes_context=True)
def query_without(context, name: str = "", value=None) -> str:
    """The address of this list without one choice, for chips: `{% query_without "country" "CL" %}`; without a value, all of
    that name; without a name, no page. It starts from `query` in the context, as query_with does."""
    pairs = [
        (n, v)
        for n, v in _pairs(context.get("query"))
        if n not in PAGING and not (n == name and (value is None or str(v) == str(value)))
    ]
    return _encoded(pairs)


@register.simple_tag
def written_date(value, month=None) -> str:
    """A date written out in the reader's language, as precise as it is known: a date, a datetime, "2002", "2002-10",
    "2002-10-05", or a year and a month: `{% written_date p.start_year p.start_month %}`."""
    if isinstance(value, datetime):
        return day_words(timezone.localtime(value) if timezone.is_aware(value) else value)
    if isinstance(value, date):
        return day_words(value)
    if value in (None, ""):
        return ""
    parts = [int(part) for part in str(value).split("-") if part.isdigit()][:3] + ([int(month)] if month else [])
    try:
        if len(parts) == 3:
            return day_words(date(*parts))
        if len(parts) == 2:
            return date_format(date(parts[0], parts[1], 1), "YEAR_MONTH_FORMAT")
    except ValueError:
        return str(value)
    return str(value)
