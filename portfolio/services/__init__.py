"""What people do with programmes and their forms, one function each."""

from portfolio.services.attachments import attach, describe, detach
from portfolio.services.copying import CONSENTS, gives_back
from portfolio.services.drafts import Conflict, Saved, appear, discard, present_again, save_section, start
from portfolio.services.enquiries import can_be_asked, enquire, forget_old_enquiries, mail_owed_enquiries
from portfolio.services.records import (
    ask_registry_consent_back,
    change_contact,
    confirm,
    correct,
    publish,
    retire,
    stop_publishing_file,
    withdraw_registry_consent,
    withdraw_sharing,
)
from portfolio.services.rounds import check_base, close, current_revision, open_next_round, take_answer
from portfolio.services.submitting import (
    endorse,
    proceed_without_endorsement,
    refuse_endorsement,
    remind_of_endorsements,
    submit,
    withdraw,
)

__all__ = [
    "CONSENTS", "Conflict", "Saved", "appear", "ask_registry_consent_back", "attach", "change_contact", "check_base",
    "can_be_asked", "close", "confirm", "correct", "current_revision", "describe", "detach", "discard", "endorse", "enquire",
    "forget_old_enquiries", "gives_back", "mail_owed_enquiries", "open_next_round", "present_again", "proceed_without_endorsement", "publish",
    "refuse_endorsement", "remind_of_endorsements", "retire", "save_section", "start", "stop_publishing_file", "submit",
    "take_answer", "withdraw", "withdraw_registry_consent", "withdraw_sharing",
]  # fmt: skip
