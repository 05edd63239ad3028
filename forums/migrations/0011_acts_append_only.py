"""What moderators did and why cannot be rewritten: the database refuses, except to forget who it was."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION forums_act_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND (to_jsonb(NEW) - 'by_id') = (to_jsonb(OLD) - 'by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER act_append_only BEFORE UPDATE OR DELETE ON forums_act
    FOR EACH ROW EXECUTE FUNCTION forums_act_append_only();
"""

BACKWARD = """
DROP TRIGGER act_append_only ON forums_act;
DROP FUNCTION forums_act_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0010_moderation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
