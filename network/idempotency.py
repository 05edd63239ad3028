"""Pressing the button twice: a form that creates or decides is carried out once, and gives the same answer again."""

import hashlib
import re
import secrets
from collections.abc import Callable

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from core import ended
from core.errors import PortalError, RepeatedWithOtherBody
from network.models import FormReceipt

FIELD = "form_key"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NOT_BODY = frozenset({FIELD, ended.FIELD, "csrfmiddlewaretoken"})


def new_key() -> str:
    """A random key for one showing of one form."""
    return secrets.token_urlsafe(18)


def carry_out_once(user, key: str, body_digest: str, do: Callable[[], str]) -> str:
    """Run `do` and keep the address it answers; the same key gives that address again without running it.

    One transaction: a second press waits for the first and then reads its answer; if `do` fails, the key stays unused.
    """
    if not _SHAPE.fullmatch(key or ""):
        raise PortalError(_("This form was incomplete. Go back, reload the page and send it again."))
    owner = user if user is not None and user.is_authenticated else None
    with transaction.atomic():
        receipt, first = FormReceipt.objects.get_or_create(user=owner, key=key, defaults={"digest": body_digest})
        if first:
            receipt.answer_url = do()
            receipt.save(update_fields=["answer_url"])
        elif receipt.digest != body_digest:
            words = _("This form was already sent with other content. What was sent first stands.")
            raise RepeatedWithOtherBody(words, url=receipt.answer_url)
    return receipt.answer_url


def digest_of(request) -> str:
    """Digest of what a POST says: every field except its keys, and each file's name, size and bytes."""
    sha = hashlib.sha256(request.path.encode())
    for name in sorted(set(request.POST) - _NOT_BODY):
        sha.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            sha.update(repr((name, upload.name, upload.size)).encode())
            for chunk in upload.chunks():
                sha.update(chunk)
            upload.seek(0)
    return sha.hexdigest()


def once(request, do: Callable[[], str]) -> str:
    """`carry_out_once` for the POST at hand; whoever is refused has their words back."""
    try:
        return carry_out_once(request.user, request.POST.get(FIELD, ""), digest_of(request), do)
    except RepeatedWithOtherBody as error:
        error.context["yours"] = "\n\n".join(_words_of(request))
        raise


def _words_of(request) -> list[str]:
    """What somebody wrote, of all that a form sends: choices and numbers have no spaces."""
    written = (text.strip() for name, texts in request.POST.lists() if "password" not in name for text in texts)
    return [text for text in written if any(map(str.isspace, text))]


class FormKeyMixin(forms.Form):
    """A form that carries its key; a template may write {% form_key %} instead (network.templatetags.once)."""

    form_key = forms.CharField(required=False, max_length=64, initial=new_key, widget=forms.HiddenInput)
