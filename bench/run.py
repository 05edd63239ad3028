"""One run from the empty database to the document."""

from django.db import connection

from bench import entries, machine, pages, parts, people, report
from bench.bars import bar, saying
from bench.cases import add_cases
from bench.database import make_index, own_database, settle, take_indexes
from bench.experts import add_experts
from bench.exports import downloads
from bench.forums import run as forums
from bench.goals import MISSED, Size, judge
from bench.imports import Import, imports
from bench.measure import Result, measure
from bench.programs import FIRST
from bench.projects import add_projects
from bench.queries import BareSql
from bench.real import load_real, load_real_table
from bench.rooms import run as rooms
from bench.rooms.show import Outcome
from bench.server import portal
from catalogue.models import Entry, Word
from experts.models import Expert, ProfileRevision
from portfolio.models import ConsolidatedProgram, Submission
from programs.models import Project, ProjectRevision
from review.models import Case

SHARE = """SELECT (100.0 * count(*) FILTER (WHERE c.number = ANY(e.categories) AND p.bit = ANY(e.populations)) / count(*))
FROM catalogue_entry e, (SELECT number FROM taxonomy_programcategory WHERE code = %s) c, (SELECT %s AS bit) p
WHERE e.kind = 'portfolio'"""


CASES = 100_000  # as many as programmes, but no more
WRITTEN = (Entry, Word, ConsolidatedProgram, Submission, Project, ProjectRevision, Expert, ProfileRevision, Case)


class Run:
    """Holds what was found on the way."""

    def __init__(self, options):
        self.options = options
        self.console = parts.console_for_here()
        self.sizes: list[Size] = []
        self.real: dict[str, Result] = {}
        self.imports: list[Import] = []
        self.facts: list[tuple[str, str]] = []
        self.share = ""
        self.rooms: Outcome | None = None
        self.written = 0

    def carry_out(self) -> int:
        """Answers how many goals were missed."""
        with own_database(keep=self.options.keep, announce=self.console.print):
            self.facts = machine.facts()
            self._set_the_scene()
            for size in self.options.sizes:
                self._grow(size)
                self._measure(size)
                parts.grow_forums(self.forums, size, self.console)
                parts.measure_forums(self.forums, self.options.seconds, self.console)
            self._share()
            with bar(self.console, "Files of 20,000 rows", None):
                self.imports = imports()  # last: their records are no part of the sizes
            self.rooms = rooms.carry_out(rooms.Plan(), self.console.print)
            self.facts.append(("meanwhile", machine.busy()))
        return self._tell()

    def _set_the_scene(self) -> None:
        """Real texts first, for the sizes; and the two who sign in."""
        wanted = pages.public_pages(load_real())[:6] + pages.table_pages(load_real_table())[:6]
        officer, draft = people.add_officer()
        self.reviewer = people.add_reviewer()
        self.forums = forums.Forums()
        question = people.add_question(officer, draft)
        self.signed_in = pages.members_pages(
            draft.pk, question.pk, people.cookie_of(officer), people.cookie_of(self.reviewer)
        )
        settle()
        with portal() as client, bar(self.console, "Sizes with the real texts", None) as advance:
            self.real = measure(wanted, client, seconds=0, advance=saying(advance))

    def _grow(self, size: int) -> None:
        taken = take_indexes(*WRITTEN) if size - self.written >= parts.MANY else []
        self._write(size)
        with bar(self.console, "Indexes", len(taken)) as advance:
            for order in taken:
                make_index(order)
                advance(1)
        with bar(self.console, "Vacuum and statistics", None):
            settle()

    def _write(self, size: int) -> None:
        most = self.options.full
        full, before = min(size, most), min(self.written, most)
        if full > before:
            with bar(self.console, f"Programmes and entries, {full:,}", full - before) as advance:
                entries.add_programs(FIRST + before, FIRST + full - 1, advance)
            with bar(self.console, f"The Table, {full:,}", None):
                add_projects(FIRST + before, FIRST + full - 1)
            with bar(self.console, f"Experts and entries, {full:,}", full - before) as advance:
                add_experts(FIRST + before, FIRST + full - 1, advance)
        if size > most:
            copies = range(max(self.written, most) // most, size // most)
            with bar(self.console, f"Narrow entries, {size:,}", len(copies) * most) as advance:
                entries.add_copies(copies, advance)
        cases, before = min(size, CASES), min(self.written, CASES)
        if cases > before:
            with bar(self.console, f"Review cases, {cases:,}", cases - before) as advance:
                add_cases(before + 1, cases, [self.reviewer.pk], advance)
        self.written = size

    def _measure(self, size: int) -> None:
        slug = ConsolidatedProgram.objects.values_list("slug", flat=True).get(pk=FIRST + 500)
        record = Project.objects.values_list("slug", flat=True).get(pk=FIRST + 500)
        expert = Expert.objects.values_list("slug", flat=True).get(pk=FIRST + 500)
        wanted = [*pages.public_pages(slug), *pages.table_pages(record), *pages.expert_pages(expert), *self.signed_in]
        with portal() as client, bar(self.console, f"Measuring at {size:,}", None) as advance:
            say = saying(advance)
            found = Size(size, measure(wanted, client, seconds=self.options.seconds, advance=say))
            found.downloads = downloads(client, say)
        self.sizes.append(found)
        if self.options.explain:
            self._explain(found)
        report.draw(self.console, report.times(found))
        for result in found.results.values():
            if result.trouble:
                self.console.print(f"{result.page.address} answered {result.status}:\n{result.trouble}", markup=False)

    def _share(self) -> None:
        from taxonomy.choices import Population, numbers

        with connection.cursor() as cursor:
            cursor.execute(SHARE, [pages.FILTER["category"], numbers(Population)[pages.FILTER["population"]]])
            self.share = f"{cursor.fetchone()[0]:.1f} % of the programmes"

    def _explain(self, size: Size) -> None:
        sql = BareSql()
        result = size.results.get(self.options.explain)
        for statement in result.statements if result else []:
            self.console.print(f"\n{statement}\n", markup=False, soft_wrap=True)
            self.console.print(sql.explain(statement), markup=False, soft_wrap=True)
        sql.close()

    def _tell(self) -> int:
        verdicts = judge(self.sizes, self.real, forums.judge(self.forums.sizes))
        sheets = [report.goals(verdicts), *map(report.times, reversed(self.sizes))]
        sheets += map(forums.sheet, reversed(self.forums.sizes))
        sheets += [report.exports(self.sizes[-1]), report.imports(self.imports), report.real_sizes(self.real)]
        sheets += [rooms.sheet(self.rooms)]
        for sheet in (sheets[-4], sheets[-3], sheets[-2], sheets[-1], sheets[0]):
            report.draw(self.console, sheet)
        if not self.options.no_write:
            report.write(
                self.facts,
                self.share,
                sheets,
                full=self.options.full if self.sizes[-1].records > self.options.full else 0,
            )
            self.console.print(f"Written to {report.TARGET.relative_to(machine.ROOT)}.")
        return sum(line.verdict == MISSED for line in verdicts) + (not self.rooms.whole)
