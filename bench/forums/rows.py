"""Rows of topics, each number always the same, and the posts that are said again and again in them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from django.utils.text import slugify

from bench.programs import SEED
from bench.texts import RARE_WORD, Writer
from forums.rendering import render
from taxonomy.models import Theme

LONG = 3000  # posts more in the first topic
BEGINNING = datetime(2016, 1, 1, tzinfo=UTC)  # a topic every five minutes since
SAMPLES = 250  # posts a language
TITLE_WORD = "hojalatería"  # in one title of 250
LANGUAGES = {"es": 45, "en": 25, "pt": 20, "fr": 10}
# of twenty topics that follow one another: in which forum, and how many posts, ten on an average
PLACES = (0,) * 14 + (1, 1, 2, 3, 4, 5)
POSTS = (1, 8, 2, 12, 5, 1, 40, 10, 9, 2, 23, 4, 14, 6, 3, 28, 4, 3, 7, 18)


def begun(number: int) -> datetime:
    """When a topic began."""
    return BEGINNING + timedelta(minutes=5 * number)


class Topics:
    """Yields the rows of topics."""

    def __init__(self, forums: list[int], authors: list[int]):
        self.forums, self.authors = forums, authors
        self.themes = list(Theme.objects.order_by("number").values_list("code", flat=True))
        self.random = Random(SEED)
        self.writer = Writer(self.random)

    def rows(self, first: int, last: int) -> Iterator[dict]:
        for number in range(first, last + 1):
            self.random.seed(SEED + number)
            yield self._topic(number)

    def _topic(self, number: int) -> dict:
        random = self.random
        language = random.choices(list(LANGUAGES), LANGUAGES.values())[0]
        title = f"{self.writer.title(language)[:150]}{f' ({TITLE_WORD})' if number % 250 == 7 else ''}"
        posts = POSTS[number * 7 % 20] + (LONG if number == 1 else 0)
        pace = 5 if number == 1 else random.randint(5, 600)
        latest = begun(number) + timedelta(minutes=posts * pace, seconds=random.random() * 60)
        return {
            "id": number, "forum_id": self.forums[PLACES[number % 20]], "slug": f"{slugify(title)[:60].strip('-')}-{number}",
            "title": title, "language": language, "author_id": random.choice(self.authors), "state": "published",
            "pinned": number in (2, 3), "locked_at": latest if number % 50 == 0 else None,
            "themes": [random.choice(self.themes)] if random.random() < 0.6 else [],
            "post_count": posts, "last_place": posts, "last_post_at": latest,
            "created_at": begun(number), "published_at": begun(number), "version": 1,
        }  # fmt: skip


class Samples:
    """Posts drawn by the portal's own renderer: some with a list, a quotation, a person's name, the card of a record."""

    def __init__(self, people: list[tuple[int, str]], records: list[str]):
        self.people, self.records = people, records
        self.random = Random(SEED)
        self.writer = Writer(self.random)

    def rows(self) -> Iterator[tuple]:
        """(language, number, text, html, cards, mentions)"""
        for language in LANGUAGES:
            for number in range(SAMPLES):
                text = self._text(language, number)
                drawn = render(text)
                yield language, number, text, drawn.html, drawn.cards, drawn.mentions

    def _text(self, language: str, number: int) -> str:
        writer, random = self.writer, self.random
        parts = [writer.text(language, random.choice((1, 1, 2, 3, 4, 6)))]
        if number % 10 == 1:
            parts += [f"- **{writer.sentence(language)}**\n- {writer.sentence(language)}"]
        if number % 10 == 3:
            parts = [f"> {writer.sentence(language)}", *parts]
        if number % 20 == 5:
            person, name = random.choice(self.people)
            parts[0] = f"@{slugify(name)}.{person} {parts[0]}"
        if number % 20 == 7 and self.records:
            parts += [random.choice(self.records)]
        if number == 9:
            parts += [f"{RARE_WORD.capitalize()}."]
        return "\n\n".join(parts)
