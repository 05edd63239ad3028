"""What a programme answers when it is held beside others (catalogue.comparing asks)."""

from catalogue.labels import Labels
from catalogue.passages import Cells, passages
from core.reading import Answer, Part
from portfolio import annex, reading
from portfolio.models import ConsolidatedProgram

# Questions of Annex II under those that are put to both catalogues
UNDER = {
    "dates": ("start_year",),
    "description": ("needs_addressed", "description"),
    "objectives": ("objectives",),
    "implementation_strategy": ("actors",),
    "coverage": ("coverage",),
    "population_served": ("populations",),
    "financial_resources": ("funding",),
    "non_financial_resources": ("non_monetary_support", "other_sustainability"),
    "results": ("achievements",),
    "evaluations": ("evaluations",),
    "lessons_learned": ("lessons_learned", "aspects_to_improve"),
    "information_source": ("website",),
}


def comparable(ids: list[int], _labels: Labels) -> dict[int, Cells]:
    """The texts of public programmes. One query."""
    programs = ConsolidatedProgram.objects.public().filter(pk__in=ids).select_related("published")
    return {program.pk: _cells(program) for program in programs}


def _cells(program: ConsolidatedProgram) -> Cells:
    form = program.published
    form.program = program
    cells: Cells = {}
    for key, questions in UNDER.items():
        labelled = len(questions) > 1
        answers = [reading.read_one(form, name) for name in questions]
        found = passages((one, annex.question(one.question.key).name if labelled else "") for one in answers)
        if found:
            cells[key] = found
    if program.is_carried and program.source.strip() != form.website:
        source = Answer(None, [Part(program.source.strip(), url=program.source.strip())])
        cells.setdefault("information_source", []).extend(passages([(source, "")]))
    return cells
