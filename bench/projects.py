"""As many records of the Table as there are programmes: their texts are those programmes', taken over inside the database.

Projects and revisions are rows of their own; entries are the programmes' entries with the codes of the Table, so that the
cost of each index is paid for both catalogues.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from bench.entries import count_anew
from catalogue import kinds
from catalogue.facets import FACETS
from catalogue.models import Entry
from portfolio.models import ConsolidatedProgram, Submission
from programs.entries import KEY
from programs.models import Project, ProjectRevision
from taxonomy.choices import FundingSource, PopulationSize, numbers
from taxonomy.models import ProjectType

SHARED = frozenset(
    field.column for field in ProjectRevision._meta.concrete_fields
).intersection(field.column for field in Submission._meta.concrete_fields) - {"case_id", "base_id"}  # fmt: skip
# PRG on 35 of 100 records, young people on 20: the filter page finds 7 %
TYPES = (("PRG", 35), ("TCP", 25), ("POL", 20), ("TAP", 10), ("OTH", 10))
_AT = "(s.id * 7919) % 100"  # spreads neighbours over the shares

REVISION = {
    "project_id": "s.program_id",
    "state": "'edited'",
    "theme_id": "s.themes[1]",
    "further_themes": "s.themes[2:]",
    "countries": "ARRAY[p.country_id]",
    "institution_id": "p.institution_id",
    "type_id": "(CASE " + "{types}" + " END)",
    "funding_sources": "(CASE WHEN s.id % 3 = 0 THEN '{{}}'::varchar[] ELSE ARRAY[(ARRAY['PUB','DON','EXT','MUL'])[1 + s.id % 4]] END)",
    "implementation_strategy": "s.needs_addressed",
    "population_served": "s.population_text",
    "financial_resources": "s.funding_text",
    "non_financial_resources": "s.non_monetary_support",
    "results": "s.achievements",
    "improvements": "s.aspects_to_improve",
}
SIZE = "(CASE {} END)".format(
    " ".join(
        f"WHEN s.population_number < {bound} THEN {number}"
        for bound, number in zip((10**3, 10**4, 10**5, 10**6, 10**12), numbers(PopulationSize).values(), strict=True)
    )
)
FUNDING = "(CASE {} END)".format(
    " ".join(f"WHEN s.funding_sources[1] = '{code}' THEN {number}" for code, number in numbers(FundingSource).items())
)
RECORD = {
    "source": "''", "published_id": "p.id", "slug": "left(p.slug, 110) || '-t'", "registry_consent": "'yes'",
    "merged_into_id": "NULL", "imported_id": "NULL", "ending_told_on": "NULL",
}  # fmt: skip


def _types(written: str) -> str:
    """Branches of a CASE that gives each type its share; `written` says what stands for a code."""
    branches, upto = [], 0
    for code, share in TYPES:
        upto += share
        branches.append(f"WHEN {_AT} < {upto} THEN {written.format(code=code)}")
    return " ".join(branches)


def _literal(field: models.Field) -> str:
    """The default of a column that the programmes have no text for."""
    default = field.get_default()
    if isinstance(field, ArrayField):
        return "'{}'"
    if isinstance(field, models.JSONField):
        return "'[]'"
    if default is None:
        return "NULL"
    return f"'{default}'" if isinstance(default, str) else str(default)


@transaction.atomic
def add_projects(first: int, last: int) -> None:
    """Records number `first` to `last`, of the programmes with those numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        _records(cursor, first, last)
        _revisions(cursor, first, last)
        _entries(cursor, first, last)
        for table in (Project, ProjectRevision):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table._meta.db_table}', 'id'), "
                f"(SELECT max(id) FROM {table._meta.db_table}))"
            )
    count_anew(KEY)


def _insert(cursor, model, columns: dict[str, str], source: str, span: tuple[int, int], number: str) -> None:
    names, values = ", ".join(columns), ", ".join(columns.values())
    order = (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source} WHERE {number} BETWEEN %s AND %s"
    )
    cursor.execute(order.replace("%", "%%").replace("%%s", "%s"), span)


def _records(cursor, first: int, last: int) -> None:
    shared = {field.column for field in ConsolidatedProgram._meta.concrete_fields}
    columns = {
        field.column: RECORD.get(field.column) or (f"p.{field.column}" if field.column in shared else _literal(field))
        for field in Project._meta.concrete_fields
    }
    _insert(cursor, Project, columns, f"{ConsolidatedProgram._meta.db_table} p", (first, last), "p.id")


def _revisions(cursor, first: int, last: int) -> None:
    columns = {}
    for field in ProjectRevision._meta.concrete_fields:
        name = field.column
        if name in REVISION:
            columns[name] = REVISION[name].format(types=_types("'{code}'"))
        else:
            columns[name] = f"s.{name}" if name in SHARED else _literal(field)
    source = f"{Submission._meta.db_table} s JOIN {ConsolidatedProgram._meta.db_table} p ON p.id = s.program_id"
    _insert(cursor, ProjectRevision, columns, source, (first, last), "s.id")


def _entries(cursor, first: int, last: int) -> None:
    """The programmes' entries with the codes of the Table in place of those of the Portfolio."""
    changed = {
        "permanent_id": "'T-' || lpad(e.object_id::text, 6, '0')", "kind": f"'{KEY}'", "slug": "left(e.slug, 110) || '-t'",
        "categories": "'{}'", "coverage": "'{}'", "offered": "false", "type": _type_number(), "size": SIZE,
        "funding": f"array_remove(ARRAY[{FUNDING}::smallint], NULL)", "traits": _traits(),
        "starts": "concat_ws('-', s.start_year, lpad(s.start_month::text, 2, '0'))", "ends": "COALESCE(s.end_year::text, '')",
    }  # fmt: skip
    columns = {
        field.column: changed.get(field.column, f"e.{field.column}")
        for field in Entry._meta.concrete_fields
        if not field.primary_key
    }
    source = f"{Entry._meta.db_table} e JOIN {ProjectRevision._meta.db_table} s ON s.id = e.object_id AND e.kind = 'portfolio'"
    _insert(cursor, Entry, columns, source, (first, last), "e.object_id")


def _type_number() -> str:
    branches = _types("'{code}'")
    for code, number in ProjectType.objects.values_list("code", "number"):
        branches = branches.replace(f"'{code}'", str(number))
    return f"(CASE {branches} END)"


def _traits() -> str:
    """The bits of the programme without those of facets that the Table has not, and with its own."""
    not_its = [("category", 8), ("coverage", 6), ("offered", 1), ("kind", 8)]
    dropped = sum(1 << (FACETS[name].offset + bit) for name, width in not_its for bit in range(width))
    added = {"kind": str(kinds.get(KEY).number), "type": _type_number(), "size": SIZE, "funding": FUNDING}
    bits = [f"COALESCE(1::bigint << ({FACETS[name].offset} + {number} - 1), 0)" for name, number in added.items()]
    return " | ".join([f"(e.traits & ~{dropped}::bigint)", *bits])
