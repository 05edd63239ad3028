"""The admin filters by what its lists offer and by nothing else that an address may hold."""


class OfferedLookups:
    """Stock Django takes any column of the model from the query; here a lookup must belong to a filter of the list."""

    def lookup_allowed(self, lookup, value, request=None) -> bool:
        offered = [item[0] if isinstance(item, tuple | list) else item for item in self.get_list_filter(request)]
        names = [one if isinstance(one, str) else getattr(one, "parameter_name", None) for one in offered]
        if self.date_hierarchy:
            names.append(self.date_hierarchy)
        return any(lookup == name or lookup.startswith(f"{name}__") for name in names if name)


def only_offered(admin_class: type) -> type:
    """The same admin class, with its lookups limited."""
    return type(admin_class.__name__, (OfferedLookups, admin_class), {"__module__": admin_class.__module__})
