"""What people do in the experts' network, one function each."""

from experts.services.people.confirming import confirm_by_link, keep_fresh
from experts.services.people.invitations import (
    accept_expert_invitation,
    forget_old_invitations,
    invite_expert,
    mail_invitations,
    revoke_expert_invitation,
)
from experts.services.people.leaving import erase_expert, forget_person, held_of, leave
from experts.services.people.living import come_back, confirm, follow_account, pause, set_availability, set_shown
from experts.services.people.messages import forget_old_messages, mail_messages, write_to_expert
from experts.services.people.profiles import (
    begin_profile,
    close,
    correct_profile,
    current_revision,
    discard_profile,
    missing,
    open_next_round,
    publish_profile,
    save_profile,
    submit_profile,
    withdraw_profile,
)

__all__ = [
    "accept_expert_invitation", "begin_profile", "close", "come_back", "confirm", "confirm_by_link", "correct_profile",
    "current_revision", "discard_profile", "erase_expert", "follow_account", "forget_old_invitations", "forget_old_messages", "forget_person",
    "held_of", "invite_expert", "keep_fresh", "leave", "mail_invitations", "mail_messages", "missing", "open_next_round", "pause",
    "publish_profile", "revoke_expert_invitation", "save_profile", "set_availability", "set_shown", "submit_profile",
    "withdraw_profile", "write_to_expert",
]  # fmt: skip
