"""What the portal tells those who watch over it."""

from django.db.migrations.recorder import MigrationRecorder


def test_it_is_ready_when_no_migration_waits(client, db):
    assert client.get("/readyz").json()["database"] == "ok"


def test_it_is_not_ready_while_a_migration_waits(client, db):
    MigrationRecorder.Migration.objects.filter(app="network").last().delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "migrations waiting", "redis": "ok", "status": "not ready"}
