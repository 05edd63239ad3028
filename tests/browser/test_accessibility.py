"""Every page type in a real browser: no fault that axe can see, no sideways scrolling, within the budgets."""

import gzip
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalogue.models import Entry
from experts.demo import loading as experts_loading
from experts.models import Expert
from experts.services import invite_expert
from experts.services.people.confirming import token_of
from experts.services.people.invitations import token_of as invitation_token
from forums.models import Forum, Post, Proposal, Watch
from forums.services import closing, consensus, moderating, rooms
from forums.services.reporting import report_post
from forums.services.writing import edit_post, start_topic
from forums.telling import stop_path
from network import demo_loading
from network.models import Institution, User
from portfolio.demo import loading
from portfolio.models import ConsolidatedProgram, Submission
from programs.demo import loading as table_loading
from programs.models import ImportBatch, Project, ProjectRevision
from programs.services import imports
from review.models import Case
from tests import factories
from tests.experts import factories as advice
from tests.forums import factories as talking
from tests.forums import judging, talk
from tests.forums import room_factories as live

FIRST_VIEW_BYTES = 100_000
FIRST_VIEW_REQUESTS = 12
OUR_SCRIPT_BYTES = 40_000
AXE = Axe().axe_script
SECTIONS = ("I", "II", "III", "IV", "V", "VI", "VII", "criteria")


@pytest.fixture
def demonstration(desk, settings):
    """The portal as `make run` shows it."""
    settings.DEMO = True
    demo_loading.load("a password for this one test")
    loading.load()
    table_loading.load()
    experts_loading.load()
    return desk


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def slug(**where) -> str:
    return ConsolidatedProgram.objects.public().filter(**where).order_by("pk").first().slug


def table_slug(**where) -> str:
    return Project.objects.public().filter(**where).order_by("pk").first().slug


def of_the_portal(language: str) -> list[str]:
    """What a visitor opens."""
    offered = slug(sharing_commitment="yes")
    pages = [
        "", "about/", "privacy/", "terms/", "accessibility/", "contact/", "search/", "search/?q=empleo",
        "portfolio/", "portfolio/?category=SKL&country=MX", "portfolio/?q=xyzxyz", "portfolio/?year_from=nunca",
        f"portfolio/{offered}/", f"portfolio/{slug(registry_consent='')}/", f"portfolio/{offered}/enquiry/",
        "programs/", "programs/?type=POL&country=MX", "programs/?q=xyzxyz", "programs/?view=table", "programs/?view=table#filters",
        "programs/?view=table&q=xyzxyz", f"programs/{table_slug(is_demo=True)}/", f"programs/{table_slug(is_demo=False)}/",
        "experts/", "experts/#filters", "experts/?theme=LAB-6&speaks=es", "experts/?q=xyzxyz", "search/?kind=experts",
        "accounts/login/", "accounts/signup/", "accounts/password/reset/", "no-such-page/",
        *of_both_catalogues(),
    ]  # fmt: skip
    return [f"/{language}/{page}" for page in pages] + ["/mailbox/"]


def of_both_catalogues() -> list[str]:
    """Overviews, and records side by side."""
    ids = (
        Entry.objects.filter(kind__in=("portfolio", "programs"))
        .order_by("kind", "object_id")
        .values_list("permanent_id", flat=True)
    )
    some = "&".join(f"id={number}" for number in [*ids[:2], ids.last()])
    return [
        "overview/", "countries/", "countries/MX/", "themes/", "themes/EMP-3/", "areas/EMP/",
        "compare/", f"compare/?{some}", "compare/?id=P-000001&q=empleo", "compare/?id=T-999999",
    ]  # fmt: skip


