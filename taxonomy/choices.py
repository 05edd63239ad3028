"""Codes that stay stable (addresses, exports) with their labels. `number` is the bit of the code in an Entry's masks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Population(models.TextChoices):
    """Target groups (Annex II, III.f)."""

    CHILDREN = "CHI", _("Children and adolescents")
    YOUTH = "YOU", _("Young people")
    WOMEN = "WOM", _("Women")
    OLDER = "OLD", _("Older persons")
    DISABILITY = "DIS", _("Persons with disabilities")
    INDIGENOUS = "IND", _("Indigenous peoples")
    AFRO = "AFR", _("People of African descent")
    RURAL = "RUR", _("Rural workers")
    MIGRANT = "MIG", _("Migrant workers")
    INFORMAL = "INF", _("Workers in the informal economy")
    UNEMPLOYED = "UNE", _("Unemployed persons")
    WORKERS = "WRK", _("Workers in general")
    EMPLOYERS = "EMP", _("Employers")
    UNIONS = "UNI", _("Trade unions")
    SMALL_FIRMS = "MSE", _("Micro and small enterprises")
    STAFF = "STF", _("Staff of the labour administration")


class Coverage(models.TextChoices):
    """Geographic coverage (Annex II, III.e)."""

    NATIONAL = "NAT", _("National")
    PROVINCIAL = "PRO", _("Provincial")
    STATE = "STA", pgettext_lazy("coverage", "State")
    MUNICIPAL = "MUN", _("Municipal")


class Subregion(models.TextChoices):
    """Sub-regions of the network."""

    NORTH = "NAM", _("North America")
    CENTRAL = "CAM", _("Central America")
    CARIBBEAN = "CAR", _("Caribbean")
    SOUTH = "SAM", _("South America")


class FundingSource(models.TextChoices):
    """Where the money comes from (Annex I, description)."""

    PUBLIC = "PUB", _("Public budget")
    DONATION = "DON", _("Donation of a cooperation agency")
    EXTRA = "EXT", _("Extra-budgetary funds")
    MULTILATERAL = "MUL", _("Funds of a multilateral organisation")


class PopulationSize(models.TextChoices):
    """How many persons are served (Annex I, population served), in classes for the filter."""

    XS = "XS", _("Fewer than 1,000 persons")
    S = "S", _("1,000 to 9,999 persons")
    M = "M", _("10,000 to 99,999 persons")
    L = "L", _("100,000 to 999,999 persons")
    XL = "XL", _("1 million persons or more")


class Profession(models.TextChoices):
    """From where an expert speaks."""

    OFFICIAL = "GOV", _("Ministry official")
    ACADEMIC = "ACA", pgettext_lazy("profession", "Academic")
    UNION = "WRK", _("Trade unionist")
    EMPLOYER = "EMP", _("Employers' representative")
    INTERNATIONAL = "INT", _("Staff of an international organisation")
    INDEPENDENT = "IND", _("Independent consultant")


class Modality(models.TextChoices):
    """How an expert can help."""

    MISSION = "MIS", _("Mission in the country")
    SEMINAR = "SEM", _("Seminar or training")
    ONLINE = "ONL", pgettext_lazy("modality", "On line")


class Availability(models.TextChoices):
    """What an expert says of their time."""

    AVAILABLE = "YES", pgettext_lazy("expert", "Available")
    LIMITED = "LIM", pgettext_lazy("expert", "Available for short advice")
    BUSY = "NOT", pgettext_lazy("expert", "Not available now")


class Spoken(models.TextChoices):
    """Languages in which an expert works; the first four are those of the portal."""

    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    DUTCH = "nl", _("Dutch")
    CREOLE = "ht", _("Haitian Creole")


class ItemType(models.TextChoices):
    """What an item of the library is (Dublin Core, type). Codes and their order never change."""

    ARTICLE = "ART", pgettext_lazy("literature", "Journal article")
    BOOK = "BOO", pgettext_lazy("literature", "Book")
    CHAPTER = "CHA", pgettext_lazy("literature", "Chapter of a book")
    REPORT = "REP", pgettext_lazy("literature", "Report")
    WORKING_PAPER = "WOR", pgettext_lazy("literature", "Working paper")
    THESIS = "THE", pgettext_lazy("literature", "Thesis")
    CONFERENCE = "CON", pgettext_lazy("literature", "Conference paper")
    GUIDE = "GUI", pgettext_lazy("literature", "Guide or manual")
    NORM = "NOR", pgettext_lazy("literature", "Law, standard or declaration")
    DATA = "DAT", pgettext_lazy("literature", "Data set")
    WEB = "WEB", pgettext_lazy("literature", "Web page")
    OTHER = "OTH", pgettext_lazy("literature", "Other")


def size_of(number: int | None) -> str:
    """The class of a number of persons, or nothing where it is not known."""
    if number is None:
        return ""
    bounds = (1_000, 10_000, 100_000, 1_000_000)
    return PopulationSize.values[sum(number >= bound for bound in bounds)]


def numbers(choices) -> dict[str, int]:
    """{code: 1-based number}, in the order of the choices: the element of an Entry's smallint arrays."""
    return {code: place for place, code in enumerate(choices.values, start=1)}
