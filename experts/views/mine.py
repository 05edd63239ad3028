"""My profile: where it is, what may change at once, the next version, leaving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from catalogue import labels
from core.ended import sent_late
from experts import freshness, permissions, reading, services, walk
from experts.choices import Shown
from experts.forms.small import AnswersForm, AvailabilityForm, ShownForm
from experts.models import Expert
from experts.views.joining import latest_revision, question_name, questions_of
from network.idempotency import once
from network.managers import today
from review import services as review


def _own(request) -> Expert:
    found = Expert.objects.filter(user=request.user).select_related("published__institution").first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request):
    """Where my profile is, its questions, and what I may change at once."""
    profile = latest_revision(request.user)
    if profile is None:
        return redirect("experts:join")
    if request.method == "POST":
        return _answer(request, profile)
    return _page(request, profile)


def _page(request, profile, *, answers=None, availability=None, status: int = 200):
    expert, user = profile.expert, request.user
    questions = [] if answers else list(questions_of(profile))
    context = {
        "profile": profile,
        "expert": expert,
        "is_public": expert.is_public,
        "where": walk.where(profile),
        "steps": walk.steps(profile),
        "history": walk.history(expert),
        "answers": answers or (AnswersForm(questions, typed=sent_late(request)) if questions else None),
        "sections": reading.read(profile, labels.read()),
        "fresh": freshness.freshness(expert.confirmed_on, today()) if expert.published_id else None,
        "availability": availability or AvailabilityForm(initial=_time_of(expert)),
        "shown": ShownForm(initial={"shown": expert.shown}),
        "may_write": permissions.may_write(user, profile),
        "may_withdraw": permissions.may_withdraw(user, profile),
        "may_discard": permissions.may_discard(user, profile),
    }
    for question in context["answers"].questions if context["answers"] else ():
        question.about = question_name(question.field)
    return render(request, "experts/me.html", context, status=status)


def _time_of(expert) -> dict:
    return {"availability": expert.availability, "notice_weeks": expert.notice_weeks}


def _answer(request, profile):
    """Save the answers to the questions of the OAS."""
    permissions.may_write(request.user, profile).or_refuse()
    form = AnswersForm(questions_of(profile), request.POST)
    if not form.is_valid():
        messages.error(request, _("An answer is too long: write up to 4,000 characters. Nothing is saved yet."))
        return _page(request, profile, answers=form, status=422)
    for question in form.questions:
        text = form.cleaned_data[f"answer-{question.pk}"].strip()
        if text != question.answer:
            review.answer_question(question, text, by=request.user)
    messages.success(request, _("Your answers are saved. Send the profile when you have changed what is needed."))
    return redirect("experts:form" if request.POST.get("then") == "form" else "experts:me")


@require_POST
def correct(request):
    """Begin the next version."""
    expert = _own(request)

    def begin() -> str:
        services.correct_profile(expert, by=request.user)
        return reverse("experts:form")

    return redirect(once(request, begin))


# --- what changes at once -------------------------------------------------------------------------
def _done(request, do, words: str):
    def carry_out() -> str:
        do()
        return reverse("experts:me")

    url = once(request, carry_out)
    messages.success(request, words)
    return redirect(url)


@require_POST
def availability(request):
    """How much time, and how long before."""
    expert, form = _own(request), AvailabilityForm(request.POST)
    if not form.is_valid():
        return _page(request, latest_revision(request.user), availability=form, status=422)
    return _done(
        request,
        lambda: services.set_availability(expert, by=request.user, **form.cleaned_data),
        _("Saved. It shows at once."),
    )


@require_POST
def shown(request):
    """Which fields everybody may see."""
    expert = _own(request)
    chosen = [name for name in Shown.values if name in request.POST.getlist("shown")]
    return _done(
        request, lambda: services.set_shown(expert, by=request.user, shown=chosen), _("Saved. It takes effect at once.")
    )


@require_POST
def pause(request):
    """Out of the list for a while."""
    expert = _own(request)
    return _done(
        request,
        lambda: services.pause(expert, by=request.user),
        _("You are out of the list. Nothing is lost: come back whenever you like."),
    )


@require_POST
def come_back(request):
    """Back in the list."""
    expert = _own(request)
    return _done(request, lambda: services.come_back(expert, by=request.user), _("You are back in the list."))


@require_POST
def confirm_now(request):
    """Still right as it stands."""
    expert = _own(request)
    return _done(request, lambda: services.confirm(expert, by=request.user), _("Thank you: your profile is confirmed."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """Leave the directory for good."""
    expert = _own(request)
    if request.method == "POST":

        def carry_out() -> str:
            services.leave(expert, by=request.user)
            return reverse("home:desk")

        url = once(request, carry_out)
        messages.success(request, _("You left the directory. What you had given is erased."))
        return redirect(url)
    return render(request, "experts/leave.html", {"expert": expert})
