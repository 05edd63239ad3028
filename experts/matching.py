"""Who suits a question, and why: pure functions over what was read beforehand, the same answer whenever they are asked.

A candidate gets points for each thing that is plainly so. No published scale of such weights exists; ours follow the order in
which the request for advice names its reasons (theme, country experience, language, availability, present load), and each is
bound by a rule that a test states:

what                        points  range   why this much
theme: led / experienced /  50/40/  25-50   the subject comes first: whoever led work on it stands before whoever merely
  has worked on it          25              worked on it, even if the latter knows country and sub-region better
theme of the same area,     15      0-15    somebody from next door, where nobody knows the very theme: always behind whoever
  where not the theme itself                knows the theme and speaks the language as well
further themes of the area  2 each  0-6     breadth breaks ties, and no more
worked in the country       20      0-20    labour law is national: second after the theme
worked in its sub-region    8       0-8     neighbours share institutions; less than half of the country itself
speaks the language         20      0-20    as much as the country: an answer that nobody reads helps nobody
the kind of help asked for  6       0-6     only where a kind was asked for
available / short advice    8/4     4-8     what the person said; those who are busy are not here at all
open questions now          -8 each -24-0   three open questions outweigh the language: work is shared out among those who know
confirmed within 180 days   3       0-3     fresher profiles first among equals; silent ones are not here at all
earlier answers             0       0       ratings are read by people, never by this function: one rating says little

Nobody is proposed who does not name the theme or one of its area, who is paused, silent, gone or busy, who has
MOST_OPEN questions already, who was asked before, or who asks; of a confidential question no colleague of whoever asks. Ties go to whoever has fewer open questions, then whoever
confirmed last, then the older record: never to chance, never to the alphabet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.choices import Level, Stated

THEME = {Level.LEADING: 50, Level.EXPERIENCED: 40, Level.KNOWS: 25}
SAME_AREA = 15
FURTHER_THEME, MOST_FURTHER = 2, 3
COUNTRY, SUBREGION = 20, 8
LANGUAGE = 20
MODALITY = 6
AVAILABILITY = {Stated.AVAILABLE: 8, Stated.LIMITED: 4}
EACH_OPEN, MOST_OPEN = -8, 4
FRESH, FRESH_DAYS = 3, 180


@dataclass(frozen=True)
class Need:
    """What is asked for. `area` are the themes of the theme's area, `subregion` the countries of the country's sub-region."""

    theme: str
    language: str
    on: date
    area: frozenset[str] = frozenset()
    country: str = ""
    subregion: frozenset[str] = frozenset()
    modality: str = ""
    requester: int | None = None  # id of the account of whoever asks
    asked: frozenset[int] = frozenset()  # ids of the experts who were asked before
    colleagues: frozenset[int] = (
        frozenset()
    )  # ids of the accounts that must not read it: a confidential question is kept from them


@dataclass(frozen=True)
class Candidate:
    """What of an expert matters here."""

    expert: int
    themes: Mapping[str, str]  # {code: level}
    user: int | None = None
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    availability: str = Stated.AVAILABLE
    confirmed_on: date | None = None
    open_requests: int = 0
    is_listed: bool = True  # neither paused nor silent nor gone


@dataclass(frozen=True)
class Match:
    """A candidate with the points of each thing that spoke for or against them."""

    candidate: Candidate
    points: Mapping[str, int]
    said: Mapping[str, str] = field(default_factory=dict)  # what the reasons name: level, country

    @property
    def score(self) -> int:
        return sum(self.points.values())


def rank(need: Need, candidates: Iterable[Candidate], most: int | None = None) -> list[Match]:
    """The candidates who may be proposed, best suited first."""
    matches = [weigh(need, one) for one in candidates if may_propose(need, one)]
    matches.sort(key=_order)
    return matches[:most]


def _order(match: Match):
    one = match.candidate
    confirmed = one.confirmed_on.toordinal() if one.confirmed_on else 0
    return (-match.score, one.open_requests, -confirmed, one.expert)


def may_propose(need: Need, one: Candidate) -> bool:
    """Whether this person may be proposed at all."""
    knows = need.theme in one.themes or bool(need.area & one.themes.keys())
    free = one.is_listed and one.availability in AVAILABILITY and one.open_requests < MOST_OPEN
    known = one.expert in need.asked or (need.requester is not None and one.user == need.requester)
    return knows and free and not known and one.user not in need.colleagues


def weigh(need: Need, one: Candidate) -> Match:
    """Points of a candidate, thing by thing; what says nothing is not named."""
    beside = len(need.area & one.themes.keys() - {need.theme})
    points = {
        "theme": THEME.get(one.themes.get(need.theme, ""), 0),
        "area": SAME_AREA if need.theme not in one.themes and beside else 0,
        "further": FURTHER_THEME * min(beside, MOST_FURTHER),
        "country": COUNTRY if need.country and need.country in one.countries else 0,
        "subregion": SUBREGION if need.country not in one.countries and need.subregion & one.countries else 0,
        "language": LANGUAGE if need.language in one.languages else 0,
        "modality": MODALITY if need.modality and need.modality in one.modalities else 0,
        "availability": AVAILABILITY.get(one.availability, 0),
        "load": EACH_OPEN * min(one.open_requests, MOST_OPEN - 1),
        "fresh": FRESH if one.confirmed_on and (need.on - one.confirmed_on).days <= FRESH_DAYS else 0,
    }
    return Match(one, {name: number for name, number in points.items() if number}, _said(need, one))


def _said(need: Need, one: Candidate) -> dict[str, str]:
    """Codes that the sentences name: the level, a theme next door, a country of the sub-region."""
    beside = sorted(need.area & one.themes.keys() - {need.theme})
    near = sorted(need.subregion & one.countries)
    return {"level": one.themes.get(need.theme, ""), "beside": (beside or [""])[0], "near": (near or [""])[0]}


# --- in words ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Names:
    """Names in the reader's language: {code: name} of themes, countries, languages and kinds of help."""

    themes: Mapping[str, str]
    countries: Mapping[str, str]
    languages: Mapping[str, str]
    modalities: Mapping[str, str]


