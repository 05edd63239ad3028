"""What people do with items of the library and with proposals, one function each."""

from library.services.attaching import attach, describe, detach
from library.services.leaving import merge, retire
from library.services.proposals import (
    close,
    current_revision,
    discard_proposal,
    open_next_round,
    rebase,
    save_proposal,
    start_proposal,
    submit_proposal,
    withdraw_proposal,
)
from library.services.records import check_base, missing, publish, publish_edit

__all__ = [
    "attach", "check_base", "close", "current_revision", "describe", "detach", "discard_proposal", "merge", "missing",
    "open_next_round", "publish", "publish_edit", "rebase", "retire", "save_proposal", "start_proposal", "submit_proposal",
    "withdraw_proposal",
]  # fmt: skip
