"""Words of a post as HTML, kept once; and what stands in its marks when it is shown.

A mention is typed as `@name.12`: the number is the person, the name is for those who read the words. A link to a public
record alone on its line becomes its card. Both leave the renderer as marks: names and titles are put in when the text is shown.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.text import slugify

from core import markdown
from core.markdown import CLOSE, OPEN

RENDERER = markdown.VERSION * 100 + 1
MOST_CARDS = 10
MOST_MENTIONS = 20
_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9-]{0,60})\.([1-9]\d{0,9})(?!\w)", re.IGNORECASE | re.ASCII)
_MARK = re.compile(f"{OPEN}(?:m(\\d+):([A-Za-z0-9-]*)|c([A-Z]-\\d+)){CLOSE}")
_RECORD = re.compile(r"(?:https?://[^\s/]+)?/id/([A-Z]-\d{6,8})/?|([A-Z]-\d{6,8})")


@dataclass
class Rendered:
    """The HTML with its marks, whom it names, and which records it shows."""

    html: str
    mentions: list[int] = field(default_factory=list)
    handles: set[str] = field(default_factory=set)  # each as `handle` makes it: "@name.12"
    cards: list[str] = field(default_factory=list)


def render(text: str) -> Rendered:
    """Draw the words of a post."""
    mentions: dict[int, None] = {}
    handles: set[str] = set()
    cards: dict[str, None] = {}

    def mention(found: re.Match) -> str:
        person = int(found[2])
        if person not in mentions and len(mentions) >= MOST_MENTIONS:
            return found[0]
        mentions[person] = None
        handles.add(found[0].lower())
        return f"{OPEN}m{person}:{found[1]}{CLOSE}"

    def card(line: str) -> str | None:
        found = _RECORD.fullmatch(line)
        if not found or len(cards) >= MOST_CARDS:
            return None
        cards[found[1] or found[2]] = None
        return f"{OPEN}c{found[1] or found[2]}{CLOSE}"

    html = markdown.render(text, words=lambda words: _MENTION.sub(mention, words), paragraph=card)
    return Rendered(html, list(mentions), handles, list(cards))


def put_in(html: str, mention, card) -> str:
    """The HTML with what `mention(id, typed)` and `card(permanent id)` answer in place of its marks; both answer HTML."""
    return _MARK.sub(lambda m: card(m[3]) if m[3] else mention(int(m[1]), m[2]), html)


def without_mentions(text: str) -> str:
    """Words as they were typed, without whom they mention."""
    return _MENTION.sub(" ", text)


def name_mentions(text: str, name: Callable[[int], str | None]) -> str:
    """Words as they were typed, with the names that `name(id)` answers in place of people's numbers."""
    return _MENTION.sub(lambda found: name(int(found[2])) or found[0], text)


def handle(name: str, person: int) -> str:
    """How a person is mentioned in the words of a post."""
    return f"@{slugify(name)[:60]}.{person}"


def meant(drawn: Rendered, people: Iterable, before: Rendered | None = None, then: Iterable[int] = ()) -> list:
    """Those of these people whom the words name: a number with somebody else's name is a slip, and tells nobody.

    A name that somebody had when the words `before` mentioned them (`then`) stays good where it still stands.
    """
    kept = {text for text in before.handles if int(text.rpartition(".")[2]) in then} if before else set()
    good = kept & drawn.handles
    numbers = {int(text.rpartition(".")[2]) for text in good}
    return [one for one in people if one.pk in numbers or handle(one.name, one.pk) in drawn.handles]
