"""What a position said cannot be rewritten: the database refuses UPDATE and DELETE of its history."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION forums_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER position_append_only BEFORE UPDATE OR DELETE ON forums_positionchange
    FOR EACH ROW EXECUTE FUNCTION forums_history_stays();
"""

BACKWARD = """
DROP TRIGGER position_append_only ON forums_positionchange;
DROP FUNCTION forums_history_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0020_consensus")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
