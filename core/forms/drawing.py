"""Controls drawn in Python: a long section holds some seventy, and Django's one template per control costs more than all the rest.

The markup is Django's own; every value goes through format_html, which escapes it.
"""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CHOICE = (
    '<div class="form-check"><input class="form-check-input" type="{}" name="{}" value="{}" id="{}"{}>'
    '<label class="form-check-label" for="{}">{}</label></div>'
)
CHECKED = SafeString(" checked")


def draw(bound) -> SafeString:
    """One control, by its kind of widget."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs(dict(widget.attrs), widget)
    attrs["id"] = bound.id_for_label
    value = bound.value()
    if isinstance(widget, forms.Textarea):
        return format_html('<textarea name="{}"{}>\n{}</textarea>', bound.html_name, _attributes(attrs), value or "")
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        options = _select_options(list(bound.field.choices), value)
        return format_html('<select name="{}"{}>{}</select>', bound.html_name, _attributes(attrs), options)
    if isinstance(widget, forms.CheckboxInput):
        attrs["checked"] = bool(value)
        return format_html('<input type="checkbox" name="{}"{}>', bound.html_name, _attributes(attrs))
    if value not in (None, ""):
        attrs["value"] = value
    return format_html('<input type="{}" name="{}"{}>', widget.input_type, bound.html_name, _attributes(attrs))


def choices(kind: str, name: str, rows) -> SafeString:
    """Check boxes or radio buttons with their labels: `rows` of id, value, label, whether chosen."""
    return format_html_join(
        "",
        CHOICE,
        ((kind, name, value, key, CHECKED if on else "", key, label) for key, value, label, on in rows),
    )


def _attributes(attrs: dict) -> SafeString:
    shown = ((key, value) for key, value in attrs.items() if value is not None and not isinstance(value, bool))
    flags = "".join(f" {key}" for key, value in attrs.items() if value is True)
    return format_html("{}{}", format_html_join("", ' {}="{}"', shown), flags)


def _select_options(rows, value) -> SafeString:
    """Options, those of a group under its name."""
    if not any(isinstance(label, list | tuple) for _key, label in rows):
        return _drawn(rows, value)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>', key, _drawn(label, value)),)
            if isinstance(label, list | tuple)
            else (_drawn([(key, label)], value),)
            for key, label in rows
        ),
    )


def _drawn(options, value) -> SafeString:
    return format_html_join("", '<option value="{}"{}>{}</option>', _options(options, value))


def _options(options, value):
    chosen = str(value or "")
    return ((key, SafeString(" selected") if str(key) == chosen else "", label) for key, label in options)
