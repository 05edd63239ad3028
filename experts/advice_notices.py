"""What each step of a request tells both sides and the OAS. Mails name a confidential request by its number alone, and never
carry what was asked or answered; nobody's name stands in what an expert is told before accepting."""

from django.utils.translation import gettext_lazy as _

from network.choices import Role
from network.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.models import Notice
from notifications.services import tell as tell_people

WHY_EXPERT = _("You receive this because you are an expert of the network.")
WHY_ASKED = _("You receive this because you asked this question, or coordinate the institution that did.")
WHY_OAS = _("You receive this because you administer the network.")
WHY_BOTH = _("You receive this because you asked or answered this question.")
OPEN, SEE = _("Open the question"), _("See where it is")

KINDS = (
    NoticeKind(
        "experts.request_asked", _("%(reference)s: the network asks for your advice"),
        _("Somebody in a labour administration of the Americas asks for your advice. The question is in the portal. Please say by "
          "%(due)s whether you can answer it: you may accept, decline or name another expert."),
        _("Read the question"), WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_reminder", _("%(reference)s: a question waits for your yes or no"),
        _("You were asked for advice. Please say by %(due)s whether you can answer; after that day somebody else is asked."),
        _("Read the question"), WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_lapsed", _("%(reference)s: the question goes to somebody else"),
        _("The day by which an answer was hoped for has passed, so somebody else is asked. You need do nothing. If you have little "
          "time now, you can pause your profile."),
        SEE, WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_taken_back", _("%(reference)s: your answer is not needed any more"),
        _("Another expert accepted the question, or it was taken back. Thank you for being ready to help."), SEE, WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_accepted", _("%(about)s: %(who)s accepted your question"),
        _("%(who)s will answer. You can write to each other in the portal, in private."), OPEN, WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_rerouted", _("%(about)s: another expert was asked"),
        _("Nobody of those asked could answer in time, so the next best suited expert was asked. You need do nothing."),
        SEE, WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_choose", _("%(about)s: choose whom to ask"),
        _("Nobody is asked at the moment. The portal proposes experts, with the reasons for each."),
        _("Choose experts"), WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_unanswered", _("%(about)s: nobody could answer so far"),
        _("The experts who were asked could not answer, or none is left to ask. The OAS has been told and looks for somebody. You may "
          "also choose another expert, or take the question back."),
        SEE, WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_unanswered_oas", _("%(reference)s: a question without an expert"),
        _("No expert of the directory accepted this question. Look at the theme: it may lack experts."), SEE, WHY_OAS,
    ),
    NoticeKind(
        "experts.request_helps", _("%(reference)s: choose experts for a question"),
        _("An institution asks the OAS to choose whom to ask. The portal proposes experts, with the reasons for each."),
        _("Choose experts"), WHY_OAS,
    ),
    NoticeKind(
        "experts.request_message", _("%(reference)s: a new message"),
        _("There is a new message about this question. It is in the portal."), _("Read the message"), WHY_BOTH,
    ),
    NoticeKind(
        "experts.request_answered", _("%(about)s: your question is answered"),
        _("The expert answered. Read it, ask more if something is open, then close the question and say whether it helped."),
        _("Read the answer"), WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_follow_up", _("%(reference)s: one more question"),
        _("Whoever asked has a question about your answer. It is in the portal."), OPEN, WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_waits", _("%(reference)s: your answer is waited for"),
        _("You accepted this question on %(since)s. If it takes longer, a line to say so is enough; if you cannot go on, give it back."),
        OPEN, WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_waits_oas", _("%(reference)s: accepted, and no answer so far"),
        _("An expert accepted this question on %(since)s, and has not written for three weeks."), SEE, WHY_OAS,
    ),
    NoticeKind(
        "experts.request_close", _("%(about)s: close the question if the answer is enough"),
        _("The expert answered on %(since)s. Close the question and say what came of it, or ask more."),
        _("Close the question"), WHY_ASKED,
    ),
    NoticeKind(
        "experts.request_closed", _("%(reference)s: the question is closed"),
        _("Whoever asked closed the question. You can read what they say of it, and say how it was for you."), OPEN, WHY_EXPERT,
    ),
    NoticeKind(
        "experts.request_given_back", _("%(about)s: the expert cannot go on"),
        _("The expert gave the question back. The search for another one begins."), SEE, WHY_ASKED,
    ),
    NoticeKind(
        "experts.answer_text", _("%(reference)s: agree to the text for the knowledge base"),
        _("Both of you agreed to publish the question and its answer without names. The text is drafted or was changed: read it, "
          "change what should not be public, and agree. Nothing is published before both agree and the OAS approves."),
        _("Read the text"), WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_from_room", _("%(reference)s: may what was said in the live room become a page?"),
        _("The hosts of a live room wrote down a question and its answer that you took part in. If whoever asked and the expert both "
          "agree, a text without names is drafted for the knowledge base. Nothing is published before both agree to every word."),
        SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_submitted", _("%(case)s: the text for the knowledge base was sent to the OAS"),
        _("Both of you agreed to the text. The OAS answers by %(due)s, at the end of the day in Washington, D.C."), SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_questions", _("%(case)s: the OAS has questions about the text"),
        _("The OAS asks about the text for the knowledge base. Answer, change what is needed, and agree to it again."),
        _("Answer the questions"), WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_questions_reminder", _("%(case)s: the questions of the OAS wait for you"),
        _("The OAS asked about the text for the knowledge base on %(since)s and goes on when you answer."),
        _("Answer the questions"), WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_on_hold", _("%(case)s: the review of the text is on hold"),
        _("The OAS put the review on hold. Meanwhile the clock stands still; you need do nothing."), SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_resumed", _("%(case)s: the review of the text goes on"),
        _("The OAS took the review up again and answers by %(due)s, at the end of the day in Washington, D.C."), SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_approved", _("%(case)s: the text is in the knowledge base"),
        _("The OAS approved the text. It is published without your names. Each of you can take the consent back at any time."),
        SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_declined", _("%(case)s: the text is not published"),
        _("The OAS did not take the text into the knowledge base. The letter with the reasons is in the portal."), SEE, WHY_BOTH,
    ),
    NoticeKind(
        "experts.answer_withdrawn", _("%(reference)s: the answer is not public any more"),
        _("One of the two sides took the consent back. What was published is gone; what was not yet published will not be."),
        SEE, WHY_BOTH,
    ),
)  # fmt: skip

