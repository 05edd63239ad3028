"""Who may do what with records of the Table and proposals. Who may see a proposal is RevisionQuerySet.visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from network.choices import MINISTRY_ROLES, Role
from network.models import Institution
from programs.choices import RevisionState
from programs.custody import custodian
from review.choices import OPEN_STATES


def may_look(user) -> Decision:
    """Table editors of whichever institution and network administrators see the Table in the admin."""
    if user.holds(Role.ADMINISTRATOR, Role.TABLE_EDITOR):
        return YES
    return no(_("Only table editors and network administrators see this page."))


def may_keep(user) -> Decision:
    """Editors of the institution that has the custody today, and network administrators, keep the Table."""
    if user.is_administrator:
        return YES
    places = user.institutions_as(Role.TABLE_EDITOR)
    if not places:
        return no(_("Only table editors and network administrators change records of the Table."))
    keeper = custodian()
    if keeper is None or keeper.pk not in places:
        name = keeper.name if keeper else "—"
        return no(
            _("%(institution)s keeps the Table now: you may look at its records, and change none.")
            % {"institution": name}
        )
    return YES


def may_edit(user, project=None) -> Decision:
    """The same, for a record that is still there."""
    decision = may_keep(user)
    if decision and project is not None:
        return is_kept(project)
    return decision


def is_kept(project) -> Decision:
    """Whether a record may still change: neither merged nor retired."""
    if project.merged_into_id:
        return no(_("This record was merged into another one, which has its text now."))
    if project.retired_at:
        return no(_("This record was retired."))
    return YES


def may_hand_over(user) -> Decision:
    """Network administrators log a hand-over of the Table."""
    return YES if user.is_administrator else no(_("Only a network administrator hands the Table over."))


# --- proposals ------------------------------------------------------------------------------------
def belongs(user, institution_id: int | None) -> bool:
    """Whether a person is an officer or coordinator of the institution now."""
    return institution_id in user.institutions_as(*MINISTRY_ROLES)


def places(user):
    """The institutions for which a person may propose: those of a country."""
    return Institution.objects.filter(pk__in=user.institutions_as(*MINISTRY_ROLES), country__isnull=False).order_by(
        "name"
    )


def may_start(user, institution) -> Decision:
    """Officers and coordinators propose for their own institution."""
    if not belongs(user, institution.pk):
        return no(_("Only officers and coordinators of this institution may propose in its name."))
    if institution.country_id is None:
        return no(_("Proposals come from the institutions of a country."))
    return YES


def may_correct(user, project) -> Decision:
    """Officers and coordinators of a country in which the record is carried out, while it is public."""
    if not user.submits:
        return no(_("Only officers and coordinators of a ministry may propose a correction."))
    if not project.is_public or not is_kept(project):
        return no(_("Only records that are public can be corrected."))
    if not correcting_places(user, project):
        return no(
            _("You may propose corrections of records of your own country only. This one is carried out elsewhere.")
        )
    return YES


def correcting_places(user, project) -> list:
    """The person's institutions whose country is among those of the record; all of them where it covers a region."""
    text = project.published
    return [place for place in places(user) if text.region or place.country_id in text.countries]


def covers_own_country(revision) -> Decision:
    """What is proposed includes the proposer's country, or a region in place of countries."""
    country = revision.proposed_by.country
    if revision.region or country.iso2 in revision.countries or _was_there(revision, country.iso2):
        return YES
    return no(_("You propose for %(country)s: it must be among the countries.") % {"country": country.label})


def _was_there(revision, iso2: str) -> bool:
    """A correction may say that the record is not carried out in the proposer's country after all."""
    published = revision.project.published
    return published is not None and iso2 in published.countries


def may_write(user, revision) -> Decision:
    """Officers and coordinators of the institution write its drafts."""
    if not belongs(user, revision.proposed_by_id):
        return no(_("Only officers and coordinators of the institution that proposes may change this proposal."))
    if revision.state != RevisionState.DRAFT or not revision.is_open:
        return no(
            _("This proposal was submitted and does not change any more. If the OAS has questions, a new round opens.")
        )
    return YES


def may_withdraw(user, revision) -> Decision:
    """The institution withdraws a proposal while nothing is decided."""
    if not belongs(user, revision.proposed_by_id):
        return no(_("Only officers and coordinators of the institution that proposes may withdraw this proposal."))
    if not revision.is_open or (revision.case_id and revision.case.state not in OPEN_STATES):
        return no(_("There is nothing to withdraw any more: this proposal has had its decision."))
    return YES


def may_discard(user, revision) -> Decision:
    """A draft that nobody has received yet can be thrown away."""
    decision = may_write(user, revision)
    if decision and revision.reference:
        return no(
            _("This draft answers questions about a proposal that has a reference: withdraw the proposal instead.")
        )
    return decision


# --- imports --------------------------------------------------------------------------------------
def may_discard_import(user, batch) -> Decision:
    """Those who keep the Table; and the institution that sent it, until it is applied."""
    if batch.institution_id and belongs(user, batch.institution_id):
        return YES
    return may_keep(user)
