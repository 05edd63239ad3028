"""Texts made comparable: no case, no accents, no punctuation, one spelling."""

import re
import unicodedata

from core.forms.fields import plain


def words_of(text: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(text.split())


_MARKS = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_LIST_NUMBER = re.compile(
    r"^\s*[(\[]?\s*(?:\d{1,2}(?:\s*\.\s*\d{1,2})*|[ivx]{1,4}|[a-f])\s*(?:[.):\]°º-][\s.)-]*|\s+(?=\D))(?=\S)",
    re.IGNORECASE,
)
_DIGITS_ONLY = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\s+(?=[^\W\d])")
_SMALL_WORDS = words_of(
    "a al d da das de del des do dos du e el en et for in l la las le les los no of on o para por the y"
)
# One spelling for words that differ between the shores of the Atlantic, on both sides of each comparison.
_SPELLINGS = (
    (re.compile(r"\blabour"), "labor"),
    (re.compile(r"\bprogramme"), "program"),
    (re.compile(r"organis(?=ation|e|ing)"), "organiz"),
    (re.compile(r"\bdialogue"), "dialog"),
    (re.compile(r"\bco (?=operation|operacion)"), "co"),
)


def fold(text: str) -> str:
    """Lower case without accents; everything else than letters and digits is one space."""
    text = text.replace("&", " and ").casefold()
    if text.isascii():
        return _NOT_WORD.sub(" ", text).strip()
    bare = unicodedata.normalize("NFKD", text.translate(_MARKS))
    return _NOT_WORD.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def key(text: str) -> str:
    """Folded, without small words, plurals and differences of spelling: for names of a closed list."""
    folded = fold(text)
    for pattern, spelling in _SPELLINGS:
        folded = pattern.sub(spelling, folded)
    words = [w for w in folded.split() if w not in _SMALL_WORDS and w != "and"]
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words) or folded


def without_number(text: str) -> str:
    """Without the number of a list in front: `3.`, `1.2`, `II.`, `b)`."""
    if _DIGITS_ONLY.match(text):
        return _DIGITS_ONLY.sub("", text)
    match = _LIST_NUMBER.match(text)
    if match and any(c in ".):]-°º" for c in match.group(0)):
        return text[match.end() :]
    return text


def tidy(text: str) -> str:
    """As the forms keep it, trimmed, inner runs of spaces made one; new lines are kept, two in a row at most."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # then a space is all that might be wrong with it
    text = _SPACES.sub(" ", plain(text.replace("\0", "")))
    return _LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def one_line(text: str) -> str:
    """Tidy, on one line: titles and names."""
    return " ".join(text.split())
