"""A published programme in its ministry's hands: correct, confirm, change the contact, consent, retire. And files of a form."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import NotAllowed, PortalError, Stale
from files.errors import UploadRefused
from files.http import file_response
from network.idempotency import once
from portfolio import permissions, services, walk
from portfolio.forms.small import AttachmentForm, ContactForm, ReasonForm, UploadForm
from portfolio.models import Attachment
from portfolio.views.finding import find_attachment, find_program, find_submission


def _retire_form(data=None) -> ReasonForm:
    return ReasonForm(
        data, label=_("Reason for retiring the programme"),
        help_text=_("It is kept on record and is not published. The address of the programme will say that it was retired."),
    )  # fmt: skip


def program(request, pk: int):
    """What the ministry may change at once, and where the programme stands. Each service asks whether the person may, inside:
    the second press of a button gets the first answer, whatever that press has changed."""
    shown = find_program(request, pk)
    acts = {"contact": _contact, "retire": _retire, "confirm": _confirm, "no_registry": _no_registry, "no_sharing": _no_sharing,
            "registry": _registry, "unpublish": _unpublish}  # fmt: skip
    act = acts.get(request.POST.get("act", ""))
    if request.method == "POST" and act:
        answer = act(request, shown)
        return answer if answer is not None else redirect("portfolio:program", pk=pk)
    return _program_page(request, shown)


def _program_page(request, shown, *, contact=None, retire=None, status: int = 200):
    open_form = shown.submissions.open().select_related("case").first()
    files = shown.published.attachments.filter(may_publish=True).select_related("file") if shown.published else []
    return render(
        request,
        "portfolio/program.html",
        {
            "program": shown,
            "submission": shown.published or shown.submissions.order_by("-number").first(),
            "open_form": open_form,
            "contact": contact or ContactForm(program=shown),
            "retire": retire or _retire_form(),
            "forms": [contact, retire],
            "files": files,
            "history": walk.history_of(shown),
            "may": permissions.may_manage(request.user, shown),
            "may_take_back": permissions.may_take_consent_back(request.user, shown),
            "gives_back": {name: services.gives_back(shown, name) for name in services.CONSENTS},
        },
        status=status,
    )


def _once(request, shown, service, **values) -> str:
    """Carry a change out once, whatever is pressed how often."""

    def do() -> str:
        service(shown, by=request.user, **values)
        return reverse("portfolio:program", args=[shown.pk])

    return once(request, do)


def _contact(request, shown):
    form = ContactForm(request.POST, program=shown)
    if not form.is_valid():
        permissions.may_manage(request.user, shown).or_refuse()
        return _program_page(request, shown, contact=form, status=422)
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    try:
        _once(request, shown, services.change_contact, version=version, **form.cleaned_data)
    except Stale as stale:
        raise _with_both(stale, form, find_program(request, shown.pk)) from stale
    messages.success(request, _("The contact is changed. It counts at once."))


def _with_both(stale: Stale, form: ContactForm, program) -> Stale:
    """The refusal with the contact that stands and the one that was typed, as far as they differ."""
    differing = [name for name, typed in form.cleaned_data.items() if typed != getattr(program, name)]
    return Stale(
        stale.message,
        yours=[(form.fields[name].label, form.cleaned_data[name]) for name in differing],
        theirs=[(form.fields[name].label, getattr(program, name)) for name in differing],
        url=reverse("portfolio:program", args=[program.pk]),
    )


def _retire(request, shown):
    form = _retire_form(request.POST)
    if not form.is_valid():
        permissions.may_manage(request.user, shown).or_refuse()
        return _program_page(request, shown, retire=form, status=422)
    here = reverse("portfolio:program", args=[shown.pk])

    def do() -> str:
        try:
            services.retire(shown, by=request.user, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            raise _retired_first(refusal, form, find_program(request, shown.pk)) from refusal
        return here

    url = once(request, do)
    messages.success(request, _("The programme is retired."))
    return redirect(url)


def _retired_first(refusal: NotAllowed, form: ReasonForm, program) -> PortalError:
    """A colleague retired it first: the reason that stands beside the one that was typed."""
    if not program.retired_at:
        return refusal
    label, url = form.fields["reason"].label, reverse("portfolio:program", args=[program.pk])
    yours, theirs = [(label, form.cleaned_data["reason"])], [(label, program.retired_reason)]
    return Stale(refusal.message, yours=yours, theirs=theirs, url=url)


def _confirm(request, shown):
    services.confirm(shown, by=request.user)
    messages.success(request, _("Thank you. The programme is confirmed as of today."))


def _no_registry(request, shown):
    _once(request, shown, services.withdraw_registry_consent)
    messages.success(request, _("Consent is withdrawn. The programme left every list."))


def _no_sharing(request, shown):
    _once(request, shown, services.withdraw_sharing)
    messages.success(request, _("The commitment is taken back. The programme is listed and no longer offered."))


def _registry(request, shown):
    def do() -> str:
        return reverse("portfolio:tasklist", args=[services.ask_registry_consent_back(shown, by=request.user).pk])

    url = once(request, do)
    messages.info(request, _("Consent is given back with a correction. Check the form and submit it."))
    return redirect(url)


def _unpublish(request, shown):
    wanted = request.POST.get("file", "")
    files = Attachment.objects.filter(submission=shown.published_id)
    found = (
        files.select_related("submission").filter(pk=int(wanted)).first()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 10
        else None
    )
    if found:
        services.stop_publishing_file(found, by=request.user)
        messages.success(request, _("The file is no longer published."))


@require_POST
def correct(request, pk: int):
    """Begin a correction; the published text stays."""
    shown = find_program(request, pk)
    permissions.may_manage(request.user, shown).or_refuse()

    def do() -> str:
        return reverse("portfolio:tasklist", args=[services.correct(shown, by=request.user).pk])

    return redirect(once(request, do))


def attach(request, pk: int):
    """Add a file to a draft."""
    shown = find_submission(request, pk)
    permissions.may_write(request.user, shown).or_refuse()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _attach(request, shown, dict(form.cleaned_data))
        except (UploadRefused, NotAllowed) as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, _("The file is attached."))
            return redirect(f"{reverse('portfolio:section', args=[pk, 'VI'])}#files")
    return render(
        request,
        "portfolio/attach.html",
        {"submission": shown, "form": form},
        status=422 if form.is_bound else 200,
    )


def _attach(request, shown, data: dict) -> None:
    upload = data.pop("file")

    def do() -> str:
        services.attach(shown, upload, by=request.user, **data)
        return ""

    once(request, do)


def attachment(request, pk: int):
    """The file itself, for whoever sees its submission."""
    found = find_attachment(request, pk)
    return file_response(found.file, found.name, user=request.user)


def describe(request, pk: int):
    """Change what a file of a draft is, or remove it."""
    found = find_attachment(request, pk)
    permissions.may_write(request.user, found.submission).or_refuse()
    back = f"{reverse('portfolio:section', args=[found.submission_id, 'VI'])}#files"
    if request.method == "POST" and request.POST.get("then") == "remove":
        services.detach(found, by=request.user)
        messages.success(request, _("The file is removed from this form."))
        return redirect(back)
    now = {name: getattr(found, name) for name in ("kind", "title", "shows", "may_publish")}
    form = AttachmentForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        services.describe(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"submission": found.submission, "attachment": found, "form": form}
    return render(request, "portfolio/describe.html", context, status=422 if form.is_bound else 200)
