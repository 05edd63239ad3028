"""How each address with an object is filled in, for the own side and the foreign one."""

from django.urls import reverse

from experts.services.people import confirming
from experts.services.people.invitations import token_of
from forums.telling import stop_path
from meetings.links import token_of as calendar_token
from meetings.models import CalendarKey
from network.models import Country, Institution
from review.models import Event, KindSetting, Seal
from taxonomy.models import Area, ProgramCategory, ProjectType, Theme


def _member(w, role, own):
    name = w.whose(role, own)
    row = w.members.get(name) or w.stranger.memberships.get()
    return {"pk": row.pk}


ARGUMENTS = {
    "permanent": lambda w, r, own: {"permanent_id": w.side(own).program.permanent_id},
    "sitemap_part": lambda w, r, own: {"part": "pages"},
    "mailbox_mail": lambda w, r, own: {"pk": 1},
    "home:room_answer": lambda w, r, own: {"slug": w.side(own).room.slug},
    "home:notice": lambda w, r, own: {"pk": w.notices[w.whose(r, own)].pk},
    "account_confirm_email": lambda w, r, own: {"key": "no-such-key"},
    "account_reset_password_from_key": lambda w, r, own: {"uidb36": "1", "key": "no-such-key"},
    "mfa_remove_webauthn": lambda w, r, own: {"pk": w.key(r, own).pk},
    "mfa_edit_webauthn": lambda w, r, own: {"pk": w.key(r, own).pk},
    "accounts:leave": _member,
    "accounts:end_membership": lambda w, r, own: {"pk": w.side(own).colleague.memberships.get().pk},
    "accounts:endorsement": lambda w, r, own: {"pk": w.side(own).institution.endorsed_by_id},
    "accounts:request": lambda w, r, own: {"pk": w.side(own).request.pk},
    "accounts:revoke_invitation": lambda w, r, own: {"pk": w.side(own).invitation.pk},
    "accounts:accept_invitation": lambda w, r, own: {"token": w.token},
    "catalogue:country": lambda w, r, own: {"iso2": "CL"},
    "catalogue:theme": lambda w, r, own: {"code": "LAB-1"},
    "catalogue:area": lambda w, r, own: {"code": "LAB"},
    "api:programs": lambda w, r, own: {"permanent_id": w.side(own).record.permanent_id},
    "api:portfolio": lambda w, r, own: {"permanent_id": w.side(own).program.permanent_id},
    "api:experts": lambda w, r, own: {"permanent_id": w.side(own).expert.permanent_id},
    "api:list": lambda w, r, own: {"name": "themes"},
    "api:country": lambda w, r, own: {"iso2": "CL"},
    "api:institution": lambda w, r, own: {"pk": w.side(own).institution.pk},
    "portfolio:export": lambda w, r, own: {"format": "csv"},
    "programs:record": lambda w, r, own: {"slug": w.side(own).record.slug},
    "programs:export": lambda w, r, own: {"format": "xml"},
    "experts:profile": lambda w, r, own: {"slug": w.side(own).expert.slug},
    "experts:write": lambda w, r, own: {"slug": w.side(own).expert.slug},
    "experts:written": lambda w, r, own: {"slug": w.side(own).expert.slug},
    "experts:invitation": lambda w, r, own: {"token": token_of(w.side(own).expert_invitation)},
    "experts:revoke_invitation": lambda w, r, own: {"pk": w.side(own).expert_invitation.pk},
    "experts:confirm": lambda w, r, own: {"token": confirming.token_of(w.side(own).expert)},
    "experts:export": lambda w, r, own: {"format": "json"},
    **{
        f"forums:{name}": lambda w, r, own: {"slug": w.side(own).room.slug}
        for name in (
            "room",
            "room_messages",
            "room_transcript",
            "room_post",
            "room_edit",
            "room_summary",
        )
    },
    "forums:room_call_off": lambda w, r, own: {"slug": w.side(own).empty_room.slug},
    "forums:room_hide": lambda w, r, own: {"slug": w.side(own).room.slug, "seq": 1},
    "forums:room_report": lambda w, r, own: {"slug": w.side(own).room.slug, "seq": 2},
    "forums:my_room_report": lambda w, r, own: {"pk": w.side(own).message_report.pk},
    "portfolio:published_file": lambda w, r, own: {"pk": (w.own.public_file if own else w.foreign.hidden_file).pk},
    "portfolio:submission": lambda w, r, own: {"pk": w.side(own).sent.pk},
    "portfolio:print": lambda w, r, own: {"pk": w.side(own).sent.pk},
    "portfolio:pdf": lambda w, r, own: {"pk": w.side(own).sent.pk},
    "portfolio:withdraw": lambda w, r, own: {"pk": w.side(own).sent.pk},
    "portfolio:again": lambda w, r, own: {"pk": w.side(own).sent.pk},
    "portfolio:endorse": lambda w, r, own: {"pk": w.side(own).waiting.pk},
    "portfolio:section": lambda w, r, own: {"pk": w.side(own).draft.pk, "key": "I"},
    "portfolio:program": lambda w, r, own: {"pk": w.side(own).program.pk},
    "portfolio:correct": lambda w, r, own: {"pk": w.side(own).program.pk},
    "portfolio:attachment": lambda w, r, own: {"pk": w.side(own).attachment.pk},
    "portfolio:describe": lambda w, r, own: {"pk": w.side(own).attachment.pk},
    "admin:view_on_site": lambda w, r, own: {"content_type_id": 1, "object_id": 1},
    "admin:app_list": lambda w, r, own: {"app_label": "taxonomy"},
}
for _name in ("record", "enquiry", "enquiry_sent"):
    ARGUMENTS[f"portfolio:{_name}"] = lambda w, r, own: {"slug": w.side(own).program.slug}
