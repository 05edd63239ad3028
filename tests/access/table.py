"""Who gets what at which address. One line for each; the walk fails on an address that has none.

A line says, for each role, the class of the answer at an object of the own side (Chile) and at a foreign one (Peru):
    yes    let in: a page, a file, a redirect further on, or an answer to what was sent (400, 409, 410, 422)
    login  sent to sign in
    no     403: may see that it is there, may not do it; the page says why
    none   404, with the body of a page that does not exist
docs/permissions.md is written from it: python -m tests.access.matrix
"""

from dataclasses import dataclass, field, replace

ROLES = (
    "visitor", "signed_in", "officer", "coordinator", "foreign_officer", "reviewer", "administrator", "table_editor",
    "moderator", "partner", "suspended", "former",
)  # fmt: skip
WORDS = {
    "visitor": "Visitor",
    "signed_in": "Signed in, no role",
    "officer": "Officer (agency, Chile)",
    "coordinator": "Coordinator (ministry, Chile)",
    "foreign_officer": "Officer (Brazil)",
    "reviewer": "Reviewer",
    "administrator": "Network administrator",
    "table_editor": "Table editor",
    "moderator": "Moderator",
    "partner": "Partner",
    "suspended": "Suspended",
    "former": "Former member (agency, Chile)",
}
OUTSIDE = ("visitor", "suspended")
STAFF = ("reviewer", "administrator", "table_editor")


@dataclass(frozen=True)
class Line:
    """What each role gets; `foreign` only where the address names an object, `post` where sending differs from reading."""

    own: dict
    foreign: dict | None = None
    post: dict | None = None
    post_foreign: dict | None = None
    data: dict = field(default_factory=dict)
    note: str = ""


def only(*roles, otherwise="none", outside="login") -> dict:
    """These roles are let in."""
    return {role: "yes" if role in roles else outside if role in OUTSIDE else otherwise for role in ROLES}


def also(base: dict, answer: str, *roles) -> dict:
    """The same, except for these roles."""
    return {**base, **dict.fromkeys(roles, answer)}


ALL = dict.fromkeys(ROLES, "yes")
NOBODY = dict.fromkeys(ROLES, "none")
SIGNED_IN = only(*[role for role in ROLES if role not in OUTSIDE])
NOBODY_INSIDE = only()
AUTHORS = only("officer")  # the institution itself; the ministry that endorses sees a form once it was sent
INSTITUTION = only("officer", "coordinator")
INSTITUTION_AND_OAS = only("officer", "coordinator", "reviewer", "administrator")
OAS = only("reviewer", "administrator")
INSIDE_ITS_COUNTRY = only("officer", "coordinator", otherwise="no")
KEEPERS = only("administrator", "table_editor", otherwise="no")  # an editor of the institution that keeps the Table
INVITES = only("officer", "coordinator", "foreign_officer", "administrator")
OAS_AND_EDITORS = only("reviewer", "administrator", "table_editor")
WROTE_AND_OAS = only("officer", "reviewer", "administrator")
PROPOSES = also(
    only(*[role for role in ROLES if role not in OUTSIDE]), "no", "former"
)  # the walk's signed-in person is a partner
IMPORT_SEEN = also(OAS_AND_EDITORS, "yes", "officer")
QUESTION = only("officer", "administrator")
CALLS = only("coordinator", "administrator", otherwise="no")
ORGANISES = only("coordinator", "administrator")
ORGANISES_ALL = only("administrator")
ASKED_IT = also(QUESTION, "no", "administrator")
ASKED_ELSEWHERE = also(NOBODY_INSIDE, "no", "administrator")
IN_THE_FORUM = only(
    "officer", "administrator", "moderator"
)  # by invitation: who was invited, and who moderates everything
READS_FORUM = also(IN_THE_FORUM, "none", *OUTSIDE)
MODERATES_ALL = only("administrator", "moderator")
READS_ANY_FORUM = also(MODERATES_ALL, "none", *OUTSIDE)
OWN_DRAFT = only("officer")
ROOM = only("officer", "administrator", outside="none")
ROOM_ELSEWHERE = only("administrator", outside="none")

