"""What machines read in a page: a record as schema.org's GovernmentService, a catalogue as its Dataset (and DCAT's)."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.kinds import EntryData, EntryKind
from catalogue.labels import Labels
from core.addresses import one_of, place
from core.languages import HTML_LANG

SCHEMA = "https://schema.org"
DCAT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "xml": "application/xml",
}
SECRETARIAT = {"@type": "Organization", "name": "Organization of American States", "url": "https://www.oas.org"}


def record(kind: EntryKind, data: EntryData, labels: Labels) -> dict:
    """A record: the service it describes, and the page that describes it. Nothing that the page itself does not show."""
    if kind.of_persons:
        return _person(kind, data, labels)
    number = kind.permanent_id(data.object_id)
    address, dataset = _page(kind, data), _dataset_id(kind)
    places = [labels.country[code] for code in data.countries if code in labels.country]
    found = {
        "@context": SCHEMA,
        "@type": "GovernmentService",
        "@id": _permanent(kind, number),
        "identifier": number,
        "name": data.title,
        "alternateName": data.also_known_as,
        "description": data.summary,
        "serviceType": labels.type[data.type].label if data.type in labels.type else str(kind.one),
        "category": [labels.theme[code].label for code in data.themes if code in labels.theme],
        "provider": {"@type": "GovernmentOrganization", "name": data.institution_name} if data.institution_name else "",
        "areaServed": [{"@type": "Country", "name": place.label, "identifier": place.code} for place in places],
        "subjectOf": {
            "@type": "CreativeWork",
            "url": address,
            "name": data.title,
            "inLanguage": HTML_LANG.get(data.language, data.language),
            "datePublished": data.published_at.date().isoformat(),
            "dateModified": data.updated_at.date().isoformat(),
            "isPartOf": {
                "@type": "Dataset",
                "@id": dataset,
                "name": str(kind.label),
                "url": dataset,
            },
        },
    }
    return {key: value for key, value in found.items() if value}


def _person(kind: EntryKind, data: EntryData, labels: Labels) -> dict:
    """A person, as far as they show themselves."""
    home = labels.country.get(data.residence)
    found = {
        "@context": SCHEMA,
        "@type": "Person",
        "@id": _permanent(kind, kind.permanent_id(data.object_id)),
        "identifier": kind.permanent_id(data.object_id),
        "name": data.title,
        "description": data.summary,
        "affiliation": {"@type": "Organization", "name": data.institution_name} if data.institution_name else "",
        "knowsAbout": [labels.theme[code].label for code in data.themes if code in labels.theme],
        "knowsLanguage": [HTML_LANG.get(code, code) for code in data.speaks],
        "homeLocation": {"@type": "Country", "name": home.label, "identifier": home.code} if home else "",
        "url": _page(kind, data),
    }
    return {key: value for key, value in found.items() if value}


def dataset(kind: EntryKind) -> dict:
    """A whole catalogue with its downloads."""
    return {"@context": [SCHEMA, DCAT], **_dataset(kind)}


def catalogues() -> dict:
    """The portal as a catalogue of its data sets."""
    return {
        "@context": [SCHEMA, DCAT],
        "@type": ["DataCatalog", "dcat:Catalog"],
        "@id": _full(reverse("home:index")),
        "url": _full(reverse("home:index")),
        "name": _("Inter-American Network for Labor Administration"),
        "publisher": SECRETARIAT,
        "dataset": [_dataset(kind) for kind in kinds.every()],
    }


def _dataset(kind: EntryKind) -> dict:
    found = {
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": _dataset_id(kind),
        "url": _dataset_id(kind),
        "name": str(kind.label),
        "description": str(kind.about),
        "creator": SECRETARIAT,
        "license": _full(reverse("home:terms")),
        "isAccessibleForFree": True,
        "spatialCoverage": _("The Americas"),
        "distribution": [_download(address, format) for format, address in _downloads(kind)],
    }
    return {key: value for key, value in found.items() if value}


def _downloads(kind: EntryKind) -> list[tuple[str, str]]:
    found = []
    for format in MEDIA:
        try:
            found.append((format, _full(reverse(f"{kind.key}:export", args=[format]))))
        except NoReverseMatch:  # not every catalogue has every format
            continue
    return found


def _download(address: str, format: str) -> dict:
    return {
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": format.upper(),
        "encodingFormat": MEDIA[format],
        "contentUrl": address,
        "dcat:downloadURL": {"@id": address},
    }


def _dataset_id(kind: EntryKind) -> str:
    return _full(place(kind.list_name))


def _page(kind: EntryKind, data: EntryData) -> str:
    return _full(one_of(kind.url_name, kind.any_slug, data.slug))


def _permanent(kind: EntryKind, number: str) -> str:
    return _full(one_of("permanent", kind.permanent_id(0), number))


def _full(path: str) -> str:
    return settings.SITE_URL + path