def of_an_officer() -> list[str]:
    """What Ana opens."""
    draft = Submission.objects.get(
        program__institution__key="D002", state="draft", reference="", number=1, title__startswith="Cuidar"
    )
    asked = Submission.objects.get(case__state="questions", is_open=True)
    waiting = Submission.objects.get(state="awaiting_endorsement")
    form = f"/es/portfolio/submissions/{draft.pk}"
    return [
        "/es/desk/", "/es/desk/notices/", "/es/portfolio/submissions/", "/es/portfolio/submissions/start/",
        f"{form}/form/", *(f"{form}/form/{key}/" for key in SECTIONS), f"{form}/check/", f"{form}/attach/", f"{form}/print/",
        f"{form}/discard/", f"/es/portfolio/submissions/{asked.pk}/", f"/es/portfolio/submissions/{asked.pk}/check/",
        f"/es/portfolio/submissions/{waiting.pk}/", f"/es/portfolio/submissions/{waiting.pk}/withdraw/",
        "/es/accounts/profile/", "/es/accounts/role/", "/es/accounts/2fa/", "/es/accounts/password/change/",
        "/es/accounts/email/", "/es/accounts/profile/erase/",
    ]  # fmt: skip


def of_a_coordinator() -> list[str]:
    waiting = Submission.objects.get(state="awaiting_endorsement")
    return [
        "/es/desk/", f"/es/portfolio/submissions/{waiting.pk}/endorse/", "/es/accounts/members/",
        "/es/accounts/invitations/new/",
    ]  # fmt: skip


def of_a_ministry_with_a_published_programme() -> list[str]:
    program = ConsolidatedProgram.objects.get(published__title__startswith="Selo Equidade")
    return [f"/es/portfolio/submissions/programmes/{program.pk}/"]


def of_a_proposer() -> list[str]:
    """What Víctor opens of a draft for the Table, of a correction, and of the files of a ministry."""
    draft = ProjectRevision.objects.get(state="draft", is_open=True, project__is_demo=True)
    public = Project.objects.public().filter(published__countries__contains=["BR"]).order_by("pk").first()
    return [
        "/es/programs/proposals/", "/es/programs/proposals/new/", f"/es/programs/proposals/correct/{public.permanent_id}/",
        f"/es/programs/proposals/{draft.pk}/form/", f"/es/programs/proposals/{draft.pk}/form/?more=budget",
        f"/es/programs/proposals/{draft.pk}/check/", f"/es/programs/proposals/{draft.pk}/",
        f"/es/programs/proposals/{draft.pk}/discard/", "/es/programs/proposals/import/", "/es/programs/proposals/import/new/",
    ]  # fmt: skip


def of_a_waiting_proposal() -> list[str]:
    """What Ana opens of it; her form is closed."""
    sent = ProjectRevision.objects.get(state="submitted", is_open=True)
    return [f"/es/programs/proposals/{sent.pk}/", f"/es/programs/proposals/{sent.pk}/withdraw/"]


def of_the_table_in_the_admin() -> list[str]:
    """The records and the imports of those who keep the Table: a file that waits, and one that is read, with faults."""
    project = Project.objects.get(published__title__startswith="Puente Laboral Austral")
    record, waiting, read = f"/admin/programs/project/{project.pk}", an_import().pk, an_import()
    imports.read_batch(read.pk)
    batch = f"/admin/programs/importbatch/{read.pk}"
    case = Case.objects.get(kind="programs.proposal", state="in_review")
    return [
        "/admin/programs/project/", "/admin/programs/project/?q=puente&status=active", "/admin/programs/project/add/",
        "/admin/programs/project/custody/", *(f"{record}/{page}/" for page in ("change", "history", "merge", "retire")),
        f"/admin/review/case/{case.pk}/change/", "/admin/programs/importbatch/", "/admin/programs/importbatch/add/",
        f"/admin/programs/importbatch/{waiting}/change/", f"{batch}/change/", f"{batch}/apply/", f"{batch}/discard/",
    ]  # fmt: skip


def of_a_file_of_a_ministry() -> list[str]:
    """What Víctor follows of the files that he handed in: one waits, one is read, with faults."""
    institution = Institution.objects.get(memberships__user=person("victor"))
    waiting, read = (an_import("victor", institution) for _ in range(2))
    imports.read_batch(read.pk)
    return [f"/es/programs/proposals/import/{batch.pk}/" for batch in (waiting, read)]


def of_a_file_of_a_ministry_in_the_admin() -> list[str]:
    """The case of that file, and the file row by row, as those who decide see them."""
    batch = ImportBatch.objects.filter(institution__isnull=False, state="read").latest("pk")
    return [f"/admin/review/case/{batch.case_id}/change/", f"/admin/programs/importbatch/{batch.pk}/change/"]


