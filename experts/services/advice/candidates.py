"""Reads whom a request may be put to: few narrow queries over the catalogue, never the whole directory."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from catalogue import labels
from catalogue.facets import FACETS, codes
from catalogue.filters import Carries
from catalogue.models import Entry
from experts import matching
from experts.choices import OfferState, RequestState
from experts.entries import KEY
from experts.models import AdviceRequest, Expert, Offer
from experts.parts import lines
from network.models import Membership
from review.clock import day_of

PROPOSED = 5
# How many entries each question to the catalogue answers at most, the newest first: what the request asks for together, then
# with less of it. Whoever answers none of them would not be among the first five either.
READ = (
    (("theme", "country", "speaks"), 80),
    (("theme", "speaks"), 60),
    (("theme", "country"), 40),
    (("theme", "subregion"), 40),
    (("theme",), 40),
    (("area", "country"), 20),
    (("area", "speaks"), 20),
    (("area",), 20),
)


def need_of(request, now: datetime | None = None) -> matching.Need:
    """What a request asks for."""
    known = labels.read()
    theme, country = known.theme[request.theme_id], known.country.get(request.country_id or "")
    return matching.Need(
        theme=theme.code,
        area=frozenset(code for code, one in known.theme.items() if one.parent == theme.parent),
        country=country.code if country else "",
        subregion=frozenset(code for code, one in known.country.items() if country and one.parent == country.parent),
        language=request.language,
        modality=request.modality,
        requester=request.requester_id,
        asked=frozenset(pk for pk in request.offers.had_their_turn().values_list("expert_id", flat=True) if pk),
        colleagues=_colleagues(request),
        on=day_of(now or timezone.now()),
    )


def _colleagues(request) -> frozenset[int]:
    """Accounts of the institution that asks, from whom a confidential question is kept also where they are experts."""
    if not request.confidential:
        return frozenset()
    return frozenset(
        Membership.objects.current().filter(institution=request.institution_id).values_list("user", flat=True)
    )


def propose(request, most: int = PROPOSED, now: datetime | None = None) -> tuple[matching.Need, list[matching.Match]]:
    """The best suited experts of the directory with their points; `reasons` says them in words."""
    need = need_of(request, now)
    return need, matching.rank(need, read(_near(request)), most)


def _near(request) -> set[int]:
    """Ids of the experts that the catalogue finds near to the request."""
    known = labels.read()
    theme, country = known.theme[request.theme_id], known.country.get(request.country_id or "")
    asked = {
        "theme": theme.code, "area": theme.parent, "speaks": request.language, "country": country and country.code,
        "subregion": country and country.parent,
    }  # fmt: skip
    found: set[int] = set()
    for params, most in READ:
        if not all(asked[param] for param in params):
            continue
        rows = Entry.objects.filter(kind=KEY)
        for param in params:
            facet = FACETS[param]
            rows = rows.filter(Carries(facet.column, 1 << codes(facet, known)[asked[param]]))
        found.update(rows.order_by("-updated_at", "-id").values_list("object_id", flat=True)[:most])
    return found


def read(ids: Iterable[int]) -> list[matching.Candidate]:
    """These experts as the matching sees them; two queries beside their texts."""
    experts = Expert.objects.public().filter(pk__in=list(ids), user__is_active=True).select_related("published")
    load = load_of([expert.pk for expert in experts])
    return [_candidate(expert, load[expert.pk]) for expert in experts]


def _candidate(expert, open_requests: int) -> matching.Candidate:
    text = expert.published
    return matching.Candidate(
        expert=expert.pk,
        user=expert.user_id,
        themes={line.theme: line.level for line in lines(text, "theme_lines")},
        countries=frozenset(text.countries),
        languages=frozenset(text.languages),
        modalities=frozenset(text.modalities),
        availability=expert.availability,
        confirmed_on=expert.confirmed_on,
        open_requests=open_requests,
        is_listed=expert.is_public and expert.user_id is not None,
    )


def load_of(expert_ids: list[int]) -> Counter:
    """{expert: questions that wait for a word or an answer of theirs}."""
    asked = Offer.objects.filter(expert__in=expert_ids, state=OfferState.ASKED).values_list("expert_id", flat=True)
    taken = AdviceRequest.objects.filter(expert__in=expert_ids, state=RequestState.ACCEPTED)
    return Counter([*asked, *taken.values_list("expert_id", flat=True)])


def names() -> matching.Names:
    """Names in the active language, for the reasons."""
    known = labels.read()
    return matching.Names(known.names("theme"), known.names("country"), known.names("speaks"), known.names("modality"))
