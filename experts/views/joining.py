"""Joining the directory: begin, write, check, send; take back, throw away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalogue import labels
from core import kept, saving
from core.errors import Stale
from experts import permissions, reading, services
from experts.choices import Shown
from experts.errors import Incomplete
from experts.forms.lines import LineGroup
from experts.forms.profile import ProfileForm
from experts.forms.small import DeclarationForm
from experts.models import ProfileRevision
from experts.questions import QUESTIONS
from experts.services.people import texts
from experts.services.people.profiles import KIND
from network.idempotency import once
from review import services as review

SUBJECT = "experts:profile"
AFTER_SIGN_IN = "after_sign_in"  # accounts.adapters leads there


def open_revision(user) -> ProfileRevision | None:
    """The version of the person's profile that has no decision yet."""
    rows = ProfileRevision.objects.visible_to(user).open().filter(expert__user=user)
    return rows.select_related("expert__published", "expert__user", "case", "institution", "base__institution").first()


def latest_revision(user) -> ProfileRevision | None:
    """The open version, or the newest of all."""
    rows = ProfileRevision.objects.visible_to(user).filter(expert__user=user).order_by("-is_open", "-number")
    return rows.select_related("expert__published", "expert__user", "case", "institution", "base__institution").first()


def _find(request) -> ProfileRevision:
    found = open_revision(request.user)
    if found is None:
        raise Http404
    return found


@login_not_required  # whoever has no account yet finds the way back here after confirming the address
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """What the directory is, what it asks, and the button that begins."""
    if not request.user.is_authenticated:
        request.session[AFTER_SIGN_IN] = request.path
        return redirect_to_login(request.path)
    if request.method == "POST":
        return redirect(once(request, lambda: _begin(request.user)))
    if latest_revision(request.user) is not None:
        return redirect("experts:me")
    context = {"days": review.day_promised(KIND), "shown": Shown}
    return render(request, "experts/join.html", context)


def _begin(user) -> str:
    services.begin_profile(by=user)
    return reverse("experts:form")


@login_not_required  # whoever comes without a session keeps what they typed: core.kept
@require_http_methods(["GET", "HEAD", "POST"])
def form(request):
    """The form of one's own profile."""
    if not request.user.is_authenticated:
        return kept.sign_in_first(request, SUBJECT, "form")
    profile = open_revision(request.user)
    if profile is None:
        return redirect("experts:me")
    if request.method == "POST":
        return _save(request, profile)
    if not permissions.may_write(request.user, profile):
        return redirect("experts:me")
    typed = kept.typed_before(request, SUBJECT, "form")
    more = request.GET.get("more", "")
    shown = ProfileForm(profile, typed, more=more if more in LineGroup.line_forms else "")
    return _page(request, profile, shown, kept_words=typed is not None)


def _save(request, profile):
    posted = saving.posted(request)
    typed = ProfileForm(profile, posted)
    if not (may := permissions.may_write(request.user, profile)):
        raise Stale(may.reason, yours=_typed(typed), url=reverse("experts:me"))
    try:
        saved = services.save_profile(
            profile,
            by=request.user,
            values=typed.values(),
            referees=typed.referees(),
            shown=typed.shown(),
            version=_number(posted.get("version")),
        )
    except Stale as refusal:
        raise Stale(refusal.message, yours=_typed(typed), url=reverse("experts:form")) from refusal
    kept.forget(request, SUBJECT, "form")
    if kept.is_autosave(request):
        line = saving.saved_line(saved.saved_at)
        return saving.told(request, line, fields={"version": saved.version}, wrong=typed.all_errors())
    if typed.all_errors():
        return _page(request, saved, typed, status=422)
    return _go_on(request)


def _typed(form: ProfileForm) -> list[tuple[str, str]]:
    """Texts that were typed, to be copied."""
    values = texts.cleaned(form.values())
    return [(texts.QUESTION_OF[name].name, text) for name, text in values.items() if isinstance(text, str) and text]


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _go_on(request):
    wanted, here = request.POST.get("then", ""), reverse("experts:form")
    if wanted.startswith("add:") and (name := wanted.removeprefix("add:")) in LineGroup.line_forms:
        return redirect(f"{here}?more={name}#lines-{name}")
    if wanted == "send":
        return redirect("experts:check")
    messages.success(request, _("Saved. Nothing is sent yet."))
    return redirect(here)


