"""What people do with texts of the knowledge base, one function each."""

from experts.services.answers.consent import give_consent, take_back, take_back_all
from experts.services.answers.publishing import close_case, current_revision, open_next_round, publish
from experts.services.answers.texts import agree, begin_text, save_text, text_of

__all__ = [
    "agree", "begin_text", "close_case", "current_revision", "give_consent", "open_next_round", "publish", "save_text", "take_back",
    "take_back_all", "text_of",
]  # fmt: skip
