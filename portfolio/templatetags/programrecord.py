"""The parts of a programme's page around its answers: head, facts, sections I and II for paper, citation, what may be done."""

from html import escape

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.addresses import one_of, place
from core.languages import current
from core.templatetags import recordparts as parts
from core.templatetags.answers import answers
from core.templatetags.ui import area_mark, icon, kept, lang_attr, tag, written_date

register = Library()

COUNTRY = '<dd><abbr class="iso" title="{0}">{1}</abbr><a href="{2}">{0}</a></dd>'
CATEGORY = '<dd><b class="iso">{0}</b><a href="{1}?category={0}">{2}</a></dd>'
SECTION = '<section id="s{0}"><h2><span class="roman">{0}</span> {1}</h2>\n{2}</section>\n'
TICKED, EMPTY = "☒", "☐"


@kept
def _words(language: str) -> dict[str, str]:
    return parts.labelled({
        "country": _("Country"), "institution": _("Institution"), "category": _("Category"), "theme": _("Area and theme"),
        "dates": _("Dates"), "coverage": _("Coverage"), "evaluated": _("Evaluated"), "number": _("Permanent number"),
        "unknown": _("Not stated"), "email": _("E-mail"), "telephone": _("Telephone"), "fax": _("Fax"), "website": _("Web site"),
        "address": _("Postal address"), "can": _("What you can do"), "who": _("Who presents it"), "ask": _("Ask the institution"),
        "offer": _("Could this work in your country?"), "question": _("Do you have a question?"), "person": _("Contact person"),
        "through": _("Your message goes through the portal to the contact person, who answers you directly."),
        "to_institution": _("Your message goes through the portal to the institution, which answers you directly."),
        "position": _("Position of the contact person"), "compare": _("Compare with others"), "print": _("Print as Annex II"),
        "cite": _("Cite this record"), "mistake": _("Report a mistake"), "first": _("Country or institution presenting the experience"),
        "second": _("Under which categories does the programme classify?"), "name": _("Name of the programme"),
        "agency": _("Institution or government agency presenting the experience"), "contact": _("Contact person and position"),
    })  # fmt: skip


@register.simple_tag
def program_head(record) -> SafeString:
    """Its states in words, its title and the other name it is known by."""
    program, form = record.program, record.form
    marks = [tag(_("Offered for sharing"), "on", "share")] if program.is_offered else []
    if record.is_carried:
        marks.append(tag(_("Compiled from public sources"), "warn", "info"))
    elif program.confirmed_on:
        marks.append(tag(_("Confirmed %(day)s") % {"day": written_date(program.confirmed_on)}, "ok", "done"))
    marks.append(tag(record.text_in, "", "globe"))
    known_as = f'<p class="aka">{escape(form.also_known_as)}</p>' if form.also_known_as else ""
    return SafeString(
        f'<div class="rec-head"><p class="row-x">{"".join(marks)}</p>\n'
        f"<h1 {lang_attr(form.language)}>{escape(form.title)}</h1>{known_as}</div>\n"
    )


@register.simple_tag
def program_facts(record) -> SafeString:
    """The facts at its head."""
    words, program = _words(current()), record.program
    unknown = f"<dd>{words['unknown']}</dd>"
    institution = parts.outward(record.institution_website, program.institution.name)
    themes = (f"<dd>{area_mark(theme, place('catalogue:theme', theme.code))}</dd>" for theme in record.themes)
    stated = ((words[name], getattr(record, name)) for name in ("dates", "coverage", "evaluated"))
    return parts.facts([
        (words["country"], _country(record.country) if record.country else unknown),
        (words["institution"], f"<dd {lang_attr(record.form.language)}>{institution}</dd>"),
        (words["category"], "".join(_categories(record)) or unknown),
        (words["theme"], "".join(themes) or unknown),
        *((label, parts.cell(value) if value else unknown) for label, value in stated),
        (words["number"], f'<dd class="num"><a href="{escape(record.permanent_url)}">{program.permanent_id}</a></dd>'),
    ])  # fmt: skip


def _country(country) -> str:
    return COUNTRY.format(escape(country.label), country.code, place("catalogue:country", country.code))


def _categories(record) -> list[str]:
    listed = place("portfolio:list")
    return [CATEGORY.format(category.code, listed, escape(category.label)) for category in record.categories]


