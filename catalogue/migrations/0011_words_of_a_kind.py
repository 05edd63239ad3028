import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_bits_of_years_and_status"),
    ]

    operations = [
        # The portal's own statements end after 15 seconds; the index of a large catalogue may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="entry", name="entry_vector"),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["kind", "vector"], name="entry_kind_vector"),
        ),
    ]