TABLE: dict[str, Line] = {
    # --- the portal itself
    "root": Line(ALL),
    "healthz": Line(ALL),
    "readyz": Line(ALL),
    "metrics": Line(ALL, note="From this machine or with the operator's token; 404 to all others (its own test)."),
    "robots": Line(ALL),
    "security_txt": Line(ALL),
    "sitemap": Line(ALL),
    "sitemap_part": Line(ALL),
    "permanent": Line(ALL, foreign=ALL),
    "mailbox": Line(NOBODY, note="Demonstration mode only; there, open to all."),
    "mailbox_mail": Line(NOBODY, note="Demonstration mode only; there, open to all."),
    "home:index": Line(ALL),
    "home:about": Line(ALL),
    "home:privacy": Line(ALL),
    "home:terms": Line(ALL),
    "home:accessibility": Line(ALL),
    "home:contact": Line(ALL),
    "home:contact_sent": Line(ALL),
    "home:search": Line(ALL),
    "home:search_feed": Line(ALL),
    "home:room_answer": Line(
        also(only("officer", "administrator"), "no", "officer", "administrator"), foreign=also(NOBODY_INSIDE, "no", "administrator"),
        note="When the room has closed (its own test).",
    ),
    "home:desk": Line(SIGNED_IN),
    "home:notices": Line(SIGNED_IN),
    "home:notices_read": Line(SIGNED_IN),
    "home:notice": Line(SIGNED_IN, foreign=NOBODY_INSIDE, note="One's own notices."),
    # --- signing in (allauth)
    "account_login": Line(ALL),
    "account_logout": Line(ALL),
    "account_inactive": Line(ALL),
    "account_signup": Line(ALL),
    "account_reauthenticate": Line(SIGNED_IN),
    "account_email": Line(SIGNED_IN),
    "account_email_verification_sent": Line(ALL),
    "account_change_password": Line(SIGNED_IN),
    "account_set_password": Line(SIGNED_IN),
    "account_reset_password": Line(ALL),
    "account_confirm_login_code": Line(only(*[r for r in ROLES if r not in OUTSIDE]), note="Not used: there are no codes by mail."),
    "account_confirm_email": Line(ALL, post=NOBODY, note="With a link that is not known: a page that says so."),
    "account_reset_password_from_key_done": Line(ALL),
    "account_reset_password_from_key": Line(ALL),
    "account_reset_password_done": Line(ALL),
    "mfa_index": Line(SIGNED_IN),
    "mfa_authenticate": Line(SIGNED_IN),
    "mfa_reauthenticate": Line(SIGNED_IN),
    "mfa_activate_totp": Line(SIGNED_IN),
    "mfa_deactivate_totp": Line(NOBODY_INSIDE, note="Only with an application set up (its own test)."),
    "mfa_view_recovery_codes": Line(NOBODY_INSIDE, note="Only with codes made (its own test)."),
    "mfa_generate_recovery_codes": Line(SIGNED_IN),
    "mfa_download_recovery_codes": Line(NOBODY_INSIDE, note="Only with codes made (its own test)."),
    "mfa_list_webauthn": Line(SIGNED_IN),
    "mfa_add_webauthn": Line(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Line(SIGNED_IN),
    "mfa_remove_webauthn": Line(SIGNED_IN, foreign=NOBODY_INSIDE, note="One's own keys."),
    "mfa_edit_webauthn": Line(SIGNED_IN, foreign=NOBODY_INSIDE, note="One's own keys."),
    # --- one's own account, members, invitations
    "accounts:profile": Line(SIGNED_IN),
    "accounts:export": Line(SIGNED_IN),
    "accounts:erase": Line(SIGNED_IN),
    "accounts:leave": Line(
        also(SIGNED_IN, "no", "administrator", "former"),
        foreign=NOBODY_INSIDE,
        note="One's own roles; an administrator's is ended by another administrator.",
    ),
    "accounts:request_role": Line(SIGNED_IN),
    "accounts:withdraw_request": Line(NOBODY_INSIDE, note="Only with a request that waits (its own test)."),
    "accounts:members": Line(only("coordinator")),
    "accounts:end_membership": Line(only("coordinator"), foreign=NOBODY_INSIDE),
    "accounts:endorsement": Line(only("coordinator"), foreign=NOBODY_INSIDE, data={"endorsement": "on"}),
    "accounts:request": Line(only("coordinator"), foreign=NOBODY_INSIDE, data={"decision": "approve"}),
    "accounts:invitations": Line(only("administrator")),
    "accounts:invite": Line(only("coordinator", "administrator")),
    "accounts:revoke_invitation": Line(only("coordinator", "administrator"), foreign=only("administrator")),
    "accounts:accept_invitation": Line(
        ALL,
        post={**SIGNED_IN, **dict.fromkeys([r for r in ROLES if r not in OUTSIDE], "no"), "visitor": "yes", "suspended": "yes"},
        note="By the secret link; a person signed in with another address is refused.",
    ),
    # --- the read API: public records only, the same for everybody
    "api:index": Line(ALL),
    "api:schema": Line(ALL),
    "api:records": Line(ALL),
    "api:projects": Line(ALL),
    "api:programs": Line(ALL, foreign=ALL),
    "api:programmes": Line(ALL),
    "api:portfolio": Line(ALL, foreign=ALL),
    "api:expert_list": Line(ALL),
    "api:answer_list": Line(ALL),
    "api:answers": Line(ALL, foreign=ALL),
    "api:experts": Line(ALL, foreign=ALL),
    "api:literature": Line(ALL),
    "api:library": Line(ALL, foreign=ALL),
    "api:topic_list": Line(ALL),
    "api:topics": Line(ALL, foreign=NOBODY),
    "api:room_list": Line(ALL),
    "api:rooms": Line(NOBODY, foreign=NOBODY, note="Of public forums, which theirs is not."),
    "api:taxonomy": Line(ALL),
    "api:list": Line(ALL),
    "api:countries": Line(ALL),
    "api:country": Line(ALL),
    "api:institutions": Line(ALL),
    "api:institution": Line(ALL, foreign=ALL),
    "api:missing": Line(NOBODY, note="Anything else under /api/v1/."),
    # --- what both catalogues hold
    "catalogue:compare": Line(ALL),
    "catalogue:overview": Line(ALL),
    "catalogue:countries": Line(ALL),
    "catalogue:country": Line(ALL),
    "catalogue:themes": Line(ALL),
    "catalogue:theme": Line(ALL),
    "catalogue:area": Line(ALL),
    # --- the Portfolio, open to all
    "portfolio:list": Line(ALL),
    "portfolio:feed": Line(ALL),
    "portfolio:export": Line(ALL),
    "portfolio:record": Line(ALL, foreign=ALL),
    "portfolio:enquiry": Line(ALL, foreign=ALL),
    "portfolio:enquiry_sent": Line(ALL, foreign=ALL),
    "portfolio:published_file": Line(ALL, foreign=NOBODY, note="Own: marked as publishable; foreign: not marked, nobody gets it here."),
    # --- the Portfolio, the ministry's side
    "portfolio:submissions": Line(SIGNED_IN, note="Lists what one may see."),
    "portfolio:start": Line(only("officer", "coordinator", "foreign_officer", otherwise="no")),
    "portfolio:submission": Line(
        INSTITUTION_AND_OAS,
        foreign=OAS,
        post=also(INSTITUTION_AND_OAS, "no", "officer", "coordinator", "reviewer", "administrator"),
        post_foreign=also(OAS, "no", "reviewer", "administrator"),
        note="A submission that was sent; drafts stay inside the institution. Sending answers questions, if there are any.",
    ),
    "portfolio:tasklist": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:section": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:presence": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:attach": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:check": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:submit": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:withdraw": Line(also(INSTITUTION_AND_OAS, "no", "coordinator", "reviewer", "administrator"), foreign=also(NOBODY_INSIDE, "no", "reviewer", "administrator")),
    "portfolio:again": Line(
        also(INSTITUTION_AND_OAS, "no", "officer", "coordinator", "reviewer", "administrator"),
        foreign=also(NOBODY_INSIDE, "no", "reviewer", "administrator"), note="After a decline or a withdrawal (its own test).",
    ),
    "portfolio:discard": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:endorse": Line(INSTITUTION, foreign=NOBODY_INSIDE, post=also(INSTITUTION, "no", "officer")),
    "portfolio:print": Line(INSTITUTION_AND_OAS, foreign=OAS),
    "portfolio:pdf": Line(INSTITUTION_AND_OAS, foreign=OAS),
    "portfolio:attachment": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:describe": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:program": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "portfolio:correct": Line(AUTHORS, foreign=NOBODY_INSIDE),
    # --- the Table, open to all
    "programs:list": Line(ALL),
    "programs:feed": Line(ALL),
    "programs:record": Line(ALL, foreign=ALL),
    "programs:export": Line(ALL),
    # --- the Table, proposals of the countries
    "programs:proposals": Line(SIGNED_IN, note="Lists what one may see."),
    "programs:proposal_new": Line(only("officer", "coordinator", "foreign_officer", otherwise="no")),
    "programs:proposal_correct": Line(INSIDE_ITS_COUNTRY, foreign=only(otherwise="no"), note="A public record; corrected by its countries."),
    "programs:proposal": Line(
        also(INSTITUTION_AND_OAS, "yes", "table_editor"),
        foreign=only(*STAFF),
        post=also(INSTITUTION_AND_OAS, "no", "officer", "coordinator", *STAFF),
        post_foreign=also(OAS, "no", *STAFF),
        note="A proposal that was sent; drafts stay inside the institution. Sending answers questions, if there are any.",
    ),
    "programs:proposal_edit": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "programs:proposal_check": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "programs:proposal_rebase": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "programs:proposal_discard": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "programs:imports": Line(SIGNED_IN, note="Lists the files of one's own institutions."),
    "programs:import_new": Line(only("officer", "coordinator", "foreign_officer", otherwise="no")),
    "programs:import": Line(IMPORT_SEEN, foreign=OAS_AND_EDITORS, note="A file for the Table that a ministry handed in."),
    "programs:import_progress": Line(IMPORT_SEEN, foreign=OAS_AND_EDITORS),
    "programs:import_report": Line(IMPORT_SEEN, foreign=OAS_AND_EDITORS),
    "programs:import_file": Line(IMPORT_SEEN, foreign=OAS_AND_EDITORS),
    "programs:import_discard": Line(also(IMPORT_SEEN, "no", "reviewer"), foreign=also(OAS_AND_EDITORS, "no", "reviewer")),
    "programs:proposal_withdraw": Line(also(INSTITUTION_AND_OAS, "no", "coordinator", *STAFF), foreign=also(NOBODY_INSIDE, "no", *STAFF)),
    # --- the library
    "library:list": Line(ALL),
    "library:feed": Line(ALL),
    "library:item": Line(ALL, foreign=ALL),
    "library:export": Line(ALL),
    "library:cite": Line(ALL, foreign=ALL),
    "library:file": Line(ALL, foreign=NOBODY, note="A document whose licence lets the portal publish it; none elsewhere."),
    "library:proposals": Line(SIGNED_IN, note="Lists one's own."),
    "library:proposal_new": Line(PROPOSES, note="Anyone with a role, and the experts of the directory."),
    "library:proposal_correct": Line(PROPOSES, foreign=PROPOSES),
    "library:proposal": Line(
        WROTE_AND_OAS,
        foreign=OAS,
        post=also(WROTE_AND_OAS, "no", "officer", "reviewer", "administrator"),
        post_foreign=also(OAS, "no", "reviewer", "administrator"),
        note="A proposal once sent; before, its author alone.",
    ),
    "library:proposal_edit": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_attach": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_file": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_check": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_rebase": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_discard": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "library:proposal_withdraw": Line(
        also(WROTE_AND_OAS, "no", "reviewer", "administrator"), foreign=also(NOBODY_INSIDE, "no", "reviewer", "administrator")
    ),
    # --- proposals and positions, watching; own: in a public forum, opened by the officer; foreign: a forum by invitation
    "forums:proposal": Line(ALL, foreign=only("administrator", outside="none")),
    "forums:proposal_new": Line(only(otherwise="no"), foreign=also(NOBODY_INSIDE, "no", "administrator"), note="The topics of the walk carry one."),
    "forums:position": Line(also(SIGNED_IN, "no", "former"), foreign=only("administrator"), note="Not who is new and holds no role."),
    "forums:proposal_withdraw": Line(only("officer", "administrator", otherwise="no"), foreign=only("administrator")),
    "forums:proposal_summary": Line(only(otherwise="no"), foreign=also(NOBODY_INSIDE, "no", "administrator"), note="Once it has closed (its own test)."),
    "forums:feed": Line(ALL, foreign=NOBODY, note="Of public forums."),
    "forums:watch_forum": Line(SIGNED_IN, foreign=only("administrator")),
    "forums:watch_topic": Line(SIGNED_IN, foreign=only("administrator")),
    "forums:watching": Line(SIGNED_IN, note="Lists what one watches oneself."),
    "forums:watch_change": Line(only("officer"), foreign=NOBODY_INSIDE),
    "forums:stop": Line(ALL, foreign=ALL, note="By the signed link of a mail."),
    # --- the directory of experts, open to all
    # --- forums (the walk's stand open by invitation; those that everybody reads have their own tests)
    "forums:list": Line(ALL),
    "forums:search": Line(ALL),
    "forums:drafts": Line(SIGNED_IN),
    "forums:mentions": Line(SIGNED_IN),
    "forums:read_all": Line(SIGNED_IN, note="Sending only."),
    "forums:draft_file": Line(OWN_DRAFT, NOBODY_INSIDE),
    "forums:draft_discard": Line(OWN_DRAFT, NOBODY_INSIDE, note="Sending only."),
    "forums:forum": Line(READS_FORUM, READS_ANY_FORUM),
    "forums:topic": Line(READS_FORUM, READS_ANY_FORUM),
    "forums:post": Line(READS_FORUM, READS_ANY_FORUM),
    "forums:history": Line(READS_FORUM, READS_ANY_FORUM),
    "forums:file": Line(READS_FORUM, READS_ANY_FORUM),
    "forums:new": Line(IN_THE_FORUM, MODERATES_ALL),
    "forums:reply": Line(IN_THE_FORUM, MODERATES_ALL),
    "forums:edit": Line(IN_THE_FORUM, MODERATES_ALL),
    "forums:remove": Line(also(IN_THE_FORUM, "no", "administrator", "moderator"), also(MODERATES_ALL, "no", "administrator", "moderator"), note="Authors only: moderators hide."),
    "forums:useful": Line(also(IN_THE_FORUM, "no", "officer"), MODERATES_ALL, note="Sending only; never one's own."),
    "forums:accept": Line(IN_THE_FORUM, MODERATES_ALL, note="Sending only."),
    "forums:read": Line(IN_THE_FORUM, MODERATES_ALL, note="Sending only."),
    "forums:members": Line(IN_THE_FORUM, MODERATES_ALL),
    "forums:leave": Line(IN_THE_FORUM, MODERATES_ALL, note="Sending only."),
    "experts:list": Line(ALL),
    "experts:feed": Line(ALL),
    "experts:export": Line(ALL),
    "experts:profile": Line(ALL, foreign=ALL),
    "experts:write": Line(ALL, foreign=ALL),
    "experts:written": Line(ALL, foreign=ALL),
    # --- joining the directory, and one's own profile
    "experts:join": Line(SIGNED_IN),
    "experts:invitation": Line(ALL, foreign=ALL, note="By the secret link; taken up by whoever is signed in."),
    "experts:invitations": Line(INVITES),
    "experts:revoke_invitation": Line(only("officer", "administrator"), foreign=only("administrator")),
    "experts:confirm": Line(ALL, foreign=ALL, note="By the secret link of the yearly question."),
    "experts:me": Line(SIGNED_IN, note="One's own profile; without one, to the page on joining."),
    "experts:form": Line(SIGNED_IN),
    "experts:check": Line(SIGNED_IN),
    **dict.fromkeys(
        [f"experts:{name}" for name in (
            "withdraw", "discard", "correct", "availability", "shown", "pause", "come_back", "confirm_now", "leave",
        )],
        Line(NOBODY_INSIDE, note="One's own profile, if there is one (its own test)."),
    ),
    # --- questions to experts; whoever asked and the expert beside, and of the institution whoever holds a role there that asks
    "experts:requests": Line(SIGNED_IN, note="Lists what one may see."),
    "experts:request_new": Line(only("officer", "coordinator", "foreign_officer", "partner", "signed_in", otherwise="no"), note="The walk's signed-in person is a partner."),
    "experts:request_form": Line(AUTHORS, foreign=NOBODY_INSIDE, note="A draft is its author's alone."),
    "experts:request_detach": Line(AUTHORS, foreign=NOBODY_INSIDE),
    "experts:request": Line(
        QUESTION, foreign=only("administrator"), post=also(QUESTION, "no", "administrator"),
        post_foreign=also(NOBODY_INSIDE, "no", "administrator"), data={"text": "A word"},
        note="One that is not confidential; of a confidential one administrators see the clock alone (its own test).",
    ),
    "experts:request_file": Line(QUESTION, foreign=only("administrator")),
    "experts:request_choose": Line(QUESTION, foreign=only("administrator"), note="Whoever asked chooses the experts, or the OAS."),
    "experts:request_withdraw": Line(ASKED_IT, foreign=ASKED_ELSEWHERE),
    "experts:request_close": Line(ASKED_IT, foreign=ASKED_ELSEWHERE),
    "experts:request_back": Line(also(ASKED_IT, "no", "officer"), foreign=ASKED_ELSEWHERE, note="The expert who accepted (its own test)."),
    "experts:request_consent": Line(ASKED_IT, foreign=ASKED_ELSEWHERE),
    "experts:kept_text": Line(ASKED_IT, foreign=ASKED_ELSEWHERE),
    "experts:offer": Line(NOBODY_INSIDE, foreign=NOBODY_INSIDE, note="The expert who was asked (its own test)."),
    # --- the knowledge base, open to all
    "experts:answers": Line(ALL),
    "experts:answers_feed": Line(ALL),
    "experts:answer": Line(ALL, foreign=ALL),
    # --- the calendar, open to all as far as meetings are public
    "api:meeting_list": Line(ALL),
    "api:meetings": Line(ALL, foreign=ALL),
    "meetings:list": Line(ALL, note="Members see the members' meetings too (its own test)."),
    "meetings:feed": Line(ALL),
    "meetings:ics": Line(ALL),
    "meetings:planner": Line(ALL),
    "meetings:meeting": Line(ALL, foreign=ALL, note="A public one; one for members answers 404 to others (its own test)."),
    "meetings:meeting_planner": Line(ALL, foreign=ALL),
    "meetings:invitation": Line(ALL, foreign=ALL, note="How one joins is in it for those with a place alone (its own test)."),
    "meetings:file": Line(only("coordinator", "administrator", outside="none"), foreign=only("administrator", outside="none"), note="One for those who are registered, and organisers."),
    "meetings:register": Line(SIGNED_IN, foreign=SIGNED_IN),
    "meetings:leave": Line(NOBODY_INSIDE, foreign=NOBODY_INSIDE, note="Whoever registered (its own test)."),
    "meetings:own": Line(SIGNED_IN),
    "meetings:renew": Line(SIGNED_IN),
    "meetings:own_ics": Line(ALL, note="By the secret address of a person's own calendar."),
    "meetings:finish_task": Line(ORGANISES, foreign=ORGANISES_ALL, note="Whoever has the task, and organisers."),
    "meetings:organise": Line(CALLS),
    "meetings:organise_new": Line(CALLS),
    **dict.fromkeys(
        [f"meetings:organise_{name}" for name in ("edit", "cancel", "people", "documents", "after", "file", "detach", "task", "remove_task")],
        Line(ORGANISES, foreign=ORGANISES_ALL),
    ),
    "meetings:organise_discard": Line(ORGANISES, foreign=ORGANISES_ALL, note="A draft."),
    "meetings:organise_take_back": Line(ORGANISES, foreign=ORGANISES_ALL, note="One that the OAS has."),
    # --- live rooms: the forum is one by invitation, whose member and host the officer is
    "forums:rooms": Line(ALL, note="Lists what one may see."),
    "forums:rooms_feed": Line(ALL, note="Of public forums."),
    "forums:room_new": Line(only("officer", "administrator", otherwise="no"), note="Whoever organises a forum: the officer does."),
    "forums:room": Line(ROOM, foreign=ROOM_ELSEWHERE, note="Whoever reads the forum reads its rooms."),
    "forums:room_messages": Line(ROOM, foreign=ROOM_ELSEWHERE),
    "forums:room_transcript": Line(ROOM, foreign=ROOM_ELSEWHERE),
    "forums:room_post": Line(only("officer", "administrator"), foreign=only("administrator"), data={"text": "A word"}),
    "forums:room_hide": Line(only("officer", "administrator"), foreign=only("administrator"), data={"reason": "A reason"}),
    "forums:room_report": Line(only("officer", "administrator"), foreign=only("administrator")),
    "forums:room_edit": Line(only("officer", "administrator"), foreign=only("administrator")),
    "forums:room_call_off": Line(only("officer", "administrator"), foreign=only("administrator"), data={"reason": "A reason"}),
    "forums:room_summary": Line(only("officer", "administrator"), foreign=only("administrator"), data={"summary": "A word"}),
}  # fmt: skip

