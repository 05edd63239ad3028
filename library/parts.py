"""Who wrote an item, as a dataclass that checks each line of the JSON list on an ItemRevision."""

from dataclasses import dataclass

from core.lines import Line


@dataclass(frozen=True)
class Author(Line):
    """A person by family and given name, or a body that writes in its own name."""

    family: str = ""
    given: str = ""
    corporate: str = ""

    @property
    def is_person(self) -> bool:
        return not self.corporate

    @property
    def inverted(self) -> str:
        """As lists of references write it: the family name first."""
        return self.corporate or ", ".join(part for part in (self.family, self.given) if part)

    @property
    def spoken(self) -> str:
        """As it is said: the given name first."""
        return self.corporate or " ".join(part for part in (self.given, self.family) if part)


PARTS = {"authors": Author}


def authors(revision) -> list[Author]:
    """The authors of a revision, as dataclasses."""
    return [Author.from_row(row) for row in revision.authors]