for _name in ("tasklist", "presence", "attach", "check", "submit", "discard"):
    ARGUMENTS[f"portfolio:{_name}"] = lambda w, r, own: {"pk": w.side(own).draft.pk}
for _name in ("edit", "check", "rebase", "discard"):
    ARGUMENTS[f"programs:proposal_{_name}"] = lambda w, r, own: {"pk": w.side(own).proposal.pk}
for _name in ("proposal", "proposal_withdraw"):
    ARGUMENTS[f"programs:{_name}"] = lambda w, r, own: {"pk": w.side(own).proposed.pk}
for _name in ("import", "import_progress", "import_report", "import_file", "import_discard"):
    ARGUMENTS[f"programs:{_name}"] = lambda w, r, own: {"pk": w.side(own).batch.pk}
ARGUMENTS["programs:proposal_correct"] = lambda w, r, own: {"permanent_id": w.side(own).record.permanent_id}
for _name in ("item", "file"):
    ARGUMENTS[f"library:{_name}"] = lambda w, r, own: {"slug": w.side(own).item.slug}
for _name in ("edit", "check", "rebase", "discard", "attach", "file"):
    ARGUMENTS[f"library:proposal_{_name}"] = lambda w, r, own: {"pk": w.side(own).item_draft.pk}
for _name in ("proposal", "proposal_withdraw"):
    ARGUMENTS[f"library:{_name}"] = lambda w, r, own: {"pk": w.side(own).item_sent.pk}
ARGUMENTS |= {
    "library:export": lambda w, r, own: {"format": "csv"},
    "library:cite": lambda w, r, own: {"slug": w.side(own).item.slug, "format": "bib"},
    "library:proposal_correct": lambda w, r, own: {"permanent_id": w.side(own).item.permanent_id},
    "api:library": lambda w, r, own: {"permanent_id": w.side(own).item.permanent_id},
}
for _name, _what in (
    ("offer", "offer"), ("request_file", "question_file"), ("request_detach", "draft_file"), ("request", "question"),
    ("request_form", "question_draft"), ("request_choose", "question_open"), ("request_withdraw", "question_open"),
    ("request_close", "question"), ("request_back", "question"), ("kept_text", "question_closed"),
    ("request_consent", "question_closed"),
):  # fmt: skip
    ARGUMENTS[f"experts:{_name}"] = lambda w, r, own, what=_what: {"pk": getattr(w.side(own), what).pk}
