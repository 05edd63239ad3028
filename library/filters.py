"""The filters of the library: those of every catalogue list, over its items only."""

from catalogue.filters import EntryFilter
from library.entries import KEY


class ItemFilter(EntryFilter):
    """Serves the list, the downloads and the feed."""

    def __init__(self, data=None, queryset=None, *, labels, **kwargs):
        super().__init__(data, queryset, labels=labels, only_kind=KEY, **kwargs)