def an_import(name: str = "diana", institution=None) -> ImportBatch:
    """A file of one good row, its repetition, and a fault."""
    head = "Título;Categoría;País;Inicio;Área;Tema;Descripción"
    good = "Ventanilla rural;Programa;Chile;2021;Administración del trabajo;Inspección del trabajo;Ferias"
    text = "\n".join([head, good, good, "Otra;Programa;Chile;2021;Ninguna;Astronomía;Algo"])
    file = SimpleUploadedFile("tabla.csv", text.encode(), content_type="text/csv")
    return imports.upload(file, name=file.name, by=person(name), institution=institution)


def of_experts(name: str) -> list[str]:
    """What people with a profile open: published, in review, a draft, on pause, out of the list; and who has none."""
    pages = {
        "elena": ["me/", "me/leave/", "elena-rios-demostracion/", "elena-rios-demostracion/write/"],
        "oscar": ["me/", "me/withdraw/"],
        "patricia": ["me/", "me/form/", "me/form/?more=publications", "me/check/", "me/discard/"],
        "nadia": ["me/"],
        "hernan": ["me/"],
        "luis": ["join/", "invitations/"],
    }
    return [f"/es/experts/{page}" for page in pages[name]]


def of_links_to_experts() -> list[str]:
    """The yearly question and an invitation, by their links; and a profile."""
    silent = Expert.objects.get(user__email="hernan@demo.example")
    luis = person("luis")
    invited = invite_expert("nueva@example.org", "es", luis.memberships.first().institution, by=luis)
    return [
        f"/es/experts/confirm/{token_of(silent)}/", f"/es/experts/join/{invitation_token(invited)}/",
        "/es/experts/elena-rios-demostracion/", "/es/experts/elena-rios-demostracion/write/",
    ]  # fmt: skip


def of_experts_in_the_admin() -> list[str]:
    case = Case.objects.get(kind="experts.profile", state="in_review")
    expert = Expert.objects.public().first()
    return [
        "/admin/experts/expert/", f"/admin/experts/expert/{expert.pk}/change/", "/admin/experts/expertinvitation/",
        f"/admin/review/case/{case.pk}/change/",
    ]  # fmt: skip


def of_the_oas() -> list[str]:
    correction = Case.objects.get(title__startswith="Selo Equidade", state="in_review")
    new = Case.objects.get(title__startswith="Trilhas")
    asked = Case.objects.get(state="questions")
    return [
        "/admin/", "/admin/review/case/", *(f"/admin/review/case/{case.pk}/change/" for case in (correction, new, asked)),
        "/admin/network/institution/", "/admin/network/country/", "/admin/network/user/",
        "/admin/portfolio/submission/awaiting/", "/admin/portfolio/consolidatedprogram/", "/admin/files/storedfile/",
        "/admin/review/event/", "/es/accounts/invitations/",
    ]  # fmt: skip


FROM_DATA = """[...document.querySelectorAll("*")].filter((each) => getComputedStyle(each).backgroundImage.includes("data:"))
    .map((each) => each.outerHTML.slice(0, 120))"""


def faults_of(page, address: str) -> list[str]:
    """What axe finds, a page that is wider than the screen, and pictures that the policy of contents would refuse."""
    page.goto(address)
    # A colour that is still on its way from the page before is not one that anybody reads.
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    before = list(page.faults)
    page.evaluate(AXE)
    violations = page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => found.violations)")
    page.faults[:] = (
        before  # what axe itself tries on a page, styles that the policy refuses among it, is no fault of the page
    )
    found = [
        f"{address}: {violation['id']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"][:3]
    ]
    found += [f"{address}: drawn from a data: address: {html}" for html in page.evaluate(FROM_DATA)]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        found.append(f"{address}: {wide} px wider than the screen")
    if page.locator("h1").count() != 1:
        found.append(f"{address}: {page.locator('h1').count()} h1")
    return found


