"""The narrow row by which a public record is found, whatever its kind. A record that is not public has no Entry."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

PART_SIZE = 8192  # entries that share a row of bits
MASKS = ("countries_mask", "themes_mask", "populations_mask", "traits")
DATES = ("start_year", "ongoing", "begins_on", "ends_on")  # what years and status are asked of


def _codes() -> ArrayField:
    return ArrayField(models.PositiveSmallIntegerField(), default=list)


class Entry(models.Model):
    """One public record. Facets stand twice: to filter (arrays, columns) and, as bits of masks, to count.

    Bit n-1 of a mask is number n of its list; `traits` holds the short lists side by side (catalogue.facets says where).
    Area and sub-region follow from theme and country: their bits stand beside those, and there is no array of them.
    """

    permanent_id = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    slug = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    sort_title = models.CharField(max_length=300)
    also_known_as = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=2)
    institution_id = models.BigIntegerField(null=True)
    institution_name = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    countries = _codes()
    themes = _codes()
    categories = _codes()
    populations = _codes()
    coverage = _codes()
    type = models.PositiveSmallIntegerField(null=True)
    funding = _codes()
    size = models.PositiveSmallIntegerField(null=True)
    countries_mask = models.BigIntegerField(default=0)
    themes_mask = models.BigIntegerField(default=0)
    populations_mask = models.BigIntegerField(default=0)
    traits = models.BigIntegerField(default=0)

    start_year = models.PositiveSmallIntegerField(null=True)
    end_year = models.PositiveSmallIntegerField(null=True)
    ongoing = models.BooleanField(default=False)
    begins_on = models.DateField(null=True)  # the first day on which it may have begun
    ends_on = models.DateField(null=True)  # the last day on which it may have run
    starts = models.CharField(max_length=10, blank=True, default="")  # YYYY[-MM[-DD]], as exact as known
    ends = models.CharField(max_length=10, blank=True, default="")
    region = models.CharField(max_length=3, blank=True, default="")  # in place of countries
    evaluated = models.BooleanField(default=False)
    offered = models.BooleanField(default=False)
    about = ArrayField(
        models.CharField(max_length=10), null=True
    )  # permanent ids; null where it names none: it takes no room

    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    confirmed_on = models.DateField(null=True)
    vector = SearchVectorField(null=True)
    title_vector = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="entry_object_once"),
            models.UniqueConstraint(fields=["kind", "slug"], name="entry_slug_once"),
        ]
        indexes = [
            # the newest page of what was filtered is found where nothing else stands, and no row is read for it
            models.Index(fields=["-updated_at", "-id"], include=[*MASKS, *DATES], name="entry_newest_asked"),
            models.Index(
                fields=["kind", "-updated_at", "-id"], include=[*MASKS, *DATES], name="entry_kind_newest_asked"
            ),
            models.Index(fields=["begins_on"], name="entry_begins"),
            models.Index(fields=["ends_on"], name="entry_ends"),
            models.Index(fields=["kind", "sort_title", "id"], name="entry_kind_title"),
            models.Index("kind", Coalesce(F("start_year"), 0).desc(), F("id").desc(), name="entry_kind_start"),
            models.Index("kind", F("themes__0"), F("updated_at").desc(), F("id").desc(), name="entry_first_theme"),
            models.Index(fields=["region"], condition=~Q(region=""), name="entry_region"),
            # words of one catalogue leave the rows of the others alone; words of all are found by it just as well
            GinIndex(fields=["kind", "vector"], name="entry_kind_vector"),
            GinIndex(fields=["about"], name="entry_about"),
            GinIndex(fields=["countries"], name="entry_countries"),
            GinIndex(fields=["themes"], name="entry_themes"),
            GinIndex(fields=["categories"], name="entry_categories"),
            GinIndex(fields=["populations"], name="entry_populations"),
            GinIndex(fields=["sort_title"], opclasses=["gin_trgm_ops"], name="entry_title_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.permanent_id} {self.title}"


class Departure(models.Model):
    """What is said at the address of a public record that left: retired (410), merged (301)."""

    permanent_id = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    reason = models.CharField(max_length=10, choices=[("retired", "retired"), ("merged", "merged")])
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, blank=True)
    country = models.CharField(max_length=2, blank=True)
    published_on = models.DateField(null=True)
    left_on = models.DateField()
    moved_to = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="departure_slug_once")]

    def __str__(self) -> str:
        return f"{self.permanent_id} {self.reason}"


class CatalogueVersion(models.Model):
    """One row, raised whenever what the public sees changes: keys the cached facets and pages.

    The number follows the clock, so that no number is ever used twice, not even after a restore or in another database.
    """

    number = models.BigIntegerField(default=0)
    raised_at = models.DateTimeField(auto_now=True)
    status_on = models.DateField(
        default=timezone.localdate
    )  # the day that the bits of a status speak of (catalogue.days)

    def __str__(self) -> str:
        return str(self.number)


class Bits(models.Field):
    """As many bits as a part has entries."""

    def db_type(self, connection) -> str:
        return f"bit({PART_SIZE})"


class FacetBits(models.Model):
    """Which entries of a kind have one value of a facet: bit n of part p is the record with id p * PART_SIZE + n.

    `place` is the value: the number of its bit, all masks of an Entry laid side by side (catalogue.facets), and beyond them
    the status and the year it started (catalogue.days). What has no bit set has no row; a part is short enough to stand in
    its row, uncompressed.
    """

    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    part = models.BigIntegerField()
    bits = Bits()
    held = models.GeneratedField(  # how many of them are set
        expression=models.Func(F("bits"), function="bit_count"), output_field=models.BigIntegerField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "part"], include=["held"], name="facet_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.part}"


class Word(models.Model):
    """A word of the titles, summaries and labels, folded, with how it is written: what "did you mean" chooses from."""

    folded = models.CharField(max_length=60, unique=True)
    written = models.CharField(max_length=60)

    class Meta:
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="word_trigrams")]

    def __str__(self) -> str:
        return self.written