def reasons(need: Need, match: Match, names: Names) -> list[str]:
    """Why this person is proposed, in sentences, what counts most first; what speaks against is said as well."""
    told = [_theme(need, match, names), _country(need, match, names), _language(need, match, names)]
    if "modality" in match.points:
        told.append(_("Offers what you ask for: %(modality)s") % {"modality": names.modalities[need.modality]})
    return [words for words in [*told, _availability(match), _load(match)] if words]


def _theme(need: Need, match: Match, names: Names) -> str:
    sentences = {
        Level.LEADING: _("Has led work on: %(theme)s"),
        Level.EXPERIENCED: _("Is experienced in: %(theme)s"),
        Level.KNOWS: _("Has worked on: %(theme)s"),
    }
    if match.said["level"] in sentences:
        return sentences[match.said["level"]] % {"theme": names.themes[need.theme]}
    return _("Knows a theme of the same area: %(theme)s") % {"theme": names.themes[match.said["beside"]]}


def _country(need: Need, match: Match, names: Names) -> str:
    if "country" in match.points:
        return _("Knows %(country)s") % {"country": names.countries[need.country]}
    if "subregion" in match.points:
        near = names.countries[match.said["near"]]
        return _("Knows %(country)s, in the same sub-region") % {"country": near}
    return ""


def _language(need: Need, match: Match, names: Names) -> str:
    language = names.languages[need.language]
    if "language" in match.points:
        return _("Works in %(language)s") % {"language": language}
    return _("Does not say that they work in %(language)s") % {"language": language}


def _availability(match: Match) -> str:
    return _("Available for short advice") if match.candidate.availability == Stated.LIMITED else ""


def _load(match: Match) -> str:
    number = match.candidate.open_requests
    if not number:
        return _("Has no open question now")
    return ngettext("Has %(number)d open question now", "Has %(number)d open questions now", number) % {
        "number": number
    }
