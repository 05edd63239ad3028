"""What people do with texts of the knowledge base, one function each."""

from experts.services.answers.consent import give_consent, take_back, take_back_all
from experts.services.answers.publishing import close_case, current_revision, open_next_round, publish
from experts.services.answers.texts import agree, draft_of, save_text

__all__ = [
    "agree", "close_case", "current_revision", "draft_of", "give_consent", "open_next_round", "publish", "save_text", "take_back",
    "take_back_all",
]  # fmt: skip
