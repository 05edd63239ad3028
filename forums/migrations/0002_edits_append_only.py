"""What a post said before cannot be rewritten: the database refuses, except to forget who wrote it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION forums_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
        AND (NEW.id, NEW.post_id, NEW.title, NEW.text, NEW.reason, NEW.at)
            IS NOT DISTINCT FROM (OLD.id, OLD.post_id, OLD.title, OLD.text, OLD.reason, OLD.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER edit_append_only BEFORE UPDATE OR DELETE ON forums_postedit
    FOR EACH ROW EXECUTE FUNCTION forums_append_only();
"""

BACKWARD = """
DROP TRIGGER edit_append_only ON forums_postedit;
DROP FUNCTION forums_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