def _page(request, profile, form: ProfileForm, *, status: int = 200, kept_words: bool = False):
    asked = {question.field: question for question in questions_of(profile)}
    shown = [question for section in form.sections for question in section.fields]
    for question in [*shown, *filter(None, (form.references, form.showing))]:
        question.asked = asked.get(question.field.key)
    context = {
        "profile": profile,
        "form": form,
        "summary": form.all_errors() if form.is_bound else [],
        "kept_words": kept_words,
        "note": kept.note(request.user, SUBJECT),
        "key": f"{SUBJECT}:{profile.pk}:{request.user.pk}",
        "saved": saving.saved_line(profile.saved_at),
    }
    response = render(request, "experts/form.html", context, status=status)
    add_never_cache_headers(response)
    return response


def questions_of(profile):
    """Questions of the OAS that wait for an answer in this round."""
    if profile.case is None or profile.state != "draft":
        return []
    return profile.case.questions.filter(sent_at__isnull=False, round=profile.round - 1)


# --- check and send -------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Every answer, what lacks, the consent, and the button that sends. Sent once, whatever is pressed how often."""
    profile = open_revision(request.user)
    if profile is None:
        return redirect("experts:me")
    if request.method == "POST":
        return _send(request, profile)
    if not permissions.may_write(request.user, profile):
        return redirect("experts:me")
    return _check_page(request, profile, DeclarationForm(initial={"version": profile.version}))


def _check_page(request, profile, form, *, status: int = 200):
    known = labels.read()
    before = reading.answers(profile.base, known) if profile.base else {}
    sections = reading.read(profile, known)
    changed = {a.question.key for s in sections for a in s.answers if before and a.text != before[a.question.key].text}
    context = {
        "profile": profile,
        "form": form,
        "sections": sections,
        "changed": changed,
        "missing": services.missing(profile),
        "questions": questions_of(profile),
        "shown": [Shown(name).label for name in Shown.values if profile.expert.shows(name)],
        "referees": profile.expert.referees.all() if profile.expert.published_id is None else (),
        "due": review.day_promised(KIND),
    }
    return render(request, "experts/check.html", context, status=status)


def _send(request, profile):
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        permissions.may_write(request.user, profile).or_refuse()
        form.data = form.data.copy()
        form.data["version"] = profile.version
        return _check_page(request, profile, form, status=422)

    def send() -> str:
        services.submit_profile(profile, by=request.user, consent=True, version=form.cleaned_data["version"])
        return reverse("experts:me")

    try:
        url = once(request, send)
    except Incomplete:
        return _check_page(request, profile, DeclarationForm(initial={"version": profile.version}), status=422)
    messages.success(request, _("Sent. The reference number is below."))
    return redirect(url)


# --- the ends of a version ------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request):
    """Take back a profile that has no decision."""
    profile = _find(request)
    permissions.may_withdraw(request.user, profile).or_refuse()
    if request.method == "POST":
        return _ended(
            request, lambda: services.withdraw_profile(profile, by=request.user), _("The profile is withdrawn.")
        )
    return render(request, "experts/end.html", {"profile": profile, "verb": "withdraw"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request):
    """Throw a draft away that nobody has received."""
    profile = _find(request)
    permissions.may_discard(request.user, profile).or_refuse()
    if request.method == "POST":
        return _ended(request, lambda: services.discard_profile(profile, by=request.user), _("The draft is gone."))
    return render(request, "experts/end.html", {"profile": profile, "verb": "discard"})


def _ended(request, do, words: str):
    def carry_out() -> str:
        do()
        return reverse("experts:me")

    url = once(request, carry_out)
    messages.success(request, words)
    return redirect(url)


def question_name(key: str) -> str:
    """What a question of the OAS is pinned to."""
    return QUESTIONS[key].name if key in QUESTIONS else ""
