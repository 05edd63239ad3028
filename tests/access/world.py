"""People of every role, and objects of two sides: Chile's, and Peru's, to which nobody of the walk belongs."""

import time
from datetime import timedelta

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER_KEY
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation
from accounts.services import invitations, requests
from experts.models import AdviceFile
from experts.services import invite_expert
from forums.choices import Access
from forums.models import Draft, DraftFile, ForumMember, Post, PostFile, Watch
from forums.services import consensus, rooms
from forums.services.reporting import report_post
from meetings.models import FollowUpTask, MeetingFile
from network.choices import InstitutionKind, Role
from network.models import Institution, User
from notifications.models import Notice
from portfolio import services as portfolio
from portfolio.models import Attachment
from programs.services import imports
from tests import factories
from tests.access.table import ROLES
from tests.experts import factories as advice
from tests.experts.factories import expert
from tests.forums import factories as talking
from tests.forums import judging as forums
from tests.forums import room_factories as live
from tests.forums import talk
from tests.meetings import factories as calendar
from tests.programs.import_files import upload

A_DAY = 24 * 60 * 60
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)


class Side:
    """One institution with a submission at each point of its way."""

    def __init__(self, officer, institution, coordinator):
        self.institution = institution
        self.draft = factories.draft_submission(officer, institution)
        self.attachment = self._attach(self.draft, officer)
        self.waiting = portfolio.submit(factories.draft_submission(officer, institution, title="Waiting"), by=officer)
        sent = portfolio.submit(factories.draft_submission(officer, institution, title="Sent"), by=officer)
        self.sent = portfolio.endorse(sent, by=coordinator)
        self.program = factories.published_program(institution, by=officer, contact_email="contact@example.org")
        self.public_file = Attachment.objects.create(
            submission=self.program.published, file=self.attachment.file, name="report.png", may_publish=True
        )
        self.hidden_file = Attachment.objects.create(
            submission=self.program.published, file=self.attachment.file, name="inside.png", may_publish=False
        )
        self.record = factories.project(title=f"Record {institution.pk}", countries=[institution.country_id])
        self.proposal = factories.proposal(officer, institution, self.record, title="Proposal")
        self.proposed = factories.proposal(officer, institution, self.record, submitted=True, title="Proposed")
        self.batch = imports.upload(upload(), name="tabla.csv", by=officer, institution=institution)
        imports.read_batch(self.batch.pk)
        self.expert = expert(
            f"Expert {institution.pk}", countries=[institution.country_id], confirmation_asked_on=timezone.localdate()
        )
        self.expert_invitation = invite_expert(f"new{institution.pk}@example.org", "es", institution, by=officer)
        document = {"file_id": self.attachment.file_id, "file_name": "paper.png"}
        in_chile = institution.country_id == "CL"
        published = {**document, "may_publish_file": True} if in_chile else {}
        self.item = factories.item(title=f"Item {institution.pk}", **published)
        self.item_draft = factories.item_proposal(officer, self.item, title="Draft", **document)
        self.item_sent = factories.item_proposal(officer, self.item, submitted=True, title="Sent")
        self._ask_for_advice(officer, institution)
        self._talk(officer)
        self._seek_consensus(officer, in_chile)
        self._write_in_forums(officer, in_chile)
        self._call_meetings(coordinator)
        self._open_a_room(officer, institution)
        self.colleague = factories.person(roles=[(Role.OFFICER, coordinator.memberships.get().institution)])
        where = coordinator.memberships.get().institution
        self.request = requests.ask(where, Role.OFFICER, by=factories.person())
        self.invitation = invitations.invite("new@example.org", where, Role.OFFICER, "es", by=coordinator)

    def _open_a_room(self, officer, institution):
        """A live room in a forum by invitation; its officer and a guest are hosts, each said something, one reported the other."""
        where, guest = (
            live.forum(f"rooms-{institution.pk}", Access.INVITATION),
            factories.person(roles=[(Role.OFFICER, institution)]),
        )
        for person in (officer, guest):
            ForumMember.objects.create(forum=where, user=person)
        self.room = live.room(where, slug=f"room-{institution.pk}", hosts=[officer, guest])
        self.empty_room = live.room(where, slug=f"empty-room-{institution.pk}", hosts=[officer, guest])
        live.said(self.room, officer)
        live.said(self.room, guest)
        self.message_report = rooms.report_message(live.said(self.room, guest), by=officer, reason="offends")

    def _ask_for_advice(self, officer, institution):
        """A question at each point of its way; what the officer asked stands with the institution."""
        self.question_draft = advice.request(officer, institution, sent=False)
        self.question_open = advice.request(officer, institution)
        self.offer = advice.asked(officer, institution, expert())[0]
        self.question = advice.accepted(officer, institution, expert())
        self.question_closed = advice.closed(officer, institution, expert())
        self.answer = advice.kept(advice.closed(officer, institution, expert(), title=f"Kept {institution.pk}"))
        self.draft_file, self.question_file = (
            AdviceFile.objects.create(request=one, file=self.attachment.file, name="plan.png")
            for one in (self.question_draft, self.question)
        )

    def _talk(self, officer):
        """A forum by invitation, of which the officer is the organiser; a topic of theirs, and what belongs to it."""
        guest = factories.person()
        self.forum = talking.forum(access="invitation", organisers=[officer], members=[guest])
        self.topic = talking.topic(self.forum, officer, title="What is said inside")
        self.in_topic = {"forum": self.forum.slug, "topic": self.topic.slug}
        reply = talking.reply(self.topic, officer)
        self.post_file = PostFile.objects.create(post=reply, file=self.attachment.file, name="plan.png")
        self.forum_member = self.forum.members.get(user=guest)
        draft = Draft.objects.create(user=officer, forum=self.forum, text="Begun")
        self.forum_draft_file = DraftFile.objects.create(draft=draft, file=self.attachment.file, name="plan.png")

    def _seek_consensus(self, officer, in_chile: bool):
        """A proposal in a public forum; the foreign one by invitation, to which nobody of the walk belongs."""
        where = talk.forum() if in_chile else talk.forum(Access.INVITATION, members=[officer])
        self.consensus = talk.proposal(talk.topic(where, by=officer), by=officer)
        self.stand = consensus.take_position(self.consensus, by=officer, stance="support", text="With pleasure.")
        self.watch = Watch.objects.create(user=officer, forum=where)

    def _write_in_forums(self, officer, in_public):
        """A topic with a post that is shown, one that is hidden, and a report: in Chile's public forum, in Peru's by invitation."""
        closed = {} if in_public else {"access": "invitation", "members": [officer]}
        self.judged = forums.topic(forums.forum(**closed), by=officer)
        self.judged_post, self.hidden_post, reported = (
            forums.post(self.judged, by=one) for one in (officer, officer, factories.person())
        )
        forums.hide_post(self.hidden_post)
        self.report = report_post(
            Post.objects.select_related("topic__forum").get(pk=reported.pk), by=officer, reason="offends"
        )

    def _call_meetings(self, coordinator):
        """A meeting at each point of its way, called by the ministry's coordinator."""
        where = coordinator.memberships.get().institution
        self.meeting = calendar.announced_for(coordinator, where)
        self.meeting_draft = calendar.draft(coordinator, where)
        self.meeting_proposed = calendar.proposed(coordinator, where)
        self.meeting_file = MeetingFile.objects.create(
            meeting=self.meeting, file=self.attachment.file, name="plan.png", audience="registered"
        )
        self.meeting_task = FollowUpTask.objects.create(meeting=self.meeting, text="A task", due=timezone.localdate())

    @staticmethod
    def _attach(draft, officer):
        upload = SimpleUploadedFile("report.png", PNG, content_type="image/png")
        portfolio.attach(draft, upload, by=officer, kind="study")
        attachment = draft.attachments.get()
        attachment.file.scan_state = "clean"
        attachment.file.save()
        return attachment


