"""Who advises, and what they were asked."""

from experts.models.advice import AdviceFile, AdviceRequest, Message, Offer
from experts.models.answers import Answer, AnswerRevision
from experts.models.contact import ExpertInvitation, ExpertMessage
from experts.models.people import Expert, ProfileRevision, Referee

__all__ = [
    "AdviceFile", "AdviceRequest", "Answer", "AnswerRevision", "Expert", "ExpertInvitation", "ExpertMessage", "Message", "Offer",
    "ProfileRevision", "Referee",
]  # fmt: skip
