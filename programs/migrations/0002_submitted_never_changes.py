"""A revision never changes after it was submitted: the database refuses. Only where it stands may still move."""

from django.db import migrations

MAY_MOVE = [
    "state", "is_open", "case_id", "reference", "version", "created_by_id", "saved_by_id", "submitted_by_id",
]  # fmt: skip

FORWARD = f"""
CREATE FUNCTION programs_submitted_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_move text[] := ARRAY[{", ".join(f"'{name}'" for name in MAY_MOVE)}];
BEGIN
    IF OLD.submitted_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - may_move) IS DISTINCT FROM (to_jsonb(NEW) - may_move) THEN
        RAISE EXCEPTION 'a submitted revision never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submitted_never_changes BEFORE UPDATE OR DELETE ON programs_projectrevision
    FOR EACH ROW EXECUTE FUNCTION programs_submitted_never_changes();
"""

BACKWARD = """
DROP TRIGGER submitted_never_changes ON programs_projectrevision;
DROP FUNCTION programs_submitted_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