class World:
    """Everything the walk needs; built once."""

    def __init__(self):
        self._build_people()
        self.own = Side(self.people["officer"], self.agency, self.people["coordinator"])
        peru, office = self._side_of("PE")
        self.foreign = Side(
            factories.person(roles=[(Role.OFFICER, peru)]),
            peru,
            factories.person(roles=[(Role.COORDINATOR, office)]),
        )
        token = "a-link-that-only-one-mailbox-has"
        Invitation.objects.filter(pk=self.own.invitation.pk).update(digest=invitations.digest(token))
        self.token = token
        self.notices = {role: self._notice(self.people.get(role)) for role in ROLES}
        self.stranger = factories.person(roles=[(Role.OFFICER, peru)])
        self.notices["stranger"] = self._notice(self.stranger)
        self.members = {role: self._membership(self.people.get(role)) for role in ROLES}
        self.clients = {role: self._client(role) for role in ROLES}
        User.objects.filter(pk=self.people["suspended"].pk).update(is_active=False, suspended_at=timezone.now())

    def _side_of(self, country: str):
        office = factories.institution(country)
        return factories.institution(country, InstitutionKind.AGENCY, endorsed_by=office), office

    def _build_people(self):
        self.agency, ministry = self._side_of("CL")
        oas = factories.institution(None, InstitutionKind.INTERNATIONAL)
        ilo = Institution.objects.get(key="I054")  # it keeps the Table
        cosate = factories.institution(None, InstitutionKind.WORKERS)
        roles = {
            "signed_in": [],  # the walk gives this one no role
            "officer": [(Role.OFFICER, self.agency)],
            "coordinator": [(Role.COORDINATOR, ministry)],
            "foreign_officer": [(Role.OFFICER, factories.institution("BR"))],
            "reviewer": [(Role.REVIEWER, oas)],
            "administrator": [(Role.ADMINISTRATOR, oas)],
            "table_editor": [(Role.TABLE_EDITOR, ilo)],
            "moderator": [(Role.MODERATOR, oas)],
            "partner": [(Role.PARTNER, cosate)],
            "suspended": [(Role.OFFICER, self.agency)],
            "former": [],
        }
        self.people = {role: factories.person(roles=held) for role, held in roles.items()}
        long_ago = timezone.localdate() - timedelta(days=400)
        factories.membership(
            self.people["former"], Role.OFFICER, self.agency, starts_on=long_ago, ends_on=long_ago + timedelta(days=99)
        )

    def _client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role in self.people:
            client.force_login(self.people[role])
            session = client.session  # as if the password had been given a moment ago, however long the walk takes
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() + A_DAY}]
            session[USER_KEY] = user_id_to_str(self.people[role])
            session.save()
        return client

    @staticmethod
    def _notice(person):
        return person and Notice.objects.create(
            recipient=person, kind="accounts.membership_ended", key="walk", params={"institution": "x"}
        )

    @staticmethod
    def _membership(person):
        return person and (person.memberships.first() or factories.membership(person, Role.PARTNER))

    def side(self, own: bool) -> Side:
        return self.own if own else self.foreign

    def whose(self, role: str, own: bool) -> str:
        """Whose thing the address names: one's own, or a stranger's; a visitor's own is somebody's."""
        return role if own and role in self.people else "signed_in" if own else "stranger"

    def key(self, role: str, own: bool) -> Authenticator:
        """A security key, made when it is asked for: other pages would try to read it."""
        person = self.people.get(self.whose(role, own), self.stranger)
        data = {"name": "A key", "credential": {"clientExtensionResults": {}}}
        return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