# --- moderation of the forums: own side a public forum, foreign side one by invitation
MODERATES = only("administrator", "moderator", otherwise="no")
TABLE |= {
    f"forums:{name}": Line(MODERATES, MODERATES_ALL, note="Organisers too, in their own forum (its own tests).")
    for name in ("moderate", "move", "merge", "split", "hide", "position_words")
}
TABLE |= {
    "forums:show": Line(also(MODERATES_ALL, "no", "officer"), MODERATES_ALL, note="A hidden post is seen by its author and by who moderates."),
    "forums:report": Line(SIGNED_IN, MODERATES_ALL),
    "forums:my_post": Line(only("officer"), NOBODY_INSIDE, post=also(dict.fromkeys(ROLES, "405"), "login", *OUTSIDE), note="One's own."),
    "forums:my_report": Line(only("officer"), NOBODY_INSIDE, post=also(dict.fromkeys(ROLES, "405"), "login", *OUTSIDE), note="One's own."),
    "forums:my_room_report": Line(only("officer"), NOBODY_INSIDE, post=also(dict.fromkeys(ROLES, "405"), "login", *OUTSIDE), note="One's own."),
}  # fmt: skip

# --- the admin: which roles view, add, change, delete; everybody else signed in gets 403
BEHIND = (*STAFF, "moderator")
ADMIN_DOOR = only(*BEHIND, otherwise="no")
ADMIN_MODELS: dict[str, dict[str, tuple[str, ...]]] = {
    "network.country": {"view": STAFF, "change": ("administrator",)},
    "network.institution": {"view": STAFF, "change": ("administrator",), "add": ("administrator",)},
    "network.user": {"view": ("administrator",), "change": ("administrator",)},
    "network.membership": {"view": ("administrator",), "change": ("administrator",), "add": ("administrator",)},
    "taxonomy.area": {"view": STAFF, "change": ("administrator",)},
    "taxonomy.theme": {"view": STAFF, "change": ("administrator",)},
    "taxonomy.programcategory": {"view": STAFF, "change": ("administrator",)},
    "taxonomy.projecttype": {"view": STAFF, "change": ("administrator",), "add": ("administrator",)},
    "review.case": dict.fromkeys(("view", "change"), ("reviewer", "administrator")),
    "portfolio.consolidatedprogram": {"view": ("reviewer", "administrator"), "scoped": ("table_editor",)},
    "portfolio.submission": {"view": ("reviewer", "administrator"), "scoped": ("table_editor",)},
    "programs.project": dict.fromkeys(("view", "add", "change"), ("administrator", "table_editor")),
    "library.libraryitem": {
        "view": ("reviewer", "administrator"),
        "add": ("administrator",),
        "change": ("administrator",),
    },
    "meetings.meeting": {"view": ("administrator",)},
    "programs.importbatch": {"view": STAFF, "add": ("administrator", "table_editor")},
    "experts.expert": {"view": ("reviewer", "administrator")},
    "experts.expertinvitation": {"view": ("administrator",)},
    "experts.advicerequest": {"view": ("administrator",)},
    "review.event": {"view": ("administrator",)},
    "review.seal": {"view": ("administrator",)},
    "review.kindsetting": {"view": ("administrator",), "change": ("administrator",)},
    "notifications.delivery": {"view": ("administrator",)},
    "forums.forum": dict.fromkeys(("view", "add", "change"), ("administrator",)),
    "files.storedfile": {"view": ("administrator",)},
}
ADMIN: dict[str, Line] = {
    "admin:index": Line(ADMIN_DOOR),
    "admin:login": Line(ADMIN_DOOR),
    "admin:logout": Line(ADMIN_DOOR),
    "admin:password_change": Line(ADMIN_DOOR),
    "admin:password_change_done": Line(ADMIN_DOOR),
    "admin:jsi18n": Line(ADMIN_DOOR),
    "admin:autocomplete": Line(also(ADMIN_DOOR, "no", *BEHIND), note="Asked without a model nobody gets anything; with one, whoever views it."),
    "admin:view_on_site": Line(also(ADMIN_DOOR, "none", *BEHIND), note="No model has a page of its own there."),
    "admin:app_list": Line(ADMIN_DOOR),
    "admin:experts_advicerequest_overview": Line(only("administrator", otherwise="no")),
    "admin:portfolio_submission_awaiting": Line(only("administrator", otherwise="no")),
    "admin:portfolio_submission_proceed": Line(also(ADMIN_DOOR, "no", *BEHIND), note="Administrators, once the endorsing ministry was silent for 14 days (its own test)."),
    "admin:programs_project_custody": Line(KEEPERS, post=only("administrator", otherwise="no")),
    "admin:programs_importbatch_progress": Line(ADMIN_DOOR),
    "admin:programs_importbatch_report": Line(ADMIN_DOOR),
    "admin:programs_importbatch_file": Line(ADMIN_DOOR),
    "admin:programs_importbatch_tick": Line(KEEPERS, note="Sending only."),
    "admin:programs_importbatch_apply": Line(KEEPERS),
    "admin:programs_importbatch_discard": Line(KEEPERS),
    "admin:programs_project_merge": Line(KEEPERS),
    "admin:programs_project_retire": Line(KEEPERS),
    "admin:programs_project_take_out": Line(KEEPERS),
    "admin:programs_project_put_back": Line(KEEPERS, post=also(KEEPERS, "no", "administrator", "table_editor"), note="Sending needs a record that was taken out."),
    "admin:programs_project_confirm": Line(KEEPERS),
    "admin:library_libraryitem_merge": Line(only("administrator", otherwise="no")),
    "admin:library_libraryitem_retire": Line(only("administrator", otherwise="no")),
    "admin:forums_forum_dormant": Line(only("administrator", otherwise="no")),
    "admin:forums_forum_act": Line(only("administrator", otherwise="no")),
    "admin:forums_forum_merge": Line(only("administrator", otherwise="no")),
    "admin:": Line(also(ADMIN_DOOR, "none", *BEHIND), note="Anything else under /admin/."),
}  # fmt: skip


