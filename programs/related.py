"""Records that one record names, or that name it: of either catalogue, as far as they are public."""

from catalogue.statement import ROW, Row
from core.prepared import Prepared
from programs.entries import KEY

MOST = 100  # records that name one record; however many there are, no more are read
_NAMED = """
SELECT id FROM catalogue_entry WHERE permanent_id = ANY(%(named)s::varchar[] || ARRAY(
    SELECT moved_to FROM catalogue_departure WHERE permanent_id = ANY(%(named)s) AND reason = 'merged'))
"""
# The limit also tells the planner that few rows are found: without it, it expects a hundredth of the table and reads all of it.
_NAMING = f"""
SELECT e.id FROM (
    SELECT p.id FROM programs_projectrevision r JOIN programs_project p ON p.published_id = r.id
    WHERE r.related && (ARRAY[%(own)s]::varchar[] || ARRAY(
        SELECT ('T-' || lpad(m.id::text, 6, '0'))::varchar FROM programs_project m WHERE m.merged_into_id = %(pk)s))
    LIMIT {MOST}
) naming JOIN catalogue_entry e ON e.kind = '{KEY}' AND e.object_id = naming.id
"""
_FOUND = Prepared(f"""
SELECT {", ".join(f"e.{name}" for name in ROW)} FROM ({_NAMED} UNION {_NAMING}) found JOIN catalogue_entry e USING (id)
WHERE e.permanent_id <> %(own)s ORDER BY e.permanent_id
""")


def linked(permanent_id: str, named: list[str]) -> list[Row]:
    """Both ways, in one statement. What names a record that was merged into another one means that other one."""
    values = {"own": permanent_id, "pk": int(permanent_id[2:]), "named": [one for one in named if one != permanent_id]}
    return [Row(*row) for row in _FOUND.rows(**values)]