kinds.register(*KINDS)


# --- whom ------------------------------------------------------------------------------------------
def asking_side(request) -> list[User]:
    """Whoever asked; the coordinators of the institution, where that person is gone and they may open the question."""
    if request.asker is not None:
        return [request.asker]
    if not request.falls_to_coordinators:
        return []
    return list(User.objects.holding(Role.COORDINATOR, institution=request.institution))


def experts_side(request) -> list[User]:
    """The expert who accepted."""
    return [request.expert.user] if request.expert and request.expert.user else []


def administrators() -> list[User]:
    """Network administrators."""
    return list(User.objects.holding(Role.ADMINISTRATOR))


# --- what ------------------------------------------------------------------------------------------
def tell(
    step: str, request, people, *, key: str = "", by=None, url_name: str = "experts:request", url_args=None, **params
):
    """Tell people of a step; whoever acted knows. The key makes it told once."""
    wanted = [person for person in people if by is None or person.pk != by.pk]
    about = {"reference": request.reference, "about": request.about, **params}
    tell_people(
        f"experts.{step}", wanted, key=key or f"experts.{step}:{request.pk}:{request.version}", url_name=url_name,
        url_args=[request.pk] if url_args is None else url_args, **about,
    )  # fmt: skip


def tell_offer(step: str, offer, **params) -> None:
    """Tell the expert who was asked, each time that they are; names and texts stay in the portal."""
    if offer.expert and offer.expert.user:
        tell(
            step, offer.request, [offer.expert.user], key=f"experts.{step}:offer:{offer.pk}:{int(offer.asked_at.timestamp() * 1000)}",
            url_name="experts:offer", url_args=[offer.pk], **params,
        )  # fmt: skip


def was_told(key: str, people) -> bool:
    """Whether somebody of these has this notice."""
    return Notice.objects.filter(recipient__in=list(people), key=key).exists()