ARGUMENTS["api:answers"] = lambda w, r, own: {"permanent_id": w.side(own).answer.permanent_id}
ARGUMENTS["experts:answer"] = lambda w, r, own: {"slug": w.side(own).answer.slug}
for _name in ("forum", "new", "read", "members"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: {"forum": w.side(own).forum.slug}
for _name in ("topic", "reply"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: w.side(own).in_topic
for _name in ("post", "history", "edit", "remove", "useful", "accept"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: {**w.side(own).in_topic, "place": 2}
ARGUMENTS["forums:file"] = lambda w, r, own: {**w.side(own).in_topic, "pk": w.side(own).post_file.pk}
ARGUMENTS["forums:leave"] = lambda w, r, own: {"forum": w.side(own).forum.slug, "pk": w.side(own).forum_member.pk}
ARGUMENTS["forums:draft_file"] = lambda w, r, own: {"pk": w.side(own).forum_draft_file.pk}
ARGUMENTS["forums:draft_discard"] = lambda w, r, own: {"pk": w.side(own).forum_draft_file.draft_id}
for _name in ("proposal", "proposal_new", "position", "proposal_withdraw", "proposal_summary", "watch_topic"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: {
        "forum": w.side(own).consensus.topic.forum.slug, "topic": w.side(own).consensus.topic.slug,
    }  # fmt: skip
ARGUMENTS["forums:position_words"] = lambda w, r, own: {"pk": w.side(own).stand.pk}
for _name in ("feed", "watch_forum"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: {"forum": w.side(own).consensus.topic.forum.slug}
ARGUMENTS |= {
    "forums:watch_change": lambda w, r, own: {"pk": w.side(own).watch.pk},
    "forums:stop": lambda w, r, own: {
        "token": stop_path(w.side(own).watch.user_id, w.side(own).watch.pk).split("/")[-2]
    },
    "api:rooms": lambda w, r, own: {"permanent_id": w.side(own).room.permanent_id},
    "api:topics": lambda w, r, own: {"permanent_id": w.side(own).consensus.topic.permanent_id},
}
for _name in ("moderate", "move", "merge", "split"):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own: {"pk": w.side(own).judged.pk}
for _name, _what in (
    ("hide", "judged_post"),
    ("show", "hidden_post"),
    ("my_post", "hidden_post"),
    ("my_report", "report"),
):
    ARGUMENTS[f"forums:{_name}"] = lambda w, r, own, what=_what: {"pk": getattr(w.side(own), what).pk}
ARGUMENTS["forums:report"] = lambda w, r, own: {
    "forum": w.side(own).judged.forum.slug, "topic": w.side(own).judged.slug, "place": 1,
}  # fmt: skip

# --- the calendar
for _name in ("meeting", "meeting_planner", "invitation", "register", "leave"):
    ARGUMENTS[f"meetings:{_name}"] = lambda w, r, own: {"slug": w.side(own).meeting.slug}
for _name in ("edit", "cancel", "people", "documents", "after"):
    ARGUMENTS[f"meetings:organise_{_name}"] = lambda w, r, own: {"pk": w.side(own).meeting.pk}
for _name, _what in (("discard", "meeting_draft"), ("take_back", "meeting_proposed"), ("file", "meeting_file"),
                     ("detach", "meeting_file"), ("task", "meeting_task"), ("remove_task", "meeting_task")):  # fmt: skip
    ARGUMENTS[f"meetings:organise_{_name}"] = lambda w, r, own, what=_what: {"pk": getattr(w.side(own), what).pk}
ARGUMENTS |= {
    "meetings:file": lambda w, r, own: {"slug": w.side(own).meeting.slug, "pk": w.side(own).meeting_file.pk},
    "meetings:finish_task": lambda w, r, own: {"pk": w.side(own).meeting_task.pk},
    "meetings:own_ics": lambda w, r, own: {
        "token": calendar_token(CalendarKey.objects.get_or_create(user=w.people["officer"])[0])
    },
    "api:meetings": lambda w, r, own: {"permanent_id": w.side(own).meeting.permanent_id},
}

ADMIN_OBJECTS = {
    "network.country": lambda w: Country.objects.first(),
    "network.institution": lambda w: Institution.objects.first(),
    "network.user": lambda w: w.people["officer"],
    "network.membership": lambda w: w.people["officer"].memberships.get(),
    "taxonomy.area": lambda w: Area.objects.first(),
    "taxonomy.theme": lambda w: Theme.objects.first(),
    "taxonomy.programcategory": lambda w: ProgramCategory.objects.first(),
    "taxonomy.projecttype": lambda w: ProjectType.objects.first(),
    "review.case": lambda w: w.own.sent.case,
    "portfolio.consolidatedprogram": lambda w: w.own.program,
    "portfolio.submission": lambda w: w.own.sent,
    "experts.advicerequest": lambda w: w.own.question,
    "programs.project": lambda w: w.own.record,
    "programs.importbatch": lambda w: w.own.batch,
    "experts.expert": lambda w: w.own.expert,
    "experts.expertinvitation": lambda w: w.own.expert_invitation,
    "library.libraryitem": lambda w: w.own.item,
    "meetings.meeting": lambda w: w.own.meeting,
    "review.event": lambda w: Event.objects.first(),
    "review.seal": lambda w: Seal.objects.get_or_create(last_event=0, streams=0, hash="0" * 64)[0],
    "review.kindsetting": lambda w: KindSetting.objects.get_or_create(kind="portfolio.submission")[0],
    "notifications.delivery": lambda w: w.notices["officer"].deliveries.get_or_create(channel="email")[0],
    "files.storedfile": lambda w: w.own.attachment.file,
    "forums.forum": lambda w: w.own.judged.forum,
}


def address(world, name: str, path: str, pattern, role: str, own: bool) -> str:
    """The address to ask for."""
    if path.startswith("admin/"):
        return _admin_address(world, name, path)
    if name in ("healthz", "readyz"):
        return f"/{name}"
    if name == "api:missing":
        return "/api/v1/nothing/here"
    if "<" in path and name not in ARGUMENTS:
        raise LookupError(f"tests/access/addresses.py does not say how to fill in {name}")
    return reverse(name, kwargs=ARGUMENTS[name](world, role, own) if name in ARGUMENTS else None)


def _admin_address(world, name: str, path: str) -> str:
    if path == "admin/(?P<url>.*)$":
        return "/admin/no/such/page/"
    if name in ARGUMENTS:
        return reverse(name, kwargs=ARGUMENTS[name](world, "", True))
    if "<" not in path:
        return f"/{path}"
    app, model = path.split("/")[1:3]
    row = world.own.waiting if path.endswith("/proceed/") else ADMIN_OBJECTS[f"{app}.{model}"](world)
    return "/" + path.replace("<path:object_id>", str(row.pk)).replace("<pk>", str(row.pk)).replace(
        "<int:pk>", str(row.pk)
    )