@register.simple_tag
def program_sheet(record, contact) -> SafeString:
    """Sections I and II as Annex II prints them: on paper only, since the screen shows them as facts."""
    words, program, form = _words(current()), record.program, record.form
    spoken = f" {lang_attr(form.language)}"
    who = ", ".join(filter(None, (contact.contact_name if contact else "", program.contact_position)))
    rows = (
        ("name", spoken, escape(form.title)),
        ("website", "", escape(form.website)),
        ("country", "", escape(record.country.label) if record.country else ""),
        ("agency", spoken, escape(program.institution.name)),
        ("contact", spoken, escape(who)),
        ("address", spoken, parts.broken_lines(form.address)),
        ("telephone", "", escape(contact.contact_telephone) if contact else ""),
        ("email", "", escape(contact.contact_email) if contact else ""),
        ("fax", "", escape(contact.contact_fax) if contact else ""),
    )
    first = "".join(parts.PAPER_ROW.format(words[key], spoken, said) for key, spoken, said in rows)
    second = "".join(
        f"<tr><td>{TICKED if ticked else EMPTY}</td><td>{escape(category.label)}</td></tr>"
        for category, ticked in record.boxes
    )
    heads = [
        f'<h2><span class="roman">{roman}</span> {words[key]}</h2>' for roman, key in (("I", "first"), ("II", "second"))
    ]
    return SafeString(parts.PAPER.format("", heads[0], f"\n{first}", "") + parts.PAPER.format("", heads[1], second, ""))


@register.simple_tag
def program_sections(record) -> SafeString:
    """Sections III to V with what was answered."""
    spoken = record.form.language
    return SafeString("".join(
        SECTION.format(section.key, escape(section.label), answers(section.items, spoken)) for section in record.sections
    ))  # fmt: skip


@register.simple_tag
def program_citation(record) -> SafeString:
    """How to cite it."""
    program, spoken = record.program, lang_attr(record.form.language)
    country = escape(record.country.label) if record.country else ""
    version = _(
        "Portfolio of Consolidated Programmes, Inter-American Network for Labor Administration, %(number)s, version of %(day)s."
    ) % {"number": program.permanent_id, "day": written_date(program.published_at)}
    return SafeString(
        f'<section id="cite"><h2>{_words(current())["cite"]}</h2>\n<p class="citation">'
        f"<span {spoken}>{escape(program.institution.name)}</span> ({country}). "
        f"<cite {spoken}>{escape(record.form.title)}</cite>. {version} {escape(record.permanent_url)}</p></section>\n"
    )


@register.simple_tag
def program_side(record, contact) -> SafeString:
    """Who presents it, how to ask them, what may be done with the record."""
    words, program = _words(current()), record.program
    known = "".join(f"<dt>{words[key]}</dt><dd{more}>{said}</dd>\n" for key, more, said in _who(record, contact))
    reached = program.contact_email or program.has_people
    asked = _asked(record, words) if reached and not record.is_carried else ""
    done = (
        parts.side_link("columns", words["compare"], f"{place('catalogue:compare')}?id={program.permanent_id}"),
        parts.printing(words["print"]),
        parts.side_link("quote", words["cite"], "#cite"),
        parts.side_link("flag", words["mistake"], place("home:contact")),
    )
    return SafeString(
        f'<aside class="record-side" aria-label="{words["can"]}">\n{asked}\n'
        f'<div class="panel mb-4"><h2>{words["who"]}</h2><dl class="contact">\n{known}</dl></div>\n'
        f'<ul class="side-list">{"".join(done)}</ul>\n</aside>\n'
    )


def _asked(record, words: dict[str, str]) -> str:
    offered = record.program.is_offered
    address = one_of("portfolio:enquiry", "any-slug", record.program.slug)
    return (
        f'<div class="panel{" offer" if offered else ""} mb-4"><h2>{words["offer" if offered else "question"]}</h2>'
        f'<p class="small quiet">{words["through" if record.program.contact_email else "to_institution"]}</p>'
        f'<a class="btn btn-primary btn-wide" href="{address}">{icon("mail")}{words["ask"]}</a></div>'
    )


def _who(record, contact) -> list[tuple[str, str, str]]:
    """(what it is, attributes, the words) of what is known and may be shown."""
    program, form = record.program, record.form
    spoken = f" {lang_attr(form.language)}"
    known = [
        ("institution", spoken, escape(program.institution.name)),
        ("position", spoken, escape(program.contact_position)),
    ]
    if contact:
        email = escape(contact.contact_email)
        known += [
            ("person", "", escape(contact.contact_name)),
            ("email", "", f'<a href="mailto:{email}">{email}</a>' if email else ""),
            ("telephone", ' class="num"', escape(contact.contact_telephone)),
            ("fax", ' class="num"', escape(contact.contact_fax)),
        ]
    known += [
        ("address", spoken, parts.broken_lines(form.address)),
        ("website", ' class="address"', parts.outward(record.website, record.website)),
    ]
    return [row for row in known if row[2]]
