"""The fields of an item, in the order of the form: one definition serves form, record, review and questions."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Field:
    """One field. `key` names it in questions, errors and reviews; `columns` of the revision hold it."""

    key: str
    label: str
    columns: tuple[str, ...] = ()
    help: str = ""
    required: bool = False
    missing: str = ""
    lines: str = ""  # the repeated part, if any

    def __post_init__(self):
        if not self.columns and not self.lines:
            object.__setattr__(self, "columns", (self.key,))

    @property
    def name(self) -> str:
        return str(self.label)

    @property
    def all_columns(self) -> tuple[str, ...]:
        return (self.lines, *self.columns) if self.lines else self.columns


@dataclass(frozen=True)
class Section:
    """Fields that belong together on the form."""

    key: str
    label: str
    fields: tuple[Field, ...]
    summary: str = ""


WHAT = Section("what", _("What it is"), (
    Field("item_type", _("Kind of literature"), required=True, missing=_("Choose what it is")),
    Field("title", _("Title"), required=True, missing=_("Write the title"), help=_("As it stands on the document.")),
    Field("title_original", _("Original title"), help=_("If this is a translation, or if it is known by a name in another language.")),
    Field("authors", _("Authors"), lines="authors",
          help=_("In the order in which the document names them. For a body that writes in its own name, fill in only the last box.")),
    Field("year", _("Year"), help=_("In which it was published or adopted.")),
    Field("publisher", _("Publisher"), help=_("Or the body that adopted it.")),
    Field("part_of", _("Journal, series or book"), help=_("Of which it is a part, with volume and number if there are any.")),
))  # fmt: skip
ABOUT = Section("about", _("What it is about"), (
    Field("language", _("Language of the text"), required=True, missing=_("Choose the language"),
          help=_("In which title and abstract are written here.")),
    Field("written_in", _("Language of the document, if another"), help=_("For example: Dutch. Leave it empty if it is the same.")),
    Field("abstract", _("Abstract"), required=True, missing=_("Write a few sentences on what it says"),
          help=_("In your own words: what it says, and for whom it is of use. Up to 4,000 characters.")),
    Field("themes", _("Themes"), required=True, missing=_("Choose a theme"), help=_("Of Annex I. Choose those that it is really about.")),
    Field("countries", _("Countries"), help=_("That it is about. None, if it is about all.")),
    Field("about", _("Records and experts that it is about"),
          help=_("Numbers of public records of this portal, separated by commas, for example: P-000003, T-000012, E-000007.")),
))  # fmt: skip
WHERE = Section("where", _("Where it can be read"), (
    Field("link", _("Address"), help=_("A page that stays, if possible that of the publisher.")),
    Field("doi", _("DOI"), help=_("For example: 10.1111/ilr.12345")),
    Field("isbn", _("ISBN"), help=_("Ten or thirteen figures.")),
    Field("licence", pgettext_lazy("of a document", "Licence"), ("licence", "licence_text"),
          help=_("What the holder of the rights lets others do with the document. If nothing is stated, all rights are reserved.")),
))  # fmt: skip
FILE = Field("file", pgettext_lazy("of the library", "File"), ("file", "file_name", "may_publish_file"))

SECTIONS = (WHAT, ABOUT, WHERE)
FIELDS = {one.key: one for section in SECTIONS for one in section.fields} | {FILE.key: FILE}
TEXT_COLUMNS = tuple(name for one in FIELDS.values() for name in one.all_columns)
