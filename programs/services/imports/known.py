"""What an import recognises: names of the reference data and of the lists, in four languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation

from core.languages import RECORD_LANGUAGES
from network.models import Country, Institution
from programs.choices import Region
from programs.importing import Vocabulary
from programs.importing.folding import fold
from taxonomy.choices import FundingSource, Population
from taxonomy.models import Area, ProjectType, Theme

SPOKEN = ("en", "es", "pt-br", "fr")
ALSO = {
    "AME": "las americas|america|americas|todas las americas|as americas|les ameriques|hemisferio|continente americano|regional",
    "NAM": "america del norte|norteamerica|north america|america do norte|amerique du nord",
    "CAM": "america central|centroamerica|centro america|central america|amerique centrale|istmo centroamericano",
    "CAR": "caribe|el caribe|the caribbean|caribbean|caraibes|les caraibes",
    "SAM": "america del sur|sudamerica|suramerica|south america|america do sul|amerique du sud",
    "PUB": "presupuesto publico|public budget|presupuesto nacional|orcamento publico|budget public|fondos publicos",
    "DON": "donacion|donacion agencia de cooperacion|donation|donacion de una agencia de cooperacion|doacao|don",
    "EXT": "extrapresupuestario|extra presupuestario|extra budgetary|extrabudgetary|extraorcamentario|extrabudgetaire",
    "MUL": "multilateral|organismo multilateral|multilateral organisation|multilateral organization",
}


@dataclass(frozen=True)
class Known:
    """All names at once, fetched for one file."""

    words: Vocabulary
    regions: dict[str, str]
    funding: dict[str, str]
    languages: dict[str, str]  # country -> its first language
    codes: dict[str, frozenset]  # column -> what may stand in it


def known() -> Known:
    """A few statements, before the first row."""
    types, themes = list(ProjectType.objects.all()), list(Theme.objects.all())
    countries = list(Country.objects.all())
    return Known(
        Vocabulary.build(
            types={one.code: _names(one) for one in types},
            areas={one.code: _names(one) for one in Area.objects.all()},
            themes={one.code: (one.area_id, _names(one)) for one in themes},
            countries={one.iso2: _names(one) for one in countries},
        ),
        _spoken(Region.choices),
        _spoken(FundingSource.choices),
        {one.iso2: next((code for code in one.languages if code in dict(RECORD_LANGUAGES)), "es") for one in countries},
        {
            "type_id": frozenset(one.code for one in types),
            "theme_id": frozenset(one.code for one in themes),
            "further_themes": frozenset(one.code for one in themes),
            "countries": frozenset(one.iso2 for one in countries),
            "funding_sources": frozenset(FundingSource.values),
            "populations": frozenset(Population.values),
            "institution_id": frozenset([None, *Institution.objects.values_list("pk", flat=True)]),
        },
    )


def _names(one) -> tuple[str, ...]:
    return (one.label_en, one.label_es, one.label_pt, one.label_fr)


def _spoken(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name -> code, in every language, with other spellings."""
    found = {}
    for code, label in choices:
        names = [code, *ALSO.get(code, "").split("|")]
        for language in SPOKEN:
            with translation.override(language):
                names.append(str(label))
        found |= {fold(name): code for name in names if name}
    return found
