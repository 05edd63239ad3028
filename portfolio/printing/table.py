"""Tables on paper: hairlines, a head repeated on every page, rows that stay whole where a page can hold them."""

from portfolio.printing.canvas import INK, QUIET, SUNK, Canvas
from portfolio.printing.sheet import Row, Table

_LINE, _PAD, _GAP, _INSET = 4.6, 1.4, 4.0, 1.6
_TALLEST = 120.0  # a row higher than this is written as lines below one another


def draw(paper: Canvas, table: Table) -> None:
    """The whole table, from here on."""
    widths = [paper.epw * share / 100 for share in table.shares]
    paper.keep_together(_LINE * 4)
    _head(paper, table, widths)
    for row in table.rows:
        _row(paper, table, row, widths)
    paper.ln(1.5)


def _head(paper: Canvas, table: Table, widths: list[float]) -> None:
    paper.use(8, "B", colour=QUIET)
    height = max(paper.needed(head, _LINE, _room(width)) for head, width in zip(table.heads, widths, strict=True))
    paper.set_fill_color(*SUNK)
    paper.rect(paper.l_margin, paper.y, paper.epw, height + 2 * _PAD, style="F")
    _cells(paper, table.heads, widths, height, table.numbers)
    paper.rule(0.3, INK)


def _row(paper: Canvas, table: Table, row: Row, widths: list[float]) -> None:
    style = "B" if row.detail else ""
    paper.use(9, style)
    heights = [paper.needed(cell, _LINE, _room(width)) for cell, width in zip(row.cells, widths, strict=True)]
    height = max(heights)
    if height > _TALLEST:
        _below_one_another(paper, table, row)
    else:
        if paper.will_page_break(height + 2 * _PAD):
            paper.add_page()
            _head(paper, table, widths)
            paper.use(9, style)
        _cells(paper, row.cells, widths, height, table.numbers)
    if row.detail:
        paper.use(9)
        paper.set_x(paper.l_margin + _INSET)
        paper.words(row.detail, _LINE, width=paper.epw - _INSET)
        paper.ln(_PAD)
    paper.rule()


def _cells(paper: Canvas, cells, widths: list[float], height: float, numbers) -> None:
    top, left = paper.y + _PAD, paper.l_margin
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        paper.set_xy(left + _INSET, top)
        paper.words(cell, _LINE, width=_room(width), align="R" if place in numbers else "L")
        left += width
    paper.set_xy(paper.l_margin, top + height + _PAD)


def _below_one_another(paper: Canvas, table: Table, row: Row) -> None:
    for head, cell in zip(table.heads, row.cells, strict=True):
        if cell:
            paper.use(8, "B", colour=QUIET)
            paper.words(head, _LINE)
            paper.use(9)
            paper.words(cell, _LINE)
    paper.ln(_PAD)


def _room(width: float) -> float:
    return width - _GAP
