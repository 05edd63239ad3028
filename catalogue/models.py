"""The narrow row by which a public record is found, whatever its kind. A record that is not public has no Entry."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Entry(models.Model):
    """One public record. Multi-valued facets stand twice: an array to filter, a bit mask to count (bit n-1 for number n)."""

    permanent_id = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    slug = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    also_known_as = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=2)
    institution_id = models.BigIntegerField(null=True)
    institution_name = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    countries = ArrayField(models.PositiveSmallIntegerField(), default=list)
    countries_mask = models.BigIntegerField(default=0)
    subregions = ArrayField(models.PositiveSmallIntegerField(), default=list)
    subregions_mask = models.BigIntegerField(default=0)
    areas = ArrayField(models.PositiveSmallIntegerField(), default=list)
    areas_mask = models.BigIntegerField(default=0)
    themes = ArrayField(models.PositiveSmallIntegerField(), default=list)
    themes_mask = models.BigIntegerField(default=0)
    categories = ArrayField(models.PositiveSmallIntegerField(), default=list)
    categories_mask = models.BigIntegerField(default=0)
    populations = ArrayField(models.PositiveSmallIntegerField(), default=list)
    populations_mask = models.BigIntegerField(default=0)
    coverage = ArrayField(models.PositiveSmallIntegerField(), default=list)
    coverage_mask = models.BigIntegerField(default=0)

    start_year = models.PositiveSmallIntegerField(null=True)
    end_year = models.PositiveSmallIntegerField(null=True)
    ongoing = models.BooleanField(default=False)
    evaluated = models.BooleanField(default=False)
    offered = models.BooleanField(default=False)

    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    vector = SearchVectorField(null=True)
    title_vector = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="entry_object_once"),
            models.UniqueConstraint(fields=["kind", "slug"], name="entry_slug_once"),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="entry_newest"),
            models.Index(fields=["kind", "-updated_at", "-id"], name="entry_kind_newest"),
            GinIndex(fields=["vector"], name="entry_vector"),
            GinIndex(fields=["title_vector"], name="entry_title_vector"),
            GinIndex(fields=["countries"], name="entry_countries"),
            GinIndex(fields=["themes"], name="entry_themes"),
            GinIndex(fields=["categories"], name="entry_categories"),
            GinIndex(fields=["populations"], name="entry_populations"),
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
    country = models.CharField(max_length=2, blank=True)
    published_on = models.DateField(null=True)
    left_on = models.DateField()
    moved_to = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="departure_slug_once")]

    def __str__(self) -> str:
        return f"{self.permanent_id} {self.reason}"


class CatalogueVersion(models.Model):
    """One row, raised whenever what the public sees changes: keys the cached facets and pages."""

    number = models.BigIntegerField(default=1)
    raised_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.number)


class FacetCount(models.Model):
    """Counts of the unfiltered catalogue, one row a kind and facet value, written with the catalogue version."""

    kind = models.CharField(max_length=20)
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "facet", "value"], name="facet_value_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.facet} {self.value}"
