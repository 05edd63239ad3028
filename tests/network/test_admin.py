"""Countries, institutions, people and memberships in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import OwedMail
from catalogue import tasks
from catalogue.models import Entry
from network.choices import Role
from network.models import Institution, Membership, User
from notifications.models import Notice
from review.models import Event
from tests import factories

LISTS = [
    "network_country", "network_institution", "network_user", "network_membership",
    "taxonomy_area", "taxonomy_theme", "taxonomy_programcategory",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_opens_every_list_and_finds_things(client_of, diana, name):
    browser = client_of(diana)
    page = reverse(f"admin:{name}_changelist")
    assert browser.get(page).status_code == 200
    assert browser.get(page, {"q": "labour"}).status_code == 200


@pytest.mark.parametrize("name", ["network_institution", "network_user", "network_membership", "network_country"])
def test_more_rows_cost_no_more_queries(client_of, diana, ministry_cl, name, django_assert_max_num_queries):
    browser = client_of(diana)
    page = reverse(f"admin:{name}_changelist")
    browser.get(page)
    for _ in range(12):
        other = factories.institution("PE", endorsed_by=ministry_cl)
        factories.person(roles=[(Role.OFFICER, other), (Role.COORDINATOR, other)])
    with django_assert_max_num_queries(14):
        browser.get(page)


def test_a_reviewer_reads_institutions_and_changes_nothing(client_of, bruno, ministry_cl):
    browser = client_of(bruno)
    page = reverse("admin:network_institution_change", args=[ministry_cl.pk])
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"name": "Taken over"}).status_code == 403
    assert browser.get(reverse("admin:network_user_changelist")).status_code == 403


def test_institutions_without_a_source_are_found(client_of, diana):
    page = client_of(diana).get(reverse("admin:network_institution_changelist"), {"seen": "no"}).text
    unseen = Institution.objects.filter(verified=False).first()
    seen = Institution.objects.filter(verified=True, country="AR").first()
    assert unseen.name in page and seen.name not in page


def test_institutions_retire_and_are_never_deleted(client_of, diana, ministry_cl):
    browser = client_of(diana)
    assert browser.post(reverse("admin:network_institution_delete", args=[ministry_cl.pk])).status_code == 403
    browser.post(
        reverse("admin:network_institution_changelist"), {"action": "retire", "_selected_action": [ministry_cl.pk]}
    )
    ministry_cl.refresh_from_db()
    assert ministry_cl.retired_at


@pytest.mark.parametrize("change", ["requires", "endorsed_by"])
def test_a_change_of_endorsement_in_the_admin_leaves_a_line(client_of, diana, ministry_cl, agency_cl, change):
    where = ministry_cl if change == "requires" else agency_cl
    data = {"name": "Renamed", "kind": where.kind, "country": "CL"}
    data |= {"requires_endorsement": "on"} if change == "requires" else {"endorsed_by": ""}
    done = client_of(diana).post(reverse("admin:network_institution_change", args=[where.pk]), data)
    assert done.status_code == 302
    where.refresh_from_db()
    assert where.name == "Renamed" and where.endorser == (where if change == "requires" else None)
    line = Event.objects.get(stream=f"institution:{where.pk}")
    assert line.verb == "endorsement_changed" and line.actor_id == diana.pk
    assert line.data["fields"] == ["requires_endorsement" if change == "requires" else "endorsed_by"]


def test_saving_an_institution_in_the_admin_keeps_every_language_and_their_order(client_of, diana, ministry_cl):
    Institution.objects.filter(pk=ministry_cl.pk).update(languages=["gn", "es", "nl"])
    there = reverse("admin:network_institution_change", args=[ministry_cl.pk])
    page = client_of(diana).get(there)
    offered = [str(code) for code, _name in page.context["adminform"].form.fields["languages"].choices]
    assert offered == ["gn", "es", "nl", "pt", "fr", "en"]
    data = {"name": "Renamed", "kind": ministry_cl.kind, "country": "CL", "languages": offered[:3]}
    assert client_of(diana).post(there, data).status_code == 302
    ministry_cl.refresh_from_db()
    assert (ministry_cl.name, ministry_cl.languages) == ("Renamed", ["gn", "es", "nl"])


def test_an_institution_added_in_the_admin_has_its_endorser(client_of, diana, ministry_cl):
    data = {"name": "New agency", "kind": "agency", "country": "CL", "endorsed_by": ministry_cl.pk}
    assert client_of(diana).post(reverse("admin:network_institution_add"), data).status_code == 302
    assert Institution.objects.get(name="New agency").endorser == ministry_cl


def test_suspending_in_the_admin_leaves_a_line_in_the_history(client_of, diana, ana):
    browser, page = client_of(diana), reverse("admin:network_user_changelist")
    chosen = {"action": "suspend", "_selected_action": [ana.pk, diana.pk]}
    assert "Reason of the suspension" in browser.post(page, chosen).text
    assert 'class="errorlist"' in browser.post(page, {**chosen, "confirmed": "yes", "reason": " "}).text
    assert User.objects.get(pk=ana.pk).is_active
    browser.post(page, {**chosen, "confirmed": "yes", "reason": "The account was shared."})
    assert "The account was shared." in OwedMail.objects.get(to=ana.email).text
    assert not User.objects.get(pk=ana.pk).is_active and User.objects.get(pk=diana.pk).is_active
    assert Event.objects.get(stream=f"person:{ana.pk}", verb="suspended").actor_id == diana.pk


def test_a_membership_given_in_the_admin_is_recorded_and_told(client_of, diana, ana, ministry_br):
    data = {"user": ana.pk, "role": "coordinator", "institution": ministry_br.pk}
    done = client_of(diana).post(reverse("admin:network_membership_add"), data)
    assert done.status_code == 302
    given = Membership.objects.get(user=ana, role="coordinator")
    assert given.granted_by == diana and given.starts_on == timezone.localdate()
    assert Event.objects.filter(stream=f"person:{ana.pk}", verb="membership_began").exists()
    assert Notice.objects.filter(recipient=ana, kind="accounts.membership_began").exists()


def test_a_role_that_is_held_is_not_given_again_with_other_themes(client_of, diana, bruno):
    held = bruno.memberships.get()
    data = {"user": bruno.pk, "role": "reviewer", "institution": held.institution_id, "themes": ["LAB-6"]}
    page = client_of(diana).post(reverse("admin:network_membership_add"), data)
    assert page.status_code == 200 and "holds this role already" in page.text
    assert User.objects.get(pk=bruno.pk).review_themes is None


def test_only_reviewers_are_limited_to_themes(client_of, diana, bruno):
    page = reverse("admin:network_membership_change", args=[bruno.memberships.get().pk])
    assert client_of(diana).post(page, {"themes": ["LAB-5"]}).status_code == 302
    assert User.objects.get(pk=bruno.pk).review_themes == {"LAB-5"}
    own = reverse("admin:network_membership_change", args=[diana.memberships.get().pk])
    assert "Only reviewers" in client_of(diana).post(own, {"themes": ["LAB-5"]}).text


def test_the_addresses_of_people_are_changed_by_themselves_only(client_of, diana, ana):
    page = reverse("admin:network_user_change", args=[ana.pk])
    data = {"name": "Ana R.", "language": "es", "timezone": "America/Lima", "email": "other@example.org"}
    prefix = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    client_of(diana).post(page, {**data, **prefix})
    ana.refresh_from_db()
    assert ana.email == "ana@demo.example"


def test_areas_and_themes_keep_their_codes(client_of, diana):
    assert client_of(diana).get(reverse("admin:taxonomy_theme_add")).status_code == 403
    page = client_of(diana).get(reverse("admin:taxonomy_theme_change", args=["LAB-1"])).text
    assert 'name="code"' not in page and 'name="label_es"' in page


@pytest.mark.parametrize(
    ("name", "asked"),
    [("network_institution", "TRABÁJO arge"), ("network_country", "perú"), ("taxonomy_theme", "insp")],
)
def test_lists_are_searched_by_the_beginnings_of_words_whatever_the_accents(client_of, diana, name, asked):
    page = client_of(diana).get(reverse(f"admin:{name}_changelist"), {"q": asked})
    assert page.status_code == 200 and page.context["cl"].result_count


def test_people_are_found_by_name_and_by_the_beginning_of_the_address(client_of, diana, carla, ana):
    for asked in ("munoz", "MUÑ carl", "carla@demo"):
        found = client_of(diana).get(reverse("admin:network_user_changelist"), {"q": asked}).context["cl"].queryset
        assert [person.pk for person in found] == [carla.pk], asked
    nothing = client_of(diana).get(reverse("admin:network_user_changelist"), {"q": "&|!:*"}).context["cl"]
    assert not nothing.result_count


def test_a_new_name_is_said_to_reach_the_catalogue_at_night(client_of, diana, ministry_cl):
    page = reverse("admin:network_institution_change", args=[ministry_cl.pk])
    data = {"kind": ministry_cl.kind, "country": "CL"}
    said = "The catalogue takes the new name at its next nightly rebuild."
    assert said in client_of(diana).post(page, {**data, "name": "New name"}, follow=True).text
    assert said not in client_of(diana).post(page, {**data, "name": "New name", "note": "x"}, follow=True).text
    program = factories.published_program(ministry_cl)
    type(ministry_cl).objects.filter(pk=ministry_cl.pk).update(name="Newest name")
    tasks.rebuild()
    assert Entry.objects.get(object_id=program.pk).institution_name == "Newest name"
