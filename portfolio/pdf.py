"""A form as PDF, in the layout of Annex II: its sections and letters, headings in the reader's language, text in its own."""

from django.utils.translation import gettext as _

from core.languages import HTML_LANG, speaking
from portfolio.printing import table
from portfolio.printing.canvas import INK, JADE, QUIET, Canvas
from portfolio.printing.sheet import Item, Note, Part, Sheet, Text, Ticks, sheet
from portfolio.printing.typeface import SERIF

_LINE = 5.2
_LABELS = 56.0


def submission_pdf(submission, *, language: str, include_contact: bool = False) -> bytes:
    """The bytes. `include_contact` for those inside: the institution and the OAS."""
    with speaking(language):
        return bytes(draw(sheet(submission, include_contact=include_contact), language).output())


def draw(form: Sheet, language: str) -> Canvas:
    """The paper, drawn in the active language."""
    paper = Canvas(
        title=form.title,
        language=HTML_LANG.get(language, language),
        running=form.title,
        mark=" · ".join(fact for fact in (form.reference, form.permanent_id, form.dated) if fact),
    )
    paper.set_subject(_("Portfolio of Consolidated Programmes: submission form"))
    paper.add_page()
    _opening(paper, form)
    for part in form.sections:
        _part(paper, part)
    return paper


def _opening(paper: Canvas, form: Sheet) -> None:
    paper.set_xy(paper.l_margin, 12)
    paper.brand(11)
    paper.set_xy(paper.l_margin + 15, 12)
    paper.use(15, family=SERIF)
    paper.cell(0, 6.2, _("INLA"))
    paper.set_xy(paper.l_margin + 15, 18.2)
    paper.use(8.5, colour=QUIET)
    paper.cell(0, 4.6, _("Inter-American Network for Labor Administration"))
    paper.set_xy(paper.l_margin, 30)
    paper.use(8.5, "B", colour=QUIET)
    paper.words(_("Annex II"), 4.6)
    paper.words(_("Portfolio of Consolidated Programmes: submission form"), 4.6)
    paper.ln(2)
    paper.use(22, family=SERIF)
    paper.words(form.title, 9.6)
    paper.ln(1.5)
    paper.use(11, colour=QUIET)
    paper.words(" · ".join(piece for piece in (form.institution, form.country) if piece), 5.8)
    paper.ln(3)
    _facts(paper, form)
    if form.is_draft:
        _banner(paper, _("Draft: not submitted yet"))
    if form.source:
        _banner(paper, _("Compiled from public sources: %(source)s") % {"source": form.source})


def _facts(paper: Canvas, form: Sheet) -> None:
    paper.rule(0.5, INK)
    top, width = paper.y + 2, paper.epw / 4
    for place, (label, value) in enumerate(form.facts):
        paper.set_xy(paper.l_margin + place * width, top)
        paper.use(8, "B", colour=QUIET)
        paper.cell(width, 4.4, label)
        paper.set_xy(paper.l_margin + place * width, top + 4.6)
        paper.use(9.5)
        paper.cell(width, 4.8, value)
    paper.set_xy(paper.l_margin, top + 11.5)
    paper.rule()
    paper.ln(2)


def _banner(paper: Canvas, words: str) -> None:
    paper.use(9.5, "B", colour=JADE)
    paper.words(words, 5)
    paper.ln(1)


def _part(paper: Canvas, part: Part) -> None:
    paper.keep_together(20 + _least(part.items[0]))
    if not paper.at_top:
        paper.ln(5)
    paper.start_section(f"{part.roman}. {part.label}" if part.roman else part.label)
    paper.rule(0.5, INK)
    paper.ln(2.5)
    paper.use(15, family=SERIF)
    indent = 12 if part.roman else 0
    if part.roman:
        paper.cell(indent, 7, f"{part.roman}.")
    paper.words(part.label, 7, width=paper.epw - indent)
    paper.ln(1.5)
    for item in part.items:
        _beside(paper, item) if part.is_list else _below(paper, item, titled=bool(part.roman))


