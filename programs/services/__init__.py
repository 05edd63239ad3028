"""What people do with records of the Table and with proposals, one function each."""

from programs.custody import custodian
from programs.services.custody import hand_over
from programs.services.ending import tell_of_endings
from programs.services.leaving import merge, put_back, retire, take_out
from programs.services.proposals import (
    close,
    current_revision,
    discard_proposal,
    open_next_round,
    rebase,
    save_proposal,
    start_proposal,
    submit_proposal,
    take_answer,
    withdraw_proposal,
)
from programs.services.records import check_base, confirm, missing, publish, publish_edit

__all__ = [
    "check_base", "close", "confirm", "current_revision", "custodian", "discard_proposal", "hand_over", "merge", "missing",
    "open_next_round", "publish", "publish_edit", "put_back", "rebase", "retire", "save_proposal", "start_proposal",
    "submit_proposal", "take_answer", "take_out", "tell_of_endings", "withdraw_proposal",
]  # fmt: skip
