"""The paper of the PDF: its colours, margins, head and foot, and how words are set on it."""

from django.utils.translation import gettext as _
from fpdf import FPDF, ViewerPreferences

from portfolio.printing.typeface import FILES, FONTS, SANS, SPARE, Widths, printable, wrapped

INK, QUIET, LINE, JADE, DEEP, SUNK = (
    (27, 37, 38),
    (76, 88, 87),
    (201, 194, 178),
    (11, 93, 91),
    (11, 68, 70),
    (242, 238, 228),
)
_THREADS = ((217, 104, 63), (242, 182, 50), (139, 154, 230), (207, 133, 190), (106, 185, 218), (169, 196, 90))
_KNOT = ((2, 3), (5, 3), (5, 1.5), (8, 1.5), (8, 0), (12, 0), (12, 1.5), (15, 1.5), (15, 3), (18, 3), (18, 5), (15, 5))
_KNOT += ((15, 6.5), (12, 6.5), (12, 8), (8, 8), (8, 6.5), (5, 6.5), (5, 5), (2, 5))
_MARK_DARK = ((8, 0, 8, 12), (8, 20, 8, 28), (32, 0, 8, 28), (32, 36, 8, 12))
_MARK_LIGHT = ((0, 12, 28, 8), (44, 12, 4, 8), (20, 28, 28, 8), (0, 28, 4, 8))
_PAGES = "{pages-of-this-paper}"  # no text of a form holds it: fpdf puts the count in its place


class Canvas(FPDF):
    """Letter paper, that prints on A4 as well."""

    def __init__(self, *, title: str, language: str, running: str, mark: str):
        super().__init__(format="letter", unit="mm")
        for (family, style), name in FILES.items():
            self.add_font(family, style, FONTS / name)
        self.set_fallback_fonts([SPARE], exact_match=False)
        self._measured: dict[str, Widths] = {}
        self.running, self.mark = printable(running), printable(mark)
        self.set_margins(22, 22, 22)
        self.set_auto_page_break(True, margin=24)
        self.c_margin = 0
        self.alias_nb_pages(_PAGES)
        self.set_title(printable(title))
        self.set_lang(language)
        self.set_author(_("Inter-American Network for Labor Administration"))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def use(self, size: float, style: str = "", *, family: str = SANS, colour=INK) -> None:
        """Font and colour of what comes next."""
        self.set_font(family, style, size)
        self.set_text_color(*colour)

    def words(self, text: str, height: float, *, width: float = 0, link: str = "", align: str = "L") -> None:
        """Words from here on, over as many pages as they need; the next thing starts below them at the margin."""
        width = width or self.w - self.r_margin - self.x
        for line in self.lines(text, width):
            self.cell(width, height, line, align=align, link=link or None, new_x="LEFT", new_y="NEXT")
        self.set_x(self.l_margin)

    def needed(self, text: str, height: float, width: float) -> float:
        """How high words will be."""
        return height * len(self.lines(text, width))

    def lines(self, text: str, width: float) -> list[str]:
        """The words in lines that fit. FPDF's own breaking measures each line anew at every character: 15 times slower."""
        limit = width * self.k / self.font_size_pt * 1000
        found = (
            line for paragraph in printable(text).split("\n") for line in wrapped(paragraph, limit, self._widths())
        )
        return list(found)

    def _widths(self) -> Widths:
        key = self.font_family + self.font_style
        if key not in self._measured:
            self._measured[key] = Widths(self.fonts[key].cw, self.fonts[SPARE].cw)
        return self._measured[key]

    def rule(self, width: float = 0.2, colour=LINE) -> None:
        """A line from margin to margin, here."""
        self.set_draw_color(*colour)
        self.set_line_width(width)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)

    def keep_together(self, height: float) -> None:
        """Go on to the next page unless this much fits here."""
        if self.will_page_break(height):
            self.add_page()

    @property
    def at_top(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y <= self.t_margin + 0.1

    def header(self) -> None:
        """The woven band on the first page, the running title on the others."""
        if self.page_no() == 1:
            self._band()
            self.set_y(12)
            return
        self.set_y(11)
        self.use(8, colour=QUIET)
        half = self.epw * 0.66
        self.cell(half, 4, self._shortened(self.running, half - 4))
        self.cell(self.epw - half, 4, self.mark, align="R")
        self.set_y(16)
        self.rule()
        self.set_y(22)

    def footer(self) -> None:
        """Number of the page, and whose paper it is."""
        self.set_y(-15)
        self.rule()
        self.set_y(-13)
        self.use(8, colour=QUIET)
        half = self.epw * 0.66
        self.cell(half, 4, _("Inter-American Network for Labor Administration"))
        # The alias is longer than the number: at the right edge its own width would push the words to the left.
        words = _("Page %(page)d of %(pages)s") % {"page": self.page_no(), "pages": _PAGES}
        shown = _("Page %(page)d of %(pages)s") % {"page": self.page_no(), "pages": "00"}
        self.set_x(self.w - self.r_margin - self.get_string_width(shown))
        self.cell(0, 4, words)

    def brand(self, size: float = 10) -> None:
        """The mark of the network, drawn from four bands."""
        unit = size / 48
        for colour, bands in ((JADE, _MARK_DARK), ((109, 157, 153), _MARK_LIGHT)):
            self.set_fill_color(*colour)
            for x, y, width, height in bands:
                self.rect(self.x + x * unit, self.y + y * unit, width * unit, height * unit, style="F")

    def _band(self) -> None:
        unit = 0.4
        self.set_fill_color(*DEEP)
        self.rect(0, 0, self.w, 8 * unit, style="F")
        for number in range(int(self.w / (20 * unit)) + 1):
            left = number * 20 * unit
            self.set_fill_color(*_THREADS[number % len(_THREADS)])
            self.polygon([(left + x * unit, y * unit) for x, y in _KNOT], style="F")
            self.set_fill_color(*DEEP)
            self.rect(left + 8 * unit, 3 * unit, 4 * unit, 2 * unit, style="F")

    def _shortened(self, text: str, width: float) -> str:
        """A running title is the one place where words may be cut: the whole title stands on the first page."""
        text = " ".join(text.split())
        while text and self.get_string_width(text) > width:
            text = text[: -max(2, len(text) // 20)].rstrip() + "…"
        return text
