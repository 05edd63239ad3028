"""Who sees a topic is asked in two ways, of the lists and of a topic that is at hand: both answer the same."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forums.choices import Access, TopicState
from forums.models import Forum, Topic
from forums.permissions import may_see, may_see_topic
from network.choices import Role
from tests.factories import membership, person
from tests.forums import factories


@pytest.fixture
def people(db):
    made = {
        name: person(name=name, roles=())
        for name in ("Outside", "Member", "Invited", "Organiser", "Moderator", "Admin")
    }
    for name in ("Member", "Invited", "Organiser"):
        membership(made[name])
    membership(made["Moderator"], Role.MODERATOR)
    membership(made["Admin"], Role.ADMINISTRATOR)
    return made | {"Visitor": AnonymousUser()}


@pytest.mark.parametrize("access", Access.values)
def test_both_ways_answer_the_same(people, access):
    place = factories.forum(access=access, members=[people["Invited"]], organisers=[people["Organiser"]])
    for state in TopicState.values:
        for author in (people["Invited"], people["Outside"], None):
            topic = factories.topic(place, people["Admin"])
            Topic.objects.filter(pk=topic.pk).update(state=state, author=author)
    for name, user in people.items():
        forums = Forum.objects.with_role_of(user)
        seen = set(Topic.objects.visible_to(user).values_list("pk", flat=True))
        assert (place in Forum.objects.visible_to(user)) == may_see(user, forums.get(pk=place.pk)), name
        for topic in Topic.objects.select_related("forum"):
            assert (topic.pk in seen) == may_see_topic(user, topic), (name, topic.state, topic.author)
