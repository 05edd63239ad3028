"""The queue is searched by words with accents folded, and counted, without reading the cases themselves."""

from django.db import migrations, models

FORWARD = """
CREATE INDEX case_words ON review_case USING gin (
    to_tsvector('simple'::regconfig, catalogue_fold(title || ' ' || institution_name))
);
CREATE INDEX case_open_counts ON review_case (kind, state, assignee_id, due_at) INCLUDE (opened_at)
    WHERE state IN ('in_review', 'questions', 'on_hold');
CREATE INDEX case_open_due ON review_case (due_at, id) WHERE state IN ('in_review', 'questions', 'on_hold');
CREATE INDEX case_decided ON review_case (decided_at DESC, id DESC) WHERE state IN ('approved', 'declined', 'withdrawn');
CREATE INDEX case_kind_state ON review_case (kind, state);
"""

BACKWARD = """
DROP INDEX case_words;
DROP INDEX case_open_counts;
DROP INDEX case_open_due;
DROP INDEX case_decided;
DROP INDEX case_kind_state;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0003_what_a_reviewer_drafts"), ("catalogue", "0002_search_functions")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddField(model_name="look", name="before", field=models.PositiveBigIntegerField(null=True)),
    ]
