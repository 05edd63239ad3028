"""The filters of the Table: those of every catalogue list, over its records only."""

from catalogue.filters import EntryFilter
from programs.entries import KEY


class ProjectFilter(EntryFilter):
    """Serves the list, the table view, the downloads and the feed."""

    def __init__(self, data=None, queryset=None, *, labels, **kwargs):
        super().__init__(data, queryset, labels=labels, only_kind=KEY, **kwargs)
