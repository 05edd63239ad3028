"""The record of who did what cannot be rewritten: the database refuses UPDATE, DELETE and TRUNCATE of events and seals."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION review_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON review_event
    FOR EACH ROW EXECUTE FUNCTION review_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON review_event
    FOR EACH STATEMENT EXECUTE FUNCTION review_append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON review_seal
    FOR EACH ROW EXECUTE FUNCTION review_append_only();
CREATE SEQUENCE review_reference;
"""

BACKWARD = """
DROP SEQUENCE review_reference;
DROP TRIGGER seal_append_only ON review_seal;
DROP TRIGGER event_no_truncate ON review_event;
DROP TRIGGER event_append_only ON review_event;
DROP FUNCTION review_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
