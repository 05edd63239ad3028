"""Countries, areas and themes: what the catalogues hold of each, drawn and in figures."""

from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import kinds, map, overviews
from catalogue.keeping import kept_page, key_of
from catalogue.overviews import Counts, Matrix, Timeline, by_name, by_subregion
from catalogue.views.rows import decorate
from core.languages import current
from network.models import Institution, Participation
from taxonomy.models import Theme

SHOWN = 5  # records that stand on the page with their summary
YEARS_KEPT = 60 * 60


@kept_page
@require_safe
def overview(request):
    """Theme by country, and how many records ran in each year."""
    known = {kind.key: kind for kind in kinds.every()}
    chosen = known.get(request.GET.get("kind", ""))
    key = chosen.key if chosen else ""
    whole = Counts.whole(request.labels)
    context = {
        "matrix": Matrix(request.labels, whole, key),
        "years": _years(request.labels.version, key),
        "kinds": known.values(),
        "chosen": chosen,
        "query": [("kind", key)] if key else [],
        "legend": map.legend(),
    }
    return render(request, "catalogue/overview.html", context)


def _years(version: int, kind: str) -> list[overviews.Year]:
    """Kept for longer than the page: it is the one figure here that is counted from every record."""
    place = key_of(version, "years", kind)
    found = cache.get(place)
    if found is None:
        found = overviews.years(kind)
        cache.set(place, found, YEARS_KEPT)
    return found


@kept_page
@require_safe
def countries(request):
    """The 35 countries on the map and in figures."""
    lines = Counts.whole(request.labels).lines("country", by_name(request.labels.country.values()))
    context = {
        "shapes": overviews.shapes(lines),
        "legend": map.legend(),
        "subregions": by_subregion(lines),
        **_kinds(),
    }
    return render(request, "catalogue/countries.html", context)


@kept_page
@require_safe
def country(request, iso2: str):
    """One country: how it takes part, its institutions, its records."""
    item = _known(request.labels.country, iso2)
    counts = Counts.under(request.labels, "country", iso2)
    context = _about(request, "country", item, counts, "countries", [item.number]) | {
        "participation": [_fact(fact) for fact in Participation.objects.filter(country=iso2).order_by("from_date")],
        "institutions": Institution.objects.open().filter(country=iso2).order_by("kind", "name"),
        "areas": _themes_by_area(request.labels, counts),
        "subregion": request.labels.name("subregion", item.parent),
    }
    return render(request, "catalogue/country.html", context)


@kept_page
@require_safe
def themes(request):
    """The six areas and their themes, explained."""
    explained = {theme.pk: theme.in_language("explanation") for theme in Theme.objects.all()}
    areas = _themes_by_area(request.labels, Counts.whole(request.labels), everything=True)
    context = {
        "areas": [(area, [(line, explained[line.item.code]) for line in own]) for area, own in areas],
        **_kinds(),
    }
    return render(request, "catalogue/themes.html", context)


@kept_page
@require_safe
def area(request, code: str):
    """One area: its themes, where its records come from."""
    item = _known(request.labels.area, code)
    own = [theme for theme in request.labels.theme.values() if theme.parent == code]
    counts = Counts.under(request.labels, "area", code)
    context = _about(request, "area", item, counts, "themes", [theme.number for theme in own])
    context |= _where(request.labels, counts) | {"themes": counts.lines("theme", own)}
    return render(request, "catalogue/area.html", context)


@kept_page
@require_safe
def theme(request, code: str):
    """One theme: what it is about, where its records come from."""
    item = _known(request.labels.theme, code)
    counts = Counts.under(request.labels, "theme", code)
    context = _about(request, "theme", item, counts, "themes", [item.number])
    context |= _where(request.labels, counts) | {
        "area": request.labels.area[item.parent],
        "explanation": Theme.objects.get(pk=code).in_language("explanation"),
    }
    return render(request, "catalogue/theme.html", context)


def _kinds() -> dict:
    """The heads of the columns."""
    return {"kinds": kinds.of_work()}


def _known(named: dict, code: str):
    if code not in named:
        raise Http404
    return named[code]


def _fact(fact: Participation) -> dict:
    """A dated fact in the reader's language, with where it comes from."""
    url = fact.source if fact.source.startswith(("https://", "http://")) else ""
    return {"note": getattr(fact, f"note_{current()}"), "source": fact.source, "url": url}


def _about(request, param: str, item, counts: Counts, column: str, numbers: list[int]) -> dict:
    """What the overviews of a country, an area and a theme have in common."""
    rows, near = overviews.newest(column, numbers)
    decorate([*rows, *(row for beside in near.values() for row in beside)], request.labels)
    figures, total, aside = counts.figures(param, item.code)
    return {
        "item": item,
        "param": param,
        **_kinds(),
        "figures": list(zip(kinds.of_work(), figures, strict=True)),
        "total": total,
        "beside": [(kind, figure, near[kind.key]) for kind, figure in zip(kinds.beside(), aside, strict=True)],
        "newest": rows[:SHOWN],
        "timeline": Timeline(rows),
        "bars": [(kind, (height := overviews.height_of(kind)), (10 - height) // 2) for kind in kinds.of_work()],
        "shown": len(rows),
    }


def _where(labels, counts: Counts) -> dict:
    """The map, and the countries that have something, most first."""
    lines = counts.lines("country", by_name(labels.country.values()))
    return {
        "shapes": overviews.shapes(lines, to_lists=True),
        "legend": map.legend(),
        "countries": sorted((line for line in lines if line.total.number), key=lambda line: -line.total.number),
    }


def _themes_by_area(labels, counts: Counts, *, everything: bool = False) -> list[tuple]:
    """(line of the area, lines of its themes); those without a record only if everything is wanted."""
    areas = counts.lines("area", labels.area.values())
    lines = counts.lines("theme", labels.theme.values())
    grouped = [(area, [line for line in lines if line.item.parent == area.item.code]) for area in areas]
    if everything:
        return grouped
    return [(area, [line for line in own if line.total.number]) for area, own in grouped if area.total.number]