def admin_line(app: str, model: str, page: str) -> Line | None:
    """The line of a stock page of a model, from ADMIN_MODELS."""
    opens = ADMIN_MODELS.get(f"{app}.{model}")
    if opens is None:
        return None
    if page == "object":  # the bare address only leads on to the page of the object
        return Line(ADMIN_DOOR)
    action = page if page in ("add", "delete") else "view"
    post = only(*opens.get("change", ()), otherwise="no") if page == "change" else None
    line = only(*opens.get(action, ()), otherwise="no")
    if page == "history":  # asked first for the object, of which some see none
        line = also(line, "none", *opens.get("scoped", ()))
    return for_moderator(f"admin:{app}_{model}_{page}", Line(line, post=post))


# --- what moderators get where it differs from what the lines above say of those who have no part in it:
# address: (own side, foreign side), each as (reading, sending)
MODERATOR: dict[str, tuple[tuple[str, str] | None, tuple[str, str] | None]] = {
    "admin:app_list": (("none", "none"), None),
    "admin:meetings_meeting_change": (("yes", "no"), None),
    "admin:meetings_meeting_changelist": (("yes", "yes"), None),
    "admin:meetings_meeting_history": (("yes", "yes"), None),
    "admin:portfolio_consolidatedprogram_history": (("none", "none"), None),
    "admin:portfolio_submission_history": (("none", "none"), None),
    "admin:programs_importbatch_apply": (("none", "none"), None),
    "admin:programs_importbatch_change": (("none", "none"), None),
    "admin:programs_importbatch_discard": (("none", "none"), None),
    "admin:programs_importbatch_file": (("none", "none"), None),
    "admin:programs_importbatch_progress": (("none", "none"), None),
    "admin:programs_importbatch_report": (("none", "none"), None),
    "admin:programs_importbatch_tick": (("none", "none"), None),
    "admin:review_case_change": (("none", "none"), None),
    "admin:review_case_changelist": (("yes", "yes"), None),
    "forums:position": (None, ("yes", "yes")),
    "forums:proposal": (None, ("yes", "yes")),
    "forums:proposal_new": (None, ("no", "no")),
    "forums:proposal_summary": (None, ("no", "no")),
    "forums:proposal_withdraw": (("yes", "yes"), ("yes", "yes")),
    "forums:room": (("yes", "yes"), ("yes", "yes")),
    "forums:room_call_off": (("yes", "yes"), ("yes", "yes")),
    "forums:room_edit": (("yes", "yes"), ("yes", "yes")),
    "forums:room_hide": (("yes", "yes"), ("yes", "yes")),
    "forums:room_messages": (("yes", "yes"), ("yes", "yes")),
    "forums:room_new": (("yes", "yes"), None),
    "forums:room_post": (("yes", "yes"), ("yes", "yes")),
    "forums:room_report": (("yes", "yes"), ("yes", "yes")),
    "forums:room_summary": (("yes", "yes"), ("yes", "yes")),
    "forums:room_transcript": (("yes", "yes"), ("yes", "yes")),
    "forums:watch_forum": (None, ("yes", "yes")),
    "forums:watch_topic": (None, ("yes", "yes")),
    "home:room_answer": (("no", "no"), ("no", "no")),
    "meetings:file": (("yes", "yes"), ("yes", "yes")),
    "meetings:finish_task": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise": (("yes", "yes"), None),
    "meetings:organise_after": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_cancel": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_detach": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_discard": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_documents": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_edit": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_file": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_new": (("yes", "yes"), None),
    "meetings:organise_people": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_remove_task": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_task": (("yes", "yes"), ("yes", "yes")),
    "meetings:organise_take_back": (("yes", "yes"), ("yes", "yes")),
}


def for_moderator(name: str, line: Line) -> Line:
    """The line with what a moderator gets at the address."""
    own, foreign = MODERATOR.get(name, (None, None))
    changes = {}
    for side, sent, got in (("own", "post", own), ("foreign", "post_foreign", foreign)):
        if got is not None:
            read = getattr(line, side)
            changes[side] = also(read, got[0], "moderator")
            changes[sent] = also(getattr(line, sent) or read, got[1], "moderator")
    return replace(line, **changes)


TABLE = {name: for_moderator(name, line) for name, line in TABLE.items()}
ADMIN = {name: for_moderator(name, line) for name, line in ADMIN.items()}
