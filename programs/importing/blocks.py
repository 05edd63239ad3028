"""Records on a sheet: lists with headings, Heading + Table blocks one under the other or side by side, forms with labels."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from programs.importing import headings
from programs.importing.folding import fold
from programs.importing.forms import begins_block, pairs_in
from programs.importing.headings import HEADING_FIELDS, Columns, columns_of, field_of, with_second_row
from programs.importing.openxml import Row
from programs.importing.records import Formula, Raw, Value

_ABOUT = frozenset(
    [
        "instrucciones",
        "instructions",
        "instrucoes",
        "ayuda",
        "help",
        "leeme",
        "readme",
        "guia",
        "guide",
        "portada",
        "cover",
        "listas",
        "lists",
        "catalogos",
        "notas",
        "notes",
        "ejemplo",
        "example",
    ]
)
_FILLED_ENOUGH = 4


@dataclass
class Sheet:
    """One sheet: its bands (blocks side by side) and the number of blocks seen."""

    name: str
    hidden: bool = False
    count: int = 0
    found: int = 0
    bands: list["Band"] = field(default_factory=list)

    def records(self, rows: Iterator[Row]) -> Iterator[Raw]:
        """Every record of the sheet; one ignored record if there is none."""
        self.bands = [Band(self)]
        for row in rows:
            yield from self._bands_for(row)
            for number, band in enumerate(self.bands):
                until = self.bands[number + 1].first if number + 1 < len(self.bands) else None
                yield from band.feed(row, until)
        for band in self.bands:
            yield from band.close()
        if not self.found:
            yield Raw(sheet=self.name, block=0, hidden=self.hidden, ignored=True)

    def _bands_for(self, row: Row) -> Iterator[Raw]:
        """Two labels `Título:` or two marks of a block in one row: blocks stand side by side from here on."""
        if len(row.cells) < 2 or self.bands[0].reads_a_list:
            return
        starts = [at for at, value in sorted(row.cells.items()) if at not in row.below and begins_block(str(value))]
        if len(starts) > 1 and columns_of(_texts(row.cells)) is None and starts != [b.first for b in self.bands]:
            for band in self.bands:
                yield from band.close()
            self.bands = [Band(self, first=at) for at in starts]

    def next_block(self) -> int:
        self.count += 1
        return self.count


@dataclass
class Band:
    """One column of blocks: reads row by row, remembers the Heading, the columns of the Table and the record so far."""

    sheet: Sheet
    first: int = 0
    columns: Columns | None = None
    above: dict[int, str] | None = None  # the row of headings just read, while a second one may follow
    heading: Raw = field(default_factory=Raw)
    body: Raw = field(default_factory=Raw)
    last_row: int = 0
    listed: Raw | None = None  # the last record of a list, while cells merged with it may follow
    seen_table: bool = False

    @property
    def reads_a_list(self) -> bool:
        return self.columns is not None and self.columns.is_list

    def feed(self, row: Row, until: int | None) -> Iterator[Raw]:
        """Read one row of the sheet, between the columns of this band."""
        inside = {at: v for at, v in row.cells.items() if at >= self.first and (until is None or at < until)}
        if self.first == 0 and until is None:
            inside = row.cells
        own = {at: v for at, v in inside.items() if at not in row.below}
        texts = _texts(own)
        if not texts:
            return
        gap = row.number - self.last_row > 1
        self.last_row = row.number
        if self._second_row(texts):
            return
        columns = columns_of(texts) if len(texts) > 2 and self._may_be_headings(texts, gap) else None
        if columns:
            yield from self._new_columns(columns, texts)
        elif self.reads_a_list and not self._leaves_list(texts):
            yield from self._list_row(inside, own, row)
        else:
            yield from self._form_row(texts, own, gap)

    def _may_be_headings(self, texts: dict[int, str], gap: bool) -> bool:
        """Inside a list only after an empty row or where a heading stands again: a list may be long."""
        return not self.reads_a_list or gap or any(self.columns.names.get(at) == text for at, text in texts.items())

    def close(self) -> Iterator[Raw]:
        """The record under way, if there is one."""
        if self.listed is not None:
            yield from self._give(self.listed)
        elif self.heading.fields or self.body.fields or self.seen_table:
            yield from self._block()
        self.listed, self.heading, self.body, self.columns, self.seen_table = None, Raw(), Raw(), None, False

    def _second_row(self, texts: dict[int, str]) -> bool:
        above, self.above = self.above, None
        both = with_second_row(self.columns, above, texts) if above and self.columns else None
        if both:
            self.columns = both
        return both is not None

    def _new_columns(self, columns: Columns, texts: dict[int, str]) -> Iterator[Raw]:
        if self.reads_a_list and self.columns and dict(columns.fields) == dict(self.columns.fields):
            return  # the headings once more, as on every printed page
        if columns.is_list:
            yield from self.close()
        elif self.reads_a_list and self.listed is not None and _only_heading(self.columns):
            self.heading, self.listed = self.listed, None  # a Heading laid out in a row, its Table below
        elif self.seen_table or self.body.fields:
            yield from self.close()
        self.columns, self.above, self.seen_table = columns, texts, not columns.is_list

    def _leaves_list(self, texts: dict[int, str]) -> bool:
        """Whether a form begins below a list."""
        first = texts[min(texts)]
        is_title = headings.is_label(first) and field_of(first) == "title"
        return len(texts) <= 4 and (
            headings.marks_block(first) or headings.marks_table(first) and len(texts) == 1 or is_title
        )

    def _list_row(self, inside: dict[int, Value], own: dict[int, Value], row: Row) -> Iterator[Raw]:
        """One record of a list. Cells merged over rows belong to each; a title merged over rows is one record."""
        title = next((at for at, f in self.columns.fields.items() if f == "title"), None)
        if len(own) == 1 and row.wide.get(min(own), 1) >= 3:
            return  # a title between the rows
        if title in row.below and self.listed is not None:
            _add(self.listed, self.columns, own)
            return
        if self.listed is not None:
            yield from self._give(self.listed)
        self.listed = Raw()
        place(self.listed, self.columns, inside)  # empty cells too: a column that is there says all

    def _form_row(self, texts: dict[int, str], own: dict[int, Value], gap: bool) -> Iterator[Raw]:
        first = texts[min(texts)]
        if len(texts) == 1 and headings.marks_table(first):
            if self.seen_table or self.reads_a_list:
                yield from self.close()
        elif len(texts) == 1 and headings.marks_block(first) and not (self.seen_table and not self.body.fields):
            yield from self.close()
        elif (pairs := pairs_in(texts, own)) and self._takes(pairs, first, gap):
            if self._is_next(pairs):
                yield from self.close()
            _put(self.heading, pairs, texts)
        elif self.columns and not (gap and self.body.fields):
            _add(self.body, self.columns, own)

    def _takes(self, pairs: dict[str, tuple[str, Value]], first: str, gap: bool) -> bool:
        """Whether labels are labels: inside a table they are text, unless a new record clearly begins."""
        if self.columns is None or self.reads_a_list:
            return True
        below = gap and bool(self.body.fields)
        return "title" in pairs and (below or field_of(first) == "title") or below and headings.is_label(first)

    def _is_next(self, pairs: dict) -> bool:
        has_table = self.seen_table or bool(self.body.fields) or self.reads_a_list
        return has_table or "title" in pairs and "title" in self.heading.headings

    def _block(self) -> Iterator[Raw]:
        """A Heading with its Table, a form that says everything by labels, or a Table alone."""
        record, body = self.heading, self.body
        number = self.sheet.next_block()
        filled = len(record.fields)
        if not filled and not body.fields:
            return
        if not self.seen_table and not body.fields and not self._is_full_form(record):
            self.sheet.count -= 1
            return
        if self.seen_table and not record.headings:
            record.fault = "missing_heading_block"
        for part in ("fields", "headings", "written", "extra"):
            getattr(record, part).update({k: v for k, v in getattr(body, part).items() if v != ""})
        yield from self._give(record, number)

    def _is_full_form(self, record: Raw) -> bool:
        if fold(self.sheet.name) in _ABOUT:
            return False
        known = HEADING_FIELDS & set(record.fields)
        return len(known) >= _FILLED_ENOUGH or ("description" in record.fields and len(record.fields) >= 3)

    def _give(self, record: Raw, number: int | None = None) -> Iterator[Raw]:
        if any(v != "" for v in record.fields.values()) or record.fault or any(v != "" for v in record.extra.values()):
            record.block = number or self.sheet.next_block()
            record.row = None if number else record.block
            record.sheet, record.hidden = self.sheet.name, self.sheet.hidden
            self.sheet.found += 1
            yield record


def place(record: Raw, columns: Columns, cells: dict[int, Value]) -> None:
    """The cells of a row, by field and by heading; what has no heading we know is kept by its own."""
    for at, name in columns.names.items():
        value = cells.get(at, "")
        known = columns.fields.get(at)
        record.written[name] = value
        if known:
            record.headings[known] = name
            record.fields[known] = value
        elif value != "":
            record.extra[name] = value


def _add(record: Raw, columns: Columns, cells: dict[int, Value]) -> None:
    """Like `place`, after what earlier rows of the same record said."""
    more = Raw()
    place(more, columns, cells)
    for part in ("fields", "written", "extra"):
        kept = getattr(record, part)
        for key, value in getattr(more, part).items():
            if value != "":
                kept[key] = _joined(kept.get(key, ""), value)
    record.headings.update(more.headings)


def _joined(first: Value, second: Value) -> Value:
    """One below the other; with a formula that nobody calculated nobody knows the whole."""
    unknown = next((one for one in (first, second) if isinstance(one, Formula)), None)
    return unknown or (f"{first}\n{second}" if first != "" else second)


def _put(record: Raw, pairs: dict[str, tuple[str, Value]], texts: dict[int, str]) -> None:
    for known, (label, value) in pairs.items():
        if record.fields.get(known, "") == "":
            record.headings[known] = label
            record.written[label] = value
            if value != "":
                record.fields[known] = value


def _texts(cells: dict[int, Value]) -> dict[int, str]:
    return {at: text for at, value in cells.items() if (text := str(value).strip("\u00a0 \t\r\n"))}


def _only_heading(columns: Columns | None) -> bool:
    return columns is not None and set(columns.fields.values()) <= HEADING_FIELDS
