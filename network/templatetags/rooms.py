"""The side bar of the admin as Django draws it, kept by what it says: the rooms that somebody may enter, and where they are."""

from django.template import Library
from django.template.loader import render_to_string

from core.languages import current
from core.templatetags.ui import kept

register = Library()

APP = ("app_label", "name", "app_url")
MODEL = ("object_name", "name", "admin_url", "add_url")


@register.simple_tag(takes_context=True)
def rooms(context):
    """`{% rooms %}`, from `available_apps`."""
    path = context["request"].path
    apps = tuple(
        (
            *(str(app[key]) for key in APP),
            tuple(tuple(str(model[key] or "") for key in MODEL) for model in app["models"]),
        )
        for app in context.get("available_apps") or ()
    )
    addresses = [address for *_names, url, models in apps for address in (url, *(model[2] for model in models))]
    return _drawn(current(), apps, max((one for one in addresses if one and one in path), key=len, default=""))


@kept
def _drawn(language: str, apps: tuple, here: str):
    """Of the address only the room matters."""
    shown = [
        dict(zip((*APP, "models"), (*app, [dict(zip(MODEL, model, strict=True)) for model in models]), strict=True))
        for *app, models in apps
    ]
    return render_to_string("admin/nav_sidebar.html", {"available_apps": shown, "request": {"path": here}})
