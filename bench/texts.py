"""Texts in the four languages, put together from a vocabulary of our own: the same seed gives the same texts."""

import json
from pathlib import Path
from random import Random

VOCABULARY = Path(__file__).resolve().parent / "vocabulary"
LANGUAGES = ("es", "pt", "fr", "en")
SENTENCES = 12_000  # different ones in a language
RARE_WORD = "calderería"
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]


class Writer:
    """Writes titles and texts."""

    def __init__(self, random: Random):
        self.random = random
        self.words = {
            language: json.loads((VOCABULARY / f"{language}.json").read_text(encoding="utf-8"))
            for language in LANGUAGES
        }
        self.names = [self._name() for _ in range(4000)]
        self.pools = {language: [self._sentence(language) for _ in range(SENTENCES)] for language in LANGUAGES}

    def _name(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(3, 5))).capitalize()

    def name(self) -> str:
        """An invented proper name; a few are frequent, most are rare, as in life."""
        return self.names[int(len(self.names) * self.random.random() ** 4)]

    def title(self, language: str) -> str:
        """A programme's name."""
        words, choose = self.words[language], self.random.choice
        return f"{choose(words['heads'])} {choose(words['matters'])}: {choose(words['publics'])} ({self.name()})"

    def sentence(self, language: str) -> str:
        """About 95 characters."""
        return self.random.choice(self.pools[language])

    def _sentence(self, language: str) -> str:
        words, choose, chance = self.words[language], self.random.choice, self.random.random()
        if chance < 0.08:
            return choose(words["numbers"]).format(n=self.random.randint(12, 90000))
        joint, subject = choose(words["joints"]), choose(words["subjects"])
        subject = f"{joint} {subject[0].lower()}{subject[1:]}" if joint else subject
        place = f" ({self.name()})" if chance > 0.85 else ""
        return f"{subject} {choose(words['verbs'])} {choose(words['objects'])} {choose(words['complements'])}{place}."

    def text(self, language: str, sentences: int) -> str:
        """Paragraphs of four sentences."""
        written = self.random.choices(self.pools[language], k=sentences)
        return "\n\n".join(" ".join(written[at : at + 4]) for at in range(0, sentences, 4))
