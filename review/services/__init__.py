"""What people do with cases, one function each."""

from review.services.asking import ask, draft_question, remove_question
from review.services.deciding import approve, decline, hold, resume
from review.services.grading import grade, keep_draft
from review.services.handling import add_note, assign, claim, claim_all, let_go_everywhere, look, release, works_on
from review.services.letters import draft_letter
from review.services.moves import lock, touch
from review.services.opening import (
    Whereabouts,
    answer_question,
    day_promised,
    days_for,
    next_reference,
    open_case,
    return_to_review,
    whereabouts,
    withdraw,
)
from review.services.reminding import remind
from review.services.settings import ensure_settings, set_days

__all__ = [
    "Whereabouts", "add_note", "answer_question", "approve", "ask", "assign", "claim", "claim_all", "day_promised", "days_for",
    "decline", "draft_letter", "draft_question", "ensure_settings", "grade", "hold", "keep_draft", "let_go_everywhere", "lock", "look",
    "next_reference", "open_case", "release", "remind", "remove_question", "resume", "return_to_review", "set_days", "touch", "whereabouts", "withdraw",
    "works_on",
]  # fmt: skip
