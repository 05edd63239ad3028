"""The forums, those who write in them, and the one who signs in and has read some thousand topics."""

from random import Random

from django.db import connection

from bench.forums.rows import BEGINNING, begun
from bench.people import person
from bench.programs import SEED, ministries
from bench.texts import Writer
from forums.choices import ForumKind
from forums.models import Forum, ForumReading
from network.choices import Role
from network.models import Institution, User
from taxonomy.models import Area

MAIN = "bench-main"
AUTHORS = 300
READ = 15_000  # of the newest so many topics every third was read
_READ = """
INSERT INTO forums_reading (user_id, topic_id, place)
SELECT %s, id, CASE WHEN id %% 4 = 0 THEN greatest(last_place / 2, 1) ELSE last_place END
FROM forums_topic WHERE id > %s AND id %% 3 = 0
ON CONFLICT DO NOTHING
"""


def add_forums() -> None:
    """Six that everybody reads: the main one, four of areas, a working group."""
    areas = list(Area.objects.order_by("number")[:4])
    about = {f"about_{code}": Writer(Random(SEED)).text(code, 2)[:1000] for code in ("en", "es", "pt", "fr")}
    for number, (slug, area) in enumerate(
        [(MAIN, None), *((f"bench-area-{a.pk}".lower(), a) for a in areas), ("bench-group", None)]
    ):
        names = {f"name_{code}": f"Medición {number}" for code in ("en", "es", "pt", "fr")}
        kind = ForumKind.GROUP if slug == "bench-group" else ForumKind.AREA
        Forum.objects.create(slug=slug, area=area, kind=kind, **names, **about)


def add_authors() -> list[tuple[int, str]]:
    """Who writes; answers (id, name) of each."""
    writer = Writer(Random(SEED))
    people = [
        User(email=f"author{n}@bench.example", name=f"{writer.name()} {writer.name()}", password="!", language="es")
        for n in range(AUTHORS)
    ]
    User.objects.bulk_create(people)
    return [(one.pk, one.name) for one in people]


def institutions() -> list[int]:
    """In whose name they write."""
    return sorted(ministries().values())


def add_reader() -> User:
    """Somebody who has been there from the beginning: everything may be unread."""
    agency = Institution.objects.order_by("pk").first()
    reader = person("reader@bench.example", "Carla Medición", Role.OFFICER, agency)
    User.objects.filter(pk=reader.pk).update(date_joined=BEGINNING)
    return reader


def read_some(reader: User, topics: int) -> None:
    """A third of the newest topics read, some of them in part; and all that the forums said before the last third of their time."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [reader.pk, max(0, topics - READ)])
    for forum in Forum.objects.all():
        ForumReading.objects.update_or_create(user=reader, forum=forum, defaults={"before": begun(int(topics * 0.66))})
