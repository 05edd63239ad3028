"""A version of an item never changes after it was submitted: the database refuses. Only where it stands may still move."""

from django.db import migrations

MAY_MOVE = ["state", "is_open", "case_id", "reference", "version", "proposer_id"]

FORWARD = f"""
CREATE FUNCTION library_submitted_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_move text[] := ARRAY[{", ".join(f"'{name}'" for name in MAY_MOVE)}];
BEGIN
    IF OLD.submitted_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - may_move) IS DISTINCT FROM (to_jsonb(NEW) - may_move) THEN
        RAISE EXCEPTION 'a submitted version of an item never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submitted_never_changes BEFORE UPDATE OR DELETE ON library_itemrevision
    FOR EACH ROW EXECUTE FUNCTION library_submitted_never_changes();
"""

BACKWARD = """
DROP TRIGGER submitted_never_changes ON library_itemrevision;
DROP FUNCTION library_submitted_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
