"""Single acts of those who keep the Table: confirm, retire, take out, put back, merge, hand over. Each has its own small page."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.idempotency import once
from programs import permissions, services
from programs.custody import custody_now
from programs.forms.small import HandOverForm, MergeForm, ReasonForm
from programs.models import Custody, Project
from programs.views.keeping import find


@dataclass(frozen=True)
class Act:
    """One act on a record: its words, and what carries it out."""

    title: str
    about: str
    button: str
    done: str
    reasoned: bool = True


ACTS = {
    "retire": Act(
        gettext_lazy("Retire the record"),
        gettext_lazy(
            "It leaves every list. Its address says that it was retired, with its title and the day. Open proposals end."
        ),
        gettext_lazy("Retire it"),
        gettext_lazy("The record is retired."),
    ),
    "take_out": Act(
        gettext_lazy("Take the record out"),
        gettext_lazy("It leaves without a trace: its address answers as if it had never been. Open proposals end."),
        gettext_lazy("Take it out"),
        gettext_lazy("The record is taken out."),
    ),
    "put_back": Act(
        gettext_lazy("Put the record back"),
        gettext_lazy("It is shown again as it was published last."),
        gettext_lazy("Put it back"),
        gettext_lazy("The record is shown again."),
        reasoned=False,
    ),
    "confirm": Act(
        gettext_lazy("Confirm the record"),
        gettext_lazy("It is still as described. Its page says from today on that it was confirmed today."),
        gettext_lazy("Confirm it"),
        gettext_lazy("The record is confirmed."),
        reasoned=False,
    ),
}


def act(request, site, pk: int, verb: str):
    """The page of one act, and the act."""
    project, one = find(pk), ACTS[verb]
    (
        permissions.may_keep(request.user) if verb == "take_out" else permissions.may_edit(request.user, project)
    ).or_refuse()
    form = ReasonForm(request.POST or None) if one.reasoned else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = {"reason": form.cleaned_data["reason"]} if form else {}
        url = once(request, lambda: _done(verb, project, request.user, given))
        messages.success(request, one.done)
        return redirect(url)
    context = {
        **site.each_context(request),
        "opts": Project._meta,
        "title": one.title,
        "project": project,
        "act": one,
        "form": form,
    }
    return render(request, "admin/programs/project/act.html", context, status=422 if request.method == "POST" else 200)


def _done(verb: str, project, user, given: dict) -> str:
    getattr(services, verb)(project, by=user, **given)
    return reverse("admin:programs_project_change", args=[project.pk])


def merge(request, site, pk: int):
    """Two records describe the same thing: choose the one that stays, look at both, say why."""
    project = find(pk)
    permissions.may_edit(request.user, project).or_refuse()
    asked = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(asked, project=project)
    checked = form.is_valid() if form.is_bound else False
    if request.method == "POST" and checked and "confirmed" in request.POST:
        into = form.cleaned_data["into"]
        url = once(request, lambda: _merged(project, into, request.user, form.cleaned_data["reason"]))
        messages.success(request, _("The records are merged. Both addresses lead to this one."))
        return redirect(url)
    into = form.cleaned_data.get("into") if form.is_bound and "into" not in form.errors else None
    ready = request.method == "POST" and checked
    context = {
        **site.each_context(request), "opts": Project._meta, "title": _("Merge the record into another one"), "project": project,
        "form": form, "into": into, "ready": ready,
    }  # fmt: skip
    status = 422 if request.method == "POST" and not checked else 200
    return render(request, "admin/programs/project/merge.html", context, status=status)


def _merged(project, into, user, reason: str) -> str:
    services.merge(project, into=into, by=user, reason=reason)
    return reverse("admin:programs_project_change", args=[into.pk])


def hand_over(request, site):
    """Whose the Table is, was and will be; and its hand-over, confirmed once more before it is logged."""
    permissions.may_look(request.user).or_refuse()
    may = permissions.may_hand_over(request.user)
    form = HandOverForm(request.POST or None) if may else None
    if request.method == "POST":
        may.or_refuse()
        if form.is_valid() and "confirmed" in request.POST:
            data = form.cleaned_data
            url = once(request, lambda: _handed_over(request.user, data))
            day = date_format(data["from_day"], "DATE_FORMAT")
            messages.success(
                request,
                _("Logged: %(institution)s keeps the Table from %(day)s.")
                % {"institution": data["institution"], "day": day},
            )
            return redirect(url)
    ready = bool(form and form.is_bound and form.is_valid())
    context = {
        **site.each_context(request), "opts": Project._meta, "title": _("Custody of the Table"), "form": form, "may": may,
        "keeper": services.custodian(), "now": custody_now(), "ready": ready,
        "rows": Custody.objects.select_related("institution", "handed_over_by").order_by("-from_day", "-pk"),
    }  # fmt: skip
    status = 422 if request.method == "POST" and not ready else 200
    return render(request, "admin/programs/project/custody.html", context, status=status)


def _handed_over(user, data: dict) -> str:
    services.hand_over(data["institution"], from_day=data["from_day"], by=user, note=data["note"])
    return reverse("admin:programs_project_custody")
