"""Controls drawn in Python: a long section holds some seventy, and Django's one template per control costs more than all the rest.

The markup is Django's own; every value passes once through `escape`, words that may hold marks through `conditional_escape`.
"""

from html import escape

from django import forms
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.ui import icon

CHOICE = (
    '<div class="form-check"><input class="form-check-input" type="{}" name="{}" value="{}" id="{}"{}>'
    '<label class="form-check-label" for="{}">{}</label></div>'
)


def draw(bound) -> SafeString:
    """One control, by its kind of widget."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs(dict(widget.attrs), widget)
    attrs["id"] = bound.id_for_label
    name, value = escape(bound.html_name), bound.value()
    if isinstance(widget, forms.Textarea):
        return SafeString(f'<textarea name="{name}"{_attributes(attrs)}>\n{escape(str(value or ""))}</textarea>')
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        options = _select_options(list(bound.field.choices), str(value or ""))
        return SafeString(f'<select name="{name}"{_attributes(attrs)}>{options}</select>')
    if isinstance(widget, forms.CheckboxInput):
        attrs["checked"] = bool(value)
        return SafeString(f'<input type="checkbox" name="{name}"{_attributes(attrs)}>')
    if value not in (None, ""):
        attrs["value"] = value
    return SafeString(f'<input type="{widget.input_type}" name="{name}"{_attributes(attrs)}>')


def choices(kind: str, name: str, rows) -> SafeString:
    """Check boxes or radio buttons with their labels: `rows` of id, value, label, whether chosen."""
    kind, name = escape(kind), escape(name)
    drawn = (
        CHOICE.format(
            kind,
            name,
            escape(str(value)),
            escape(key),
            " checked" if on else "",
            escape(key),
            conditional_escape(label),
        )
        for key, value, label, on in rows
    )
    return SafeString("".join(drawn))


def _attributes(attrs: dict) -> str:
    shown = "".join(
        f' {key}="{escape(str(value))}"'
        for key, value in attrs.items()
        if value is not None and not isinstance(value, bool)
    )
    return shown + "".join(f" {key}" for key, value in attrs.items() if value is True)


def _select_options(rows, chosen: str) -> str:
    """Options, those of a group under its name."""
    return "".join(
        f'<optgroup label="{escape(str(key))}">{_select_options(label, chosen)}</optgroup>'
        if isinstance(label, list | tuple)
        else f'<option value="{escape(str(key))}"{" selected" if str(key) == chosen else ""}>{conditional_escape(label)}</option>'
        for key, label in rows
    )


def labelled(control) -> SafeString:
    """A control under its label, a tick before it."""
    return SafeString(f"{control}{_label(control)}" if control.is_tick else f"{_label(control)}{control}")


def in_line(control) -> SafeString:
    """A control of a repeating line under its label and its messages; one that is hidden alone."""
    if control.is_hidden:
        return draw(control.bound)
    wrong = f'{icon("alert")}<span><span class="hush">{escape(_("Error:"))} </span>'
    errors = "".join(
        f'<p class="invalid-feedback" id="{escape(control.auto_id)}_error">{wrong}{conditional_escape(words)}</span></p>'
        for words in control.errors
    )
    return SafeString(f'<div class="cell cell-{escape(control.bound.name)}">{_label(control)}{errors}{control}</div>')


def _label(control) -> str:
    css = "form-check-label" if control.is_tick else "sub-label"
    return f'<label class="{css}" for="{escape(control.id)}">{conditional_escape(control.label)}</label>'
