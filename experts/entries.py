"""What of an expert the catalogue shows and searches: the published profile, as far as the expert says yes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from experts.choices import Shown
from experts.models import Expert
from experts.parts import lines

KEY = "experts"


class ExpertEntries(EntryKind):
    """Experts of the network."""

    key, prefix, number = KEY, "E", 3
    label = _("Experts")
    one = _("Expert")
    catalogue = _("The experts' network")
    about = _("People who have done it, and say how.")
    url_name = "experts:profile"
    list_name = "experts:list"
    own_facets = ("profession", "modality", "availability", "speaks", "residence")
    titles = {
        "country": pgettext_lazy("filter", "Countries of experience"),
        "subregion": pgettext_lazy("filter", "Sub-region of experience"),
    }
    left_out = ("year_from", "status", "language")
    orders = {"recent": _("Last confirmed"), "title": pgettext_lazy("sort order", "Name")}
    of_work, of_persons, lends_words = False, True, False
    naming = _("Experts who name it")
    retired = _("This person left the directory on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = Expert.objects.public().filter(pk__in=list(ids))
        return [entry_of(expert) for expert in found.select_related("published__institution").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def ids(self) -> Iterator[int]:
        return Expert.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(expert: Expert) -> EntryData:
    """The entry of a public expert, who comes with `published` and its institution. Nothing that is not shown enters it."""
    text = expert.published
    shown = {name for name in Shown.values if expert.shows(name)}
    linked = text.institution if Shown.POSITION in shown else None
    institution = (linked.name if linked else text.institution_text) if Shown.POSITION in shown else ""
    biography = text.biography if Shown.BIOGRAPHY in shown else ""
    return EntryData(
        object_id=expert.pk,
        slug=expert.slug,
        title=text.name,
        summary=text.position if Shown.POSITION in shown and text.position else summary(biography),
        language=text.language,
        institution_id=linked.pk if linked else None,
        institution_name=institution,
        institution_names=(institution, *filter(None, (linked.name_en, linked.short_name) if linked else ())),
        is_demo=expert.is_demo,
        countries=tuple(text.countries),
        themes=text.themes,
        residence=(text.residence_id or "") if Shown.RESIDENCE in shown else "",
        profession=text.profession,
        modality=tuple(text.modalities),
        availability=expert.availability,
        speaks=tuple(text.languages),
        about=tuple(_named(text, shown)),
        published_at=expert.first_published_at or expert.published_at,
        updated_at=_fresh(expert),
        confirmed_on=expert.confirmed_on,
        main_texts=(text.position if Shown.POSITION in shown else "", biography),
        texts=tuple(_part_texts(text, shown)),
    )


def _fresh(expert: Expert) -> datetime:
    """When the profile was last published or confirmed."""
    if expert.confirmed_on is None:
        return expert.published_at
    confirmed = datetime.combine(expert.confirmed_on, time())
    return max(expert.published_at, timezone.make_aware(confirmed, timezone.get_default_timezone()))


def _named(text, shown: set[str]) -> Iterator[str]:
    """Programmes known and items of the library written, as far as they are shown: the expert stands on their pages."""
    if Shown.PROGRAMMES in shown:
        yield from text.programmes
    if Shown.PUBLICATIONS in shown:
        yield from (line.item for line in lines(text, "publications") if line.item)


def _part_texts(text, shown: set[str]) -> Iterator[str]:
    if Shown.PUBLICATIONS in shown:
        yield from (line.title for line in lines(text, "publications"))
    if Shown.ACTIVITIES in shown:
        yield from (f"{line.title} {line.role}" for line in lines(text, "activities"))
