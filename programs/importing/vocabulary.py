"""What names are known: types, areas, themes, countries, each by code. A name is matched with certainty or not at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from programs.importing import annex, places, synonyms
from programs.importing.folding import fold, key, without_number

_CODE_FIRST = re.compile(r"^([A-Z]{3}(?:-\d)?)(?:\s*[-–—:·|.)]\s*|\s+)(?=\S)")
_PARTS = re.compile(r"\s*(?:;|/|\||\n|\+)\s*")
_COUNTRY_SPLIT = re.compile(r"(\s*[;/|\n+,&]\s*|\s+[-–—]\s+|\s+(?:y|e|and|et|con|with)\s+)", re.IGNORECASE)
_ISO = re.compile(r"^[A-Za-z]{2,3}$")
_MOST_PARTS = 80
_MOST_REMEMBERED = 5_000
_LONGEST_NAME = 2_000


@dataclass(frozen=True)
class Vocabulary:
    """Names by code; synonyms that the portal always knows are added by `build`."""

    types: Mapping[str, str]  # folded name -> code
    areas: Mapping[str, str]
    themes: Mapping[str, str]
    theme_area: Mapping[str, str]  # theme code -> area code
    countries: Mapping[str, str]
    type_names: Mapping[str, str] = field(default_factory=dict)  # code -> name in the outcome of an import
    _found: dict = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls,
        *,
        types: Mapping[str, Iterable[str]],
        areas: Mapping[str, Iterable[str]],
        themes: Mapping[str, tuple[str, Iterable[str]]],
        countries: Mapping[str, Iterable[str]],
    ) -> "Vocabulary":
        """`types`, `areas`, `countries`: code -> its names, the English one first; `themes`: code -> (area, its names)."""
        types = {code: tuple(names) for code, names in types.items()}
        themes = {code: (area, tuple(names)) for code, (area, names) in themes.items()}
        return cls(
            types=_table(types, synonyms.TYPES, annex.TYPES),
            areas=_table(areas, synonyms.AREAS, annex.AREAS),
            themes=_table({c: names for c, (_area, names) in themes.items()}, synonyms.THEMES, annex.THEMES),
            theme_area={code: area for code, (area, _names) in themes.items()},
            countries=_table(countries, places.COUNTRIES, {}, make=fold),
            type_names={c: annex.TYPES.get(c) or (names[0].lower() if names else c) for c, names in types.items()},
        )

    def _known(self, of: str, text: str, find) -> object:
        """What was found for this text before; a file says the same few names again and again."""
        if len(text) > _LONGEST_NAME:
            return None
        if (of, text) not in self._found:
            if len(self._found) > _MOST_REMEMBERED:
                self._found.clear()
            self._found[of, text] = find()
        return self._found[of, text]

    def type(self, text: str) -> str | None:
        """The code of a type."""
        return self._known("type", text, lambda: _only(self.types, text))

    def area(self, text: str) -> str | None:
        """The code of an area."""
        return self._known("area", text, lambda: _only(self.areas, text))

    def theme(self, text: str) -> str | None:
        """The code of one theme."""
        return self._known("theme", text, lambda: _only(self.themes, text))

    def themes_in(self, text: str) -> list[str]:
        """The codes of every theme named, first named first; empty if any part is unknown."""
        if len(text) > _LONGEST_NAME:
            return []
        whole = self.theme(text)
        found = [whole] if whole else [self.theme(part) for part in _PARTS.split(text) if part]
        return list(dict.fromkeys(found)) if found and all(found) else []

    def area_and_theme(self, text: str) -> tuple[str, str] | None:
        """`Empleo / Servicios de empleo`, or the two parts of a cell that holds both."""
        for cut in re.finditer(r"\s*[;/|\n:>]\s*|\s+[-–—]\s+", text[:_LONGEST_NAME]):
            area, theme = text[: cut.start()].strip(), text[cut.end() :].strip()
            if area and theme and self.area(area):
                return area, theme
        return None

    def country(self, text: str) -> str | None:
        """The ISO code of one country."""
        text = text.strip(" .,;:*\t")
        code = self.countries.get(text.lower()) if _ISO.match(text) else None
        return code or self.countries.get(fold(text)) or self._country_with_form(text)

    def countries_in(self, text: str) -> list[str]:
        """The ISO codes of every country named, first named first; empty if any part is unknown."""
        return list(self._known("countries", text, lambda: self._countries(text)) or ())

    def _countries(self, text: str) -> list[str]:
        whole = self.country(text)
        if whole:
            return [whole]
        pieces = _COUNTRY_SPLIT.split(text)
        if len(pieces) > 2 * _MOST_PARTS:
            return []
        found = self._segment(pieces)
        return list(dict.fromkeys(found or ()))

    def _segment(self, pieces: list[str]) -> list[str] | None:
        """Names between separators, the longest name first: `Trinidad y Tobago y Jamaica` is two countries."""
        names: list[str] = []
        start = 0
        while start < len(pieces):
            if not pieces[start].strip(" ."):
                start += 2
                continue
            for end in range(min(len(pieces), start + 6), start, -1):
                code = (end - start) % 2 and self.country("".join(pieces[start:end]))
                if code:
                    names.append(code)
                    start = end + 1
                    break
            else:
                return None
        return names

    def _country_with_form(self, text: str) -> str | None:
        """`Honduras, C.A.`, `Bolivia (Estado Plurinacional de)`, `República de Chile`: only words of form around a name."""
        words = fold(text).split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                rest = words[:start] + words[start + length :]
                code = self.countries.get(" ".join(words[start : start + length]))
                if (
                    code
                    and len(" ".join(words[start : start + length])) > 3
                    and all(w in places.FORM_WORDS for w in rest)
                ):
                    return code
            if length > 8:
                return None
        return None


def _table(names: Mapping, more: Mapping, official: Mapping, make=key) -> dict[str, str]:
    """Folded name -> code; a name that would mean two codes means neither."""
    table: dict[str, str] = {}
    doubtful = set()
    for code, own in names.items():
        for name in (code, *own, *more.get(code, ()), *filter(None, [official.get(code)])):
            folded = make(name)
            if table.setdefault(folded, code) != code:
                doubtful.add(folded)
    return {folded: code for folded, code in table.items() if folded and folded not in doubtful}


def _only(table: Mapping[str, str], text: str) -> str | None:
    """A name, a code, a code followed by its own name, or the same thing said in two languages."""
    text = text.strip().strip(".:;*•- ")
    code = _meaning(table, text)
    if code:
        return code
    coded = _CODE_FIRST.match(text)
    if coded:
        first, second = table.get(key(coded[1])), _meaning(table, text[coded.end() :])
        return first if first and first == second else None
    parts = [p for p in re.split(r"\s*[/|\n]\s*|\s*\((?=[^)]*\)\s*$)|\)\s*$", text) if p]
    codes = {_meaning(table, part) for part in parts}
    return codes.pop() if len(parts) > 1 and len(codes) == 1 else None


def _meaning(table: Mapping[str, str], text: str) -> str | None:
    return table.get(key(text)) or table.get(key(without_number(text)))
