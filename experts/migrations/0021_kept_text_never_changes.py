"""A version of a kept answer never changes after it was submitted: the function of 0002 refuses here too."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER submitted_never_changes BEFORE UPDATE OR DELETE ON experts_answerrevision
    FOR EACH ROW EXECUTE FUNCTION experts_submitted_never_changes();
"""
BACKWARD = "DROP TRIGGER submitted_never_changes ON experts_answerrevision;"


class Migration(migrations.Migration):
    dependencies = [("experts", "0020_advice"), ("experts", "0002_submitted_never_changes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