def test_every_page_type_in_spanish(demonstration):
    walks = [
        (None, of_the_portal("es"), {}),
        ("ana", of_an_officer(), {"width": 375}),
        ("carla", of_a_coordinator(), {}),
        ("victor", of_a_ministry_with_a_published_programme(), {}),
        ("victor", of_a_proposer(), {"width": 375}),
        ("victor", of_a_file_of_a_ministry(), {"width": 375}),
        ("ana", of_a_waiting_proposal(), {}),
        (None, of_links_to_experts(), {"width": 375}),
        *[
            (name, of_experts(name), {"width": 375})
            for name in ("elena", "oscar", "patricia", "nadia", "hernan", "luis")
        ],
        (
            "diana",
            [
                *of_the_oas(),
                *of_the_table_in_the_admin(),
                *of_a_file_of_a_ministry_in_the_admin(),
                *of_experts_in_the_admin(),
            ],
            {},
        ),
    ]
    faults = []
    for name, addresses, options in walks:
        if name == "diana":
            User.objects.filter(email="diana@demo.example").update(language="es")
        page = demonstration.page_of(person(name) if name else None, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en", "pt", "fr"])
def test_four_page_types_in_the_other_languages(demonstration, language):
    draft = Submission.objects.get(title__startswith="Cuidar")
    visitor = demonstration.page_of(None, color_scheme="dark")
    officer = demonstration.page_of(person("ana"), width=375)
    faults = [
        *faults_of(visitor, f"/{language}/"),
        *faults_of(visitor, f"/{language}/portfolio/"),
        *faults_of(visitor, f"/{language}/programs/?view=table"),
        *faults_of(visitor, f"/{language}/programs/{table_slug(is_demo=True)}/"),
        *faults_of(visitor, f"/{language}/portfolio/{slug(sharing_commitment='yes')}/"),
        *faults_of(officer, f"/{language}/portfolio/submissions/{draft.pk}/form/III/"),
    ]
    assert not faults, "\n".join(faults)


NARROW = (
    "",
    "countries/",
    "countries/MX/",
    "areas/EMP/",
    "portfolio/",
    "programs/",
    "library/",
    "calendar/?view=list",
    "contact/",
)


def test_nothing_is_wider_than_a_small_telephone_in_any_language(demonstration):
    page, wide = demonstration.page_of(None, width=320), []
    for address in (f"/{language}/{one}" for language in ("en", "es", "pt", "fr") for one in NARROW):
        page.goto(address, wait_until="domcontentloaded")
        over = page.evaluate("document.documentElement.scrollWidth - 320")
        wide += [f"{address}: {over} px wider than the screen"] if over > 0 else []
    assert not wide, "\n".join(wide)


def test_the_first_view_is_light(demonstration):
    heavy = []
    for address in (
        "/es/",
        "/es/portfolio/",
        f"/es/portfolio/{slug(sharing_commitment='yes')}/",
        "/es/programs/",
        "/es/programs/?view=table",
        f"/es/programs/{table_slug(is_demo=True)}/",
        "/es/accounts/login/",
    ):
        page = demonstration.page_of(None)
        answers = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        page.goto(address, wait_until="networkidle")
        sizes = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers}  # as gunicorn sends it
        scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
        foreign = [url for url in sizes if not url.startswith(demonstration.base)]
        if (
            len(sizes) > FIRST_VIEW_REQUESTS
            or sum(sizes.values()) > FIRST_VIEW_BYTES
            or scripts > OUR_SCRIPT_BYTES
            or foreign
        ):
            heavy.append(f"{address}: {len(sizes)} requests, {sum(sizes.values())} bytes, scripts {scripts}, {foreign}")
    assert not heavy, "\n".join(heavy)


