"""Which of the counts that a list needs are kept with the version, and what they say."""

from catalogue.facets import FACETS
from catalogue.filters import EntryFilter

_WHOLE = "SELECT '' AS under, facet, value, count FROM catalogue_facetcount WHERE {where}"
_UNDER = "SELECT under, facet, value, count FROM catalogue_facetpair WHERE {where}"


class Kept:
    """Counts without a filter, and under one value of one facet. Others are counted from the rows."""

    def __init__(self, filterset: EntryFilter):
        self.chosen = filterset.chosen
        self.single = {
            name: f"{name}={values[0]}"
            for name, values in self.chosen.items()
            if name in FACETS and len(values) == 1 and values[0] != "no"
        }
        self.params: list = []
        self.sql = self._compose(filterset.only_kind)
        self.found: dict[str, dict[str, dict[str, int]]] = {}

    @property
    def has_total(self) -> bool:
        """Nothing is chosen, or one value of one facet: everything is kept."""
        return len(self.chosen) == len(self.single) <= 1

    def has_other(self, name: str) -> bool:
        """Whether the list without this filter is one whose counts are kept."""
        return all(other in self.single for other in self.chosen if other != name) and len(self.chosen) <= 2

    def _compose(self, kind: str) -> str:
        """One JSON list of [under, facet, value, rows]."""
        parts = [_WHOLE.format(where=self._of(kind))]
        if self.single and len(self.chosen) <= 2:
            parts.append(_UNDER.format(where=f"{self._of(kind)} AND under = ANY(%s)"))
            self.params.append(list(self.single.values()))
        return f"SELECT json_agg(json_build_array(k.under, k.facet, k.value, k.count)) FROM ({' UNION ALL '.join(parts)}) k"

    def _of(self, kind: str) -> str:
        if not kind:
            return "true"
        self.params.append(kind)
        return "kind = %s"

    def take(self, rows) -> None:
        """What the statement answered, kinds added up."""
        for under, facet, value, count in rows:
            values = self.found.setdefault(under, {}).setdefault(facet, {})
            values[value] = values.get(value, 0) + count

    @property
    def whole(self) -> int:
        """The unfiltered list."""
        return self.found.get("", {}).get("total", {}).get("", 0)

    @property
    def total(self) -> int:
        """Rows of a list that is kept whole."""
        return self._rows(next(iter(self.single.values()), ""))

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Every facet of a list that is kept whole."""
        return self.found.get(next(iter(self.single.values()), ""), {})

    def other(self, name: str) -> tuple[dict[str, int], int]:
        """Counts of a facet without its own filter, and how many rows there are then."""
        under = next((value for other, value in self.single.items() if other != name), "")
        return self.found.get(under, {}).get(name, {}), self._rows(under)

    def _rows(self, under: str) -> int:
        if not under:
            return self.whole
        facet, _, value = under.partition("=")
        return self.found.get(under, {}).get(facet, {}).get(value, 0)
