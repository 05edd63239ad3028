"""Generated records are records like any other: valid, public, found."""

import pytest
from django.urls import reverse

from bench import entries, experts, projects
from bench.cases import STATES, add_cases
from bench.programs import FIRST, Programs
from bench.texts import RARE_WORD
from catalogue.counting import whole_and_under
from catalogue.labels import read as read_labels
from catalogue.models import Entry
from portfolio.models import ConsolidatedProgram, Submission
from programs.models import Project, ProjectRevision
from review.models import Case

MANY = 50
PEOPLE = ("created_by", "saved_by", "submitted_by", "endorsed_by", "retired_by")  # null, but no form asks them


@pytest.fixture
def generated(db):
    """Fifty programmes with their entries."""
    done = []
    entries.add_programs(FIRST, FIRST + MANY - 1, done.append)
    assert sum(done) == MANY


def test_every_generated_form_is_valid(generated):
    for submission in Submission.objects.select_related("program"):
        submission.full_clean(exclude=PEOPLE)
        submission.program.full_clean(exclude=PEOPLE)
    assert ConsolidatedProgram.objects.public().count() == MANY


def test_texts_are_as_long_as_those_of_a_real_form(generated):
    texts = ("needs_addressed", "description", "objectives", "achievements", "lessons_learned", "aspects_to_improve")
    lengths = [sum(len(getattr(form, name)) for name in texts) for form in Submission.objects.all()]
    assert 2000 < sum(lengths) / MANY < 4000
    assert Submission.objects.values("language").distinct().count() >= 3


def test_entries_are_what_publishing_would_write(generated):
    entry = Entry.objects.get(object_id=FIRST + 3)
    from catalogue import services

    before = Entry.objects.filter(pk=entry.pk).values().get()
    services.publish("portfolio", entry.object_id)
    assert Entry.objects.filter(pk=entry.pk).values().get() == before
    assert whole_and_under(read_labels())[0]["portfolio"]["kind"] == {"portfolio": MANY}


def test_the_same_number_gives_the_same_programme_whatever_was_made_before(db):
    whole, part = list(Programs().rows(FIRST, FIRST + 9)), list(Programs().rows(FIRST + 5, FIRST + 9))
    assert whole[5:] == part


def test_the_public_list_and_record_show_them(generated, client):
    page = client.get(reverse("portfolio:list"))
    newest = Entry.objects.order_by("-updated_at", "-id").first()
    assert page.status_code == 200
    assert newest.title in page.content.decode()
    record = client.get(reverse("portfolio:record", args=[newest.slug]))
    assert record.status_code == 200


def test_the_rare_word_finds_its_record(generated, client):
    number = next(pk for pk in range(FIRST, FIRST + MANY) if pk % 100 == 7)
    found = client.get(reverse("portfolio:list"), {"q": RARE_WORD})
    assert Entry.objects.get(object_id=number).slug in found.content.decode()


def test_cases_stand_in_every_state_of_the_queue(db, bruno, diana):
    add_cases(1, 200, [bruno.pk], lambda done: None)
    assert set(Case.objects.values_list("state", flat=True)) == set(STATES)
    assert Case.objects.visible_to(diana).count() == 200
    assert 0 < Case.objects.visible_to(bruno).count() < 200  # some are for moderators


def test_a_new_record_follows_the_generated_ones(generated, ministry_cl):
    program = ConsolidatedProgram.objects.create(institution=ministry_cl)
    assert program.pk >= FIRST + MANY


# --- the Table ------------------------------------------------------------------------------------
TEXTS_OF_AN_ENTRY = {"id", "vector", "title_vector", "summary"}  # the programme's own, not written again


def test_records_of_the_table_are_valid_and_their_entries_as_publishing_would_write_them(generated):
    from catalogue import services

    projects.add_projects(FIRST, FIRST + MANY - 1)
    for revision in ProjectRevision.objects.select_related("project"):
        revision.full_clean(exclude=PEOPLE)
    assert Project.objects.public().count() == MANY
    before = {entry["object_id"]: entry for entry in Entry.objects.filter(kind="programs").values()}
    services.publish_many("programs", list(before))
    for entry in Entry.objects.filter(kind="programs").values():
        was = before[entry["object_id"]]
        assert {
            name: (value, was[name]) for name, value in entry.items() if value != was[name]
        }.keys() <= TEXTS_OF_AN_ENTRY


def test_the_table_counts_what_it_holds(generated):
    projects.add_projects(FIRST, FIRST + MANY - 1)
    counts = whole_and_under(read_labels())[0]["programs"]["type"]
    assert sum(counts.values()) == MANY and len(counts) >= 4


def test_generated_experts_are_in_the_directory_and_as_publishing_would_write_them(db, client):
    from catalogue import services
    from experts.models import Expert, ProfileRevision

    experts.add_experts(FIRST, FIRST + MANY - 1, lambda written: None)
    for profile in ProfileRevision.objects.all():
        profile.full_clean(exclude=[*PEOPLE, "publications", "activities", "programmes"])
    assert Expert.objects.public().count() == MANY
    before = Entry.objects.filter(kind="experts", object_id=FIRST + 3).values().get()
    services.publish("experts", FIRST + 3)
    assert Entry.objects.filter(pk=before["id"]).values().get() == before
    assert f"{MANY} experts" in client.get("/en/experts/").content.decode()
