"""The questions of a section of the form, put together here: a section has some seven with seventy controls and as many hints,
and templates for them would take half of the time that the page takes.

Words that may hold marks pass through `conditional_escape`, everything else through `escape`, each exactly once.
"""

from dataclasses import dataclass
from html import escape

from django.template import Library
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import current
from core.templatetags.formparts import lines_drawn
from core.templatetags.recordparts import labelled
from core.templatetags.ui import icon, kept
from portfolio import annex

register = Library()


@dataclass(frozen=True)
class Said:
    """What the page says of a question in one language, ready to stand in markup."""

    title: str
    name: str
    help: str
    example: str


@kept
def _said(language: str, key: str) -> Said:
    question = annex.question(key)
    example = f"<blockquote>{conditional_escape(question.example)}</blockquote>" if question.example else ""
    words = f'<summary>{escape(_("See an example"))}<span class="hush">: {escape(question.name)}</span></summary>'
    return Said(
        conditional_escape(question.title),
        escape(question.name),
        conditional_escape(question.help),
        f'<details class="eg">{words}{example}</details>' if example else "",
    )


@kept
def _words(language: str) -> dict[str, str]:
    return labelled({
        "asks": _("The OAS asks:"), "error": _("Error:"), "one": _("1 word"), "many": _("{n} words"),
        "skip": _("Not applicable or not known"),
    })  # fmt: skip


@register.simple_tag
def form_question(shown) -> SafeString:
    """One question, of class portfolio.forms.showing.Shown: its controls, hints, messages, lines and counts."""
    language = current()
    said, words = _said(language, shown.question.key), _words(language)
    wrong = " field-err" if shown.has_errors else ""
    hints, below = _hints(shown, said, words), _below(shown, said, words)
    if shown.is_single:
        control = shown.controls[0]
        return SafeString(
            f'<div class="field{wrong}" id="{shown.anchor}">\n'
            f'<label class="form-label" for="{escape(control.id)}">{said.title}</label>\n{hints}{control}{below}\n</div>\n'
        )
    wide = " field-wide" if shown.group else ""
    described = f' aria-describedby="{shown.anchor}-help"' if said.help else ""
    return SafeString(
        f'<fieldset class="field{wrong}{wide}" id="{shown.anchor}"{described}>\n<legend>{said.title}</legend>\n'
        f"{hints}\n{_controls(shown)}\n{below}\n</fieldset>\n"
    )


def _hints(shown, said: Said, words: dict[str, str]) -> str:
    """Help, an example, what the OAS asks, what is wrong: before the controls, so that it is read first."""
    drawn = ""
    if said.help:
        place = f"{shown.controls[0].auto_id}_helptext" if shown.is_single else f"{shown.anchor}-help"
        drawn = f'<div class="form-text" id="{place}">{said.help}</div>'
    drawn += said.example
    if shown.asked:
        asked = f"<b>{words['asks']}</b> {escape(shown.asked.text)}"
        drawn += f'<div class="notice notice-warn">{icon("question")}<p class="small">{asked}</p></div>'
    return drawn + "".join(_messages(control, words) for control in shown.controls if control.errors)


def _messages(control, words: dict[str, str]) -> str:
    before = f'<p class="invalid-feedback">{icon("alert")}<span><span class="hush">{words["error"]} </span>'
    messages = "".join(f"{before}{conditional_escape(message)}</span></p>" for message in control.errors)
    return f'<div id="{escape(control.auto_id)}_error">{messages}</div>'


def _controls(shown) -> str:
    if shown.question.key == "start_year":
        return _dates(shown.by_name)
    drawn = lines_drawn(shown.group) if shown.group else ""
    return drawn + "\n".join(map(_control, shown.controls))


def _dates(controls: dict) -> str:
    """Start, whether it continues, end, and the same in words."""

    def pair(which: str) -> str:
        return "".join(f"<div>{controls[f'{which}_{part}'].labelled}</div>" for part in ("month", "year"))

    return (
        f'<div class="row-x row-end">{pair("start")}</div>\n<div class="form-check mt-2">{controls["ongoing"].labelled}</div>\n'
        f'<div class="row-x row-end mt-2">{pair("end")}</div>\n<div class="sub">{controls["time_span"].labelled}</div>'
    )


def _control(control) -> str:
    if not control.is_choices:
        return f'<div class="{"form-check" if control.input_type == "checkbox" else "sub"}">{control.labelled}</div>'
    choices = "".join(
        f'<p class="choice-group">{conditional_escape(group)}</p><div class="choices">{drawn}</div>' if group else drawn
        for group, drawn in control.groups
    )
    if control.alone:
        return choices
    legend = f'<legend class="sub-label">{conditional_escape(control.label)}</legend>'
    return f'<fieldset class="sub">{legend}<div class="choices">{choices}</div></fieldset>'


def _below(shown, said: Said, words: dict[str, str]) -> str:
    """How long an answer should be, and the tick that answers a question that does not apply."""
    drawn, number, skip = "", shown.question.words, shown.skip
    if shown.is_single and number:
        advice = ngettext("Recommended: up to %(words)s word", "Recommended: up to %(words)s words", number)
        drawn = (
            f'<p class="count" data-count-for="{escape(shown.controls[0].id)}"><span>{escape(advice % {"words": number})}</span>'
            f'<span class="num" data-one="{words["one"]}" data-many="{words["many"]}"></span></p>'
        )
    if skip:
        label = f'{words["skip"]}<span class="hush">: {said.name}</span>'
        drawn += (
            f'<div class="form-check skip-tick">{skip}'
            f'<label class="form-check-label" for="{escape(skip.id)}">{label}</label></div>'
        )
    return drawn


@kept
def _titles(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((part.key, conditional_escape(part.title)) for part in annex.ALL)


@register.simple_tag
def section_links(submission, section) -> SafeString:
    """All sections of the form, this one marked: `{% section_links submission section %}`."""
    before, _key, after = reverse("portfolio:section", args=[submission.pk, section.key]).rpartition(section.key)
    here = {section.key: ' aria-current="page"'}
    return SafeString(
        "".join(
            f'<li><a href="{before}{key}{after}"{here.get(key, "")}>{title}</a></li>'
            for key, title in _titles(current())
        )
    )