def test_questions_to_experts_and_the_knowledge_base(desk, ana, agency_cl, diana):
    one = advice.expert("Elena Ríos")
    draft = advice.request(ana, agency_cl, sent=False)
    waiting, offer = advice.request(ana, agency_cl), advice.asked(ana, agency_cl, one)[0]
    taken, closed = advice.accepted(ana, agency_cl, one), advice.closed(ana, agency_cl, one)
    kept = advice.kept(advice.closed(ana, agency_cl, one))
    root = "/es/experts/requests"
    walks = [
        (None, ["/es/experts/answers/", f"/es/experts/answers/{kept.slug}/"], {}),
        (ana, [f"{root}/", f"{root}/new/", f"{root}/{draft.pk}/form/", f"{root}/{waiting.pk}/choose/", f"{root}/{taken.pk}/",
               f"{root}/{taken.pk}/close/", f"{root}/{taken.pk}/withdraw/", f"{root}/{closed.pk}/", f"{root}/{closed.pk}/text/",
               "/es/desk/"], {"width": 375}),
        (one.user, [f"{root}/", f"{root}/offers/{offer.pk}/", f"{root}/{taken.pk}/", f"{root}/{taken.pk}/back/", "/es/desk/"], {}),
        (diana, ["/admin/experts/advicerequest/", "/admin/experts/advicerequest/overview/",
                 f"{root}/{taken.pk}/"], {}),
    ]  # fmt: skip
    faults = []
    for whoever, addresses, options in walks:
        page = desk.page_of(whoever, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


def test_forums_in_every_state(desk, ana, luis, agency_cl):
    place = talking.forum("open-forum", area_id="LAB")
    closed = talking.forum("closed-forum", access="invitation", organisers=[ana])
    topic = talking.topic(place, ana, text="# A\n\n|a|b|\n|-|-|\n|1|2|\n\n> quoted\n\nP-000001", language="es")
    talking.reply(topic, luis)
    edit_post(topic.posts.get(place=2), by=luis, text="Other words", version=1)
    unbroken = factories.person(name="Ñ" * 150, roles=[("officer", agency_cl)])
    endless = talking.topic(
        place, unbroken, title="W" * 200, text=f"quoted {'w' * 400}\n\n|{'a|' * 12}\n|{'-|' * 12}\n|{'1|' * 12}"
    )
    talking.reply(endless, unbroken, f"`{'x' * 300}` {talk.mention(unbroken)}", quoted=endless.posts.get())
    root = f"/es/forums/open-forum/{topic.slug}/"
    walks = [
        (None, ["/es/forums/", "/es/forums/open-forum/", root, "/es/forums/search/?q=quoted"], {}),
        (None, ["/es/forums/", "/es/forums/open-forum/", f"/es/forums/open-forum/{endless.slug}/", "/es/forums/search/?q=quoted"],
         {"width": 375, "color_scheme": "dark"}),
        (ana, [f"/es/forums/open-forum/{endless.slug}/report/1/", f"/es/forums/open-forum/{endless.slug}/reply/?quote=1"], {"width": 375}),
        (ana, ["/es/forums/", "/es/forums/open-forum/?unread=yes", root, "/es/forums/open-forum/new/", f"{root}reply/?quote=2",
               f"{root}edit/1/", f"{root}history/2/", "/es/forums/drafts/", f"/es/forums/{closed.slug}/members/",
               f"/es/forums/mentions/?forum={closed.slug}&q=an"], {"width": 375}),
        (luis, [f"{root}remove/2/"], {}),
    ]  # fmt: skip
    faults = []
    for whoever, addresses, options in walks:
        page = desk.page_of(whoever, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


def test_proposals_in_every_state(desk, ana, pablo, luis):
    topic = talk.topic(by=ana, title="Inspección a distancia")
    shown = talk.proposal(topic, by=ana)
    for person, stance in ((ana, "support"), (pablo, "changes"), (luis, "object")):
        consensus.take_position(shown, by=person, stance=stance, text="Con dos cambios")
    consensus.take_position(shown, by=luis, stance="abstain", text="")
    closed = talk.proposal(by=ana)
    Proposal.objects.filter(pk=closed.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    closing.run()
    bare = talk.topic(by=ana)
    watch = Watch.objects.create(user=ana, topic=topic)
    root, end = (f"/es/forums/{one.topic.forum.slug}/{one.topic.slug}/" for one in (shown, closed))
    own = [f"{root}proposal/", f"{root}proposal/withdraw/", f"{end}proposal/summary/", "/es/forums/watching/", root,
           f"/es/forums/{bare.forum.slug}/{bare.slug}/proposal/new/"]  # fmt: skip
    walks = [
        (None, [f"{root}proposal/", f"{end}proposal/", root, stop_path(ana.pk, watch.pk)], {}),
        (ana, own, {}),
        (ana, own, {"width": 375}),
    ]
    faults = []
    for whoever, addresses, options in walks:
        page = desk.page_of(whoever, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


def test_moderation_of_forums(desk, ana, victor, diana, oas):
    """Reports, cases, what is done on the spot, and silent forums, as those see them who are concerned."""
    mora = factories.person("mora@demo.example", roles=[("moderator", oas)], language="es")
    topic = judging.topic(by=ana, title="Inspección en ruta")
    shown, hidden, reported = (judging.post(topic, by=victor) for _number in range(3))
    moderating.hide_post(Post.objects.select_related("topic__forum").get(pk=hidden.pk), by=mora, reason="Publicidad")
    report = report_post(Post.objects.select_related("topic__forum").get(pk=reported.pk), by=ana, reason="offends")
    held = start_topic(topic.forum, by=factories.person(), title="Una pregunta", text="¿Cuántos?", language="es")
    waits, silent = Case.objects.get(kind="forums.post"), judging.forum()
    Forum.objects.filter(pk=silent.pk).update(created_at=timezone.now() - timedelta(days=400))
    User.objects.filter(pk=diana.pk).update(language="es")
    moderated = [f"/es/forums/moderation/topics/{topic.pk}/{page}" for page in ("", "move/", "merge/", "split/")]
    keeps = [
        f"/admin/forums/forum/{page}" for page in ("", "add/", "dormant/", f"{silent.pk}/act/", f"{silent.pk}/merge/")
    ]
    walks = [
        (mora, ["/es/desk/", f"/es/forums/{topic.forum.slug}/{topic.slug}/", *moderated, f"/es/forums/moderation/posts/{shown.pk}/hide/",
                f"/es/forums/moderation/posts/{hidden.pk}/show/", f"/es/forums/{topic.forum.slug}/{topic.slug}/report/2/"], {"width": 375}),
        (mora, ["/admin/", "/admin/review/case/", f"/admin/review/case/{waits.pk}/change/", f"/admin/review/case/{report.case_id}/change/"], {}),
        (ana, [f"/es/forums/moderation/reports/{report.pk}/"], {}),
        (victor, [f"/es/forums/moderation/posts/{hidden.pk}/"], {"width": 375}),
        (held.author, [f"/es/forums/moderation/posts/{held.pk}/"], {"width": 375}),
        (diana, [*keeps, f"/admin/forums/forum/{silent.pk}/change/"], {}),
    ]  # fmt: skip
    faults = []
    for who, addresses, options in walks:
        page = desk.page_of(who, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


def test_live_rooms(desk, ana, carla, diana):
    """Open, announced, closed and called off, with something hidden, as a visitor, a member, a host and a moderator open them."""
    where = live.forum()
    waiting, over = (
        live.room(where, opens=5, closes=6, slug="later", hosts=[carla]),
        live.room(where, slug="over", hosts=[carla]),
    )
    live.said(over, ana, "Una pregunta, con https://demo.example/direccion/" + "larga" * 40)
    rooms.hide_message(live.said(over, ana, "Algo que se oculta"), by=carla, reason="Nombra a alguien")
    rooms.change_room(over, by=carla, closes_at=timezone.now() - timedelta(minutes=1))
    rooms.summarise(over, "Se habló de todo.", by=carla)
    now = live.room(where, slug="now", hosts=[carla])
    live.said(now, carla, "Buenos días")
    pages = ["", *(f"{room.slug}/{rest}" for room in (waiting, over, now) for rest in ("", "transcript/"))]
    off = rooms.call_off(live.room(where, opens=7, closes=8, slug="off"), "La persona experta está enferma", by=diana)
    of_hosts = [
        f"{off.slug}/",
        f"{waiting.slug}/call-off/",
        f"{over.slug}/summary/",
        f"{over.slug}/edit/",
        f"{over.slug}/answer/",
        f"{now.slug}/messages/1/hide/",
    ]
    faults = []
    for person_, rest, options in (
        (None, pages, {"width": 375}), (ana, [*pages, f"{now.slug}/messages/1/report/"], {"color_scheme": "dark"}), (carla, [*pages, *of_hosts], {"width": 375}),
        (diana, ["new/", "over/", "over/messages/2/hide/"], {}),
    ):  # fmt: skip
        page = desk.page_of(person_, **options)
        for one in rest:
            faults += faults_of(page, f"/es/forums/rooms/{one}")
    assert not faults, "\n".join(faults)
