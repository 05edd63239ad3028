"""A version of a profile never changes after it was submitted: the database refuses. Erasing a person may delete it."""

from django.db import migrations

MAY_MOVE = ["state", "is_open", "case_id", "reference", "version", "created_by_id", "base_id"]

FORWARD = f"""
CREATE FUNCTION experts_submitted_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_move text[] := ARRAY[{", ".join(f"'{name}'" for name in MAY_MOVE)}];
BEGIN
    IF OLD.submitted_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        -- set for one transaction by the service that erases a person
        IF current_setting('inla.erasing', true) = 'yes' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a submitted version of a profile goes only when the person is erased' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (to_jsonb(OLD) - may_move) IS DISTINCT FROM (to_jsonb(NEW) - may_move) THEN
        RAISE EXCEPTION 'a submitted version of a profile never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submitted_never_changes BEFORE UPDATE OR DELETE ON experts_profilerevision
    FOR EACH ROW EXECUTE FUNCTION experts_submitted_never_changes();
"""

BACKWARD = """
DROP TRIGGER submitted_never_changes ON experts_profilerevision;
DROP FUNCTION experts_submitted_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("experts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