def _beside(paper: Canvas, item: Item) -> None:
    """A short answer: label to the left, words to the right, a hairline under both."""
    said = "\n".join(block.text for block in item.blocks)
    quiet = all(isinstance(block, Note) for block in item.blocks)
    link = next((block.web for block in item.blocks if isinstance(block, Text) and block.web), "")
    room = paper.epw - _LABELS
    paper.use(8.5, "B", colour=QUIET)
    label = paper.needed(item.question.label, 4.6, _LABELS - 4)
    paper.use(10)
    height = max(label, paper.needed(said, _LINE, room)) + 2.4
    paper.keep_together(min(height, 150))
    top, page = paper.y + 1.2, paper.page_no()
    paper.set_xy(paper.l_margin, top + 0.3)
    paper.use(8.5, "B", colour=QUIET)
    paper.words(item.question.label, 4.6, width=_LABELS - 4)
    paper.set_xy(paper.l_margin + _LABELS, top)
    paper.use(10, colour=QUIET if quiet else INK)
    paper.words(said, _LINE, width=room, link=link)
    if paper.page_no() == page:
        paper.set_xy(paper.l_margin, top - 1.2 + height)
    paper.rule()


def _least(item: Item) -> float:
    """What of a question must stand together: its words and the first lines, or all its boxes."""
    boxes = max((len(block.options) for block in item.blocks if isinstance(block, Ticks)), default=0)
    return 12 + max(10, boxes * (_LINE + 1))


def _below(paper: Canvas, item: Item, *, titled: bool) -> None:
    """A question of Annex II with its letter, and the answer under it."""
    paper.keep_together(_least(item))
    if titled:
        paper.ln(1.2)
        paper.use(10, "B")
        paper.words(item.question.title, _LINE)
        paper.ln(0.8)
    for block in item.blocks:
        _block(paper, block)
    paper.ln(2.2)


def _block(paper: Canvas, block) -> None:
    if isinstance(block, Ticks):
        _ticks(paper, block)
    elif isinstance(block, Text):
        _text(paper, block)
    elif isinstance(block, Note):
        paper.use(10, colour=QUIET)
        paper.words(block.text, _LINE)
    else:
        table.draw(paper, block)


def _text(paper: Canvas, block: Text) -> None:
    """Paragraph by paragraph; an empty line is a gap."""
    paper.use(10)
    for paragraph in block.text.replace("\r\n", "\n").split("\n"):
        if paragraph.strip():
            paper.words(paragraph, _LINE, link=block.web)
        elif not paper.at_top:
            paper.ln(2.4)


def _ticks(paper: Canvas, block: Ticks) -> None:
    """Boxes with an X in the chosen one, as the form of Annex II asks."""
    left = paper.l_margin
    for words, code, chosen in block.options:
        said = f"{words} ({code})" if code else words
        if not block.in_a_row:
            paper.keep_together(_LINE * 2)
        paper.set_x(left)
        _box(paper, ticked=chosen)
        paper.use(10, "B" if chosen else "")
        paper.set_x(left + 7)
        if block.in_a_row:
            paper.cell(0, _LINE, said)
            left += paper.epw / 4
        else:
            paper.words(said, _LINE, width=paper.epw - 7)
            paper.ln(1)
    if block.in_a_row:
        paper.set_xy(paper.l_margin, paper.y + _LINE)
    paper.ln(1)


def _box(paper: Canvas, *, ticked: bool) -> None:
    side, left, top = 3.8, paper.x, paper.y
    paper.set_draw_color(*INK)
    paper.set_line_width(0.3)
    paper.rect(left, top + 0.7, side, side)
    if ticked:
        paper.use(9.5, "B")
        paper.set_xy(left, top + 0.7)
        paper.cell(side, side, "X", align="C")
        paper.set_xy(left, top)
