"""Forms drawn alike with and without crispy: `{% form_fields form %}`, `{% error_summary form %}`, `{% error_prefix %}`."""

from html import escape

from django import template
from django.forms import Field
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core import ended

register = template.Library()


@register.inclusion_tag("bootstrap5/errors.html", takes_context=True)
def error_summary(context, form, *others, kept: bool = False):
    """What to correct, on top of a form, with links to the fields; `kept=True` says that what was typed is saved."""
    return {"form": form, "summary": errors_of(form, *others), "kept": kept}


@register.inclusion_tag("_form_fields.html", takes_context=True)
def form_fields(context, form, version=None):
    """Every field of a form as crispy draws it, hidden ones too; the error summary stands apart. `version`: see core.ended."""
    ended.give_back(context.get("request"), form, version)
    return {"form": form, "form_show_labels": True, "form_show_errors": True}


@register.inclusion_tag("bootstrap5/field.html", takes_context=True)
def form_field(context, field):
    """One field as crispy draws it: `{% form_field form.title %}`."""
    ended.give_back(context.get("request"), [field])
    return {"field": field, "form_show_labels": True, "form_show_errors": True}


@register.simple_tag(takes_context=True)
def give_back(context, form) -> str:
    """Draws nothing: what was typed before the session ended stands in the fields of a form that a page draws by hand."""
    ended.give_back(context.get("request"), form)
    return ""


@register.inclusion_tag("_late.html", takes_context=True)
def late_notice(context):
    """What to do where the session had ended before a form of this page was sent."""
    return ended.notice(context.get("request"))


@register.simple_tag(takes_context=True)
def form_lines(context, group) -> SafeString:
    """The lines of a repeated part, a core.forms.lines.LineGroup, and the button for one more: `{% form_lines shown.group %}`."""
    for line in group.lines:
        ended.give_back(context.get("request"), line)
    return lines_drawn(group)


def lines_drawn(group) -> SafeString:
    """The same for a page that keeps what is typed in a way of its own."""
    name = group.name
    lines = "\n".join(
        f'<fieldset class="line line-{name}"><legend class="line-head">{conditional_escape(line.heading)}</legend>\n'
        f"{''.join([cell.in_line for cell in line.cells])}\n</fieldset>"
        for line in group.lines
    )
    how = gettext("Empty a line to remove it.")
    more = (
        f'<p class="line-add"><button class="btn btn-link" type="submit" name="then" value="add:{name}" data-add-line>'
        f'{conditional_escape(group.add)}</button> <span class="small quiet">{escape(how)}</span></p>\n'
        if group.add
        else ""
    )
    return SafeString(
        f'<div class="lines" id="lines-{name}" data-lines="{name}">\n'
        f'<input type="hidden" name="{group.rows_name}" value="{len(group.lines)}">\n{lines}\n{more}</div>\n'
    )


@register.simple_tag(takes_context=True)
def error_prefix(context) -> str:
    """The word "Error: " when the page's form (`form`, or any in `forms`) was refused; it stands before the title."""
    forms = [context.get("form"), *(context.get("forms") or [])]
    if any(getattr(form, "is_bound", False) and form.errors for form in forms):
        return gettext("Error: ")
    return ""


@register.filter
def error_rows(form_or_rows) -> list[dict]:
    """Errors of a form in the order of its fields, as `{"href": "#id_title", "words": "..."}`; ready rows pass through."""
    return form_or_rows if isinstance(form_or_rows, list) else errors_of(form_or_rows)


def errors_of(*forms) -> list[dict]:
    """Errors of forms or formsets, those of no field first."""
    rows = []
    for form in forms:
        if form is None or not getattr(form, "is_bound", False):
            continue
        if hasattr(form, "forms"):
            rows += [{"href": "", "words": words} for words in form.non_form_errors()]
            rows += errors_of(*form.forms)
            continue
        rows += [{"href": "", "words": words} for words in form.non_field_errors()]
        rows += [
            {"href": f"#{first_id(field)}", "words": _named(field, words)} for field in form for words in field.errors
        ]
    return rows


def _named(field, words: str) -> str:
    """The message; with the question before it where the message alone does not tell which one it is about."""
    if words == str(Field.default_error_messages["required"]):
        return gettext("%(question)s: %(problem)s") % {"question": field.label, "problem": words}
    return words


@register.filter
def first_id(field) -> str:
    """Id of the first control of a field: where a link in the error summary leads."""
    if field.use_fieldset or not field.id_for_label:
        controls = [part for part in field.subwidgets if part.id_for_label]
        return controls[0].id_for_label if controls else field.auto_id
    return field.id_for_label


@register.filter
def labelled(value) -> list[tuple[str, list[str]]]:
    """What two people wrote, ready to show: [(label, [texts])] from a dict, a list of pairs, or one text."""
    if not value:
        return []
    if isinstance(value, str):
        return [(gettext("Text"), [value])]
    pairs = value.items() if hasattr(value, "items") else value
    return [(str(label), _texts(texts)) for label, texts in pairs]


def _texts(texts) -> list[str]:
    many = texts if isinstance(texts, list | tuple) else [texts]
    return [str(text) for text in many if text not in (None, "")]


@register.filter
def as_plain_text(value) -> str:
    """The same as one text to copy: label, then what was written under it."""
    return "\n\n".join("\n".join([label, *texts]) for label, texts in labelled(value))
