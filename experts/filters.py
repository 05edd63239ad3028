"""The filters of the directory: those of every catalogue list, over experts only."""

from catalogue.filters import EntryFilter
from experts.entries import KEY


class ExpertFilter(EntryFilter):
    """Serves the list, the downloads and the feed."""

    def __init__(self, data=None, queryset=None, *, labels, **kwargs):
        super().__init__(data, queryset, labels=labels, only_kind=KEY, **kwargs)
