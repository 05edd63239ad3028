"""Who may do what with requests for advice. Which requests one sees is RequestQuerySet.visible_to; how much of each stands here.

The clock (number, theme, country, state, days): whoever sees the request at all.
The text (question, what was tried, files beside it): both sides; whoever was asked, until they say no; administrators, of a
confidential one only where whoever asked wants the OAS to choose.
The conversation: both sides; administrators never of a confidential one.
"""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from experts.choices import RequestState as R
from experts.states import REQUEST_MOVES
from network.choices import ASKING_ROLES, Role
from network.models import Institution


def places(user):
    """The institutions in whose name a person may ask."""
    return Institution.objects.open().filter(pk__in=user.institutions_as(*ASKING_ROLES)).order_by("name")


def may_start(user, institution=None) -> Decision:
    """Officers, coordinators and partners ask in the name of their institution."""
    own = user.institutions_as(*ASKING_ROLES)
    if not own or (institution is not None and institution.pk not in own):
        return no(_("Officers, coordinators and partners of an institution of the network ask for advice in its name."))
    return YES


def is_requester(user, request) -> bool:
    """Whoever asked, while they belong to the institution; a coordinator of it, where that person is gone."""
    if (
        request.requester_id == user.pk
        and user.is_active
        and request.institution_id in user.institutions_as(*ASKING_ROLES)
    ):
        return True
    return request.institution_id in user.institutions_as(Role.COORDINATOR) and request.falls_to_coordinators


def stands_for(user, request) -> bool:
    """Whoever speaks for the side that asked: of one that is not confidential, coordinators of the institution too."""
    shared = not request.confidential and request.institution_id in user.institutions_as(Role.COORDINATOR)
    return is_requester(user, request) or (shared and not request.is_draft)


def is_of_institution(user, request) -> bool:
    """A colleague who may read it."""
    return not request.confidential and request.institution_id in user.institutions_as(*ASKING_ROLES)


def is_expert(user, request) -> bool:
    """The expert who accepted."""
    return request.expert is not None and request.expert.user_id == user.pk


def sees_thread(user, request) -> bool:
    """Whether a person reads the conversation."""
    if is_requester(user, request) or is_expert(user, request) or is_of_institution(user, request):
        return True
    return user.is_administrator and not request.confidential


def sees_text(user, request) -> bool:
    """Whether a person reads the question and what was tried."""
    return sees_thread(user, request) or (user.is_administrator and request.oas_helps)


def may_write(user, request) -> Decision:
    """Whoever asked changes the request until it is sent."""
    if not is_requester(user, request):
        return no(_("Only whoever asks may change the question."))
    if not request.is_draft:
        return no(_("This question was sent and does not change any more."))
    return YES


def may_choose(user, request) -> Decision:
    """The side that asked chooses whom to ask; the OAS too, of a confidential one only where it was asked to."""
    if not _holds(request, "ask"):
        return no(_("Nobody can be asked now: this question has moved on."))
    helps = user.is_administrator and request.oas_may_choose
    if stands_for(user, request) or helps:
        return YES
    return no(_("Whoever asked chooses the experts."))


def may_withdraw(user, request) -> Decision:
    """The side that asked takes the question back until it is answered."""
    if not stands_for(user, request):
        return no(_("Only whoever asked may take the question back."))
    if not _holds(request, "withdraw"):
        return no(_("There is nothing to take back any more."))
    return YES


def may_respond(user, offer) -> Decision:
    """The expert who was asked says yes or no."""
    if offer.expert is None or offer.expert.user_id != user.pk:
        return no(_("Only the expert who was asked answers here."))
    return YES


def may_talk(user, request) -> Decision:
    """Both sides write while an expert answers, and until the question is closed."""
    if request.state not in (R.ACCEPTED, R.ANSWERED):
        return no(_("Messages are written while an expert answers."))
    if stands_for(user, request) or is_expert(user, request):
        return YES
    return no(_("Only whoever asked and the expert write here."))


def may_answer(user, request) -> Decision:
    """The expert says that this is the answer."""
    if is_expert(user, request) and _holds(request, "answer"):
        return YES
    return no(_("Only the expert who accepted answers, and once."))


def may_follow_up(user, request) -> Decision:
    """The side that asked asks once more; not after the answer went to the knowledge base."""
    if not stands_for(user, request) or not _holds(request, "follow_up") or request.expert is None:
        return no(_("There is no answer to ask more about."))
    if hasattr(request, "kept"):
        return no(_("This answer is on its way to the knowledge base. Ask a new question instead."))
    return YES


def may_close(user, request) -> Decision:
    """The side that asked closes."""
    if stands_for(user, request) and _holds(request, "close"):
        return YES
    return no(_("Only whoever asked closes a question, once an expert has accepted it."))


def may_rate(user, request) -> Decision:
    """The expert rates a closed question, once."""
    if is_expert(user, request) and request.state == R.CLOSED and request.expert_rating is None:
        return YES
    return no(_("The expert says once how it went, after the question was closed."))


def may_give_back(user, request) -> Decision:
    """The expert who accepted and cannot go on."""
    if is_expert(user, request) and _holds(request, "give_back"):
        return YES
    return no(_("Only the expert who accepted gives a question back."))


def may_consent(user, request) -> Decision:
    """Each side for itself, about a closed question: whoever asked in person, and the expert."""
    if (is_requester(user, request) or is_expert(user, request)) and request.state == R.CLOSED:
        return YES
    return no(_("Only whoever asked and the expert decide whether the answer is published."))


def _holds(request, verb: str) -> bool:
    return request.state in REQUEST_MOVES[verb][0]


def may_oversee(user) -> Decision:
    """Network administrators see load and waiting times."""
    return YES if user.is_administrator else no(_("Only network administrators see this page."))
