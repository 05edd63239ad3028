"""What a row says of a person: read from the masks of the entry, so that no list asks for more than its entries."""

from dataclasses import dataclass
from datetime import date

from catalogue.facets import FACETS, bits_of, codes
from catalogue.labels import Labels, Named
from core.dates import is_past

AMBER_AFTER = 12  # months: in the month before, the person is asked anew, and lists and page say the same

SAID = ("residence", "profession", "modality", "availability", "speaks")


@dataclass(frozen=True)
class Person:
    """What somebody shows of themselves, as codes of the lists."""

    residence: Named | None
    profession: str
    modalities: tuple[str, ...]
    availability: str
    speaks: tuple[str, ...]
    is_old: bool  # confirmed a year ago or more, or never


def person_of(row, labels: Labels, today: date) -> Person:
    """Of a row or an Entry that stands for a person."""
    said = {param: _carried(param, getattr(row, FACETS[param].column), labels) for param in SAID}
    return Person(
        residence=labels.country.get(next(iter(said["residence"]), "")),
        profession=next(iter(said["profession"]), ""),
        modalities=said["modality"],
        availability=next(iter(said["availability"]), ""),
        speaks=said["speaks"],
        is_old=row.confirmed_on is None or is_past(row.confirmed_on, AMBER_AFTER, today),
    )


def _carried(param: str, mask: int, labels: Labels) -> tuple[str, ...]:
    """Codes of a facet whose bits are set, in the order of the list."""
    known = labels.kept(f"bits of {param}", lambda: {bit: code for code, bit in codes(FACETS[param], labels).items()})
    its_own = mask & labels.kept(f"mask of {param}", lambda: sum(1 << bit for bit in known))
    return labels.kept((param, its_own), lambda: tuple(known[bit] for bit in bits_of(its_own)))
