"""The filters of the Portfolio: those of every catalogue list, over programmes only."""

from catalogue.filters import EntryFilter
from portfolio.entries import KEY


class ProgramFilter(EntryFilter):
    """Serves the list, the downloads and the feed."""

    def __init__(self, data=None, queryset=None, *, labels, **kwargs):
        super().__init__(data, queryset, labels=labels, only_kind=KEY, **kwargs)
