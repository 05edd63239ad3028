"""Annex I as data: the heading, the ten columns, and the fields that stand under each. One definition serves form, record,
print, table view, comparison, review and export."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Field:
    """One field. `key` names it everywhere: in questions, errors, exports; `columns` are those that hold it.

    `whole` marks a column's own free text, which reads without a label of its own.
    """

    key: str
    label: str
    columns: tuple[str, ...] = ()
    help: str = ""
    required: bool = False
    missing: str = ""
    lines: str = ""  # the repeated part, if any
    whole: bool = False
    ours: bool = False  # the portal adds it to Annex I

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
class Column:
    """One column of Annex I, or its heading; `ours` is what the portal adds for cooperation."""

    key: str
    label: str
    fields: tuple[Field, ...] = field(default_factory=tuple)
    summary: str = ""
    ours: bool = False


HEADING = Column(
    "heading",
    _("Heading"),
    (
        Field("title", _("Title"), required=True, missing=_("Write the title"),
              help=_("The name of the policy, programme or project, in the language of the text.")),
        Field("title_original", _("Original title"), help=_("If it is known by a name in another language.")),
        Field("language", _("Language of the text"), required=True, ours=True, missing=_("Choose the language of the text")),
        Field("type", _("Type"), required=True, missing=_("Choose what it is"),
              help=_("A policy, a programme, a project of cooperation or of assistance, or another measure.")),
        Field("countries", _("Countries or region"), ("countries", "region"), required=True,
              missing=_("Choose a country, or a region"), help=_("Where it is carried out.")),
        Field("start", _("Starting date"), ("start_year", "start_month", "start_day"),
              help=_("As exact as known: the year alone is enough.")),
        Field("end", _("Ending date"), ("end_year", "end_month", "end_day", "ongoing"),
              help=_("As exact as known. Leave it empty if it goes on, and say so.")),
        Field("theme", pgettext_lazy("of a record", "Theme"), required=True, missing=_("Choose the theme"),
              help=_("Each theme belongs to one area of labour administration.")),
        Field("further_themes", _("Further themes"), ours=True),
    ),
    _("Title, type, countries, dates and theme"),
)  # fmt: skip

DESCRIPTION = Column(
    "description",
    pgettext_lazy("column", "Description"),
    (
        Field("description", pgettext_lazy("column", "Description"), required=True, whole=True,
              missing=_("Describe it in a few sentences"), help=_("What is done, for whom, and how, in a few sentences.")),
        Field("background", _("Background"), help=_("What led to it.")),
        Field("salient_features", _("Salient features"), help=_("What sets it apart.")),
        Field("institution", _("Executing institution"), ("institution", "institution_text"),
              help=_("Choose it from the list, or write its name.")),
        Field("placement", _("Place within the labour administration"),
              help=_("Which ministry, directorate or agency it belongs to.")),
        Field("funding_sources", _("Funding source")),
    ),
    _("What it is, who carries it out, who pays for it"),
)  # fmt: skip

OBJECTIVES = Column(
    "objectives", pgettext_lazy("column", "Objectives"),
    (Field("objectives", pgettext_lazy("column", "Objectives"), whole=True, help=_("What it wants to achieve.")),),
    _("What it wants to achieve"),
)  # fmt: skip

STRATEGY = Column(
    "implementation_strategy",
    pgettext_lazy("column", "Implementation strategy"),
    (
        Field("implementation_strategy", pgettext_lazy("column", "Implementation strategy"), whole=True,
              help=_("How it is put into practice.")),
        Field("decentralisation", _("Decentralisation"), help=_("What is done in regions, provinces or municipalities.")),
        Field("public_institutions", _("Other public institutions"), help=_("Which take part, and how.")),
        Field("civil_organisations", _("Social or civil organisations"),
              help=_("Unions, employers, associations: which take part, and how.")),
        Field("user_services", _("User service network"), help=_("Offices, telephone lines, web services for its users.")),
    ),
    _("How it is put into practice, and with whom"),
)  # fmt: skip

POPULATION = Column(
    "population_served",
    pgettext_lazy("column", "Population served"),
    (
        Field("population_served", pgettext_lazy("column", "Population served"), whole=True, help=_("Who benefits from it.")),
        Field("populations", _("Groups")),
        Field("population_number", _("Number of persons served"), help=_("How many persons, in figures.")),
    ),
    _("Who benefits, and how many they are"),
)  # fmt: skip

HUMAN = Column(
    "human_resources",
    pgettext_lazy("column", "Human resources"),
    (
        Field("human_resources", pgettext_lazy("column", "Human resources"), whole=True),
        Field("staff_number", _("Staff"), help=_("How many persons of the institution work for it.")),
        Field("outside_number", _("Outside personnel"), help=_("How many persons from outside work for it.")),
    ),
    _("Who works for it"),
)  # fmt: skip

FINANCIAL = Column(
    "financial_resources",
    pgettext_lazy("column", "Financial resources"),
    (
        Field("financial_resources", pgettext_lazy("column", "Financial resources"), whole=True),
        Field("budget", _("Amounts"), lines="budget", help=_("One line for each source, or for each year.")),
    ),
    _("What it costs: budgeted and executed"),
)  # fmt: skip

NON_FINANCIAL = Column(
    "non_financial_resources",
    pgettext_lazy("column", "Non-financial resources"),
    (
        Field("non_financial_resources", pgettext_lazy("column", "Non-financial resources"), whole=True),
        Field("counterpart", _("Counterpart resources")),
        Field("in_kind", _("Donations in kind")),
        Field("services", _("Donations in services")),
    ),
    _("Counterpart, donations in kind and in services"),
)  # fmt: skip

RESULTS = Column(
    "results",
    pgettext_lazy("column", "Results"),
    (
        Field("results", pgettext_lazy("column", "Results"), whole=True),
        Field("accomplishments", _("Main accomplishments")),
        Field("products", _("Products")),
        Field("impact", _("Impact on the population served")),
        Field("evaluations", _("Evaluations"), lines="evaluations", help=_("One line for each evaluation.")),
        Field("social_valuation", _("Valuation by the social partners")),
    ),
    _("What came of it, and how that is known"),
)  # fmt: skip

LESSONS = Column(
    "lessons_learned",
    pgettext_lazy("column", "Lessons learned"),
    (
        Field("lessons_learned", pgettext_lazy("column", "Lessons learned"), whole=True),
        Field("why_positive", _("Why it is positive")),
        Field("weaknesses", _("Weaknesses")),
        Field("improvements", _("Proposed improvements")),
        Field("usefulness", _("Usefulness for others")),
    ),
    _("What others can learn from it"),
)  # fmt: skip

SOURCE = Column(
    "information_source",
    pgettext_lazy("column", "Information source"),
    (
        Field("information_source", pgettext_lazy("column", "Information source"), whole=True,
              help=_("Where to read more, if it is not a web page.")),
        Field("website", _("Web site"), help=_("For example: https://www.example.org/programme")),
    ),
    _("Where to read more"),
)  # fmt: skip

COOPERATION = Column(
    "cooperation",
    pgettext_lazy("column", "Cooperation and links"),
    (
        Field("cooperation_type", _("Type of cooperation")),
        Field("partners", _("Partners and funders"), lines="partners", help=_("One line for each organisation.")),
        Field("conventions", _("ILO Conventions"), help=_("Their numbers, separated by commas. For example: 81, 129, 150")),
        Field("sdg_targets", _("Targets of the Sustainable Development Goals"),
              help=_("Separated by commas. For example: 8.5, 8.8")),
        Field("gender_marker", _("Equality between women and men")),
        Field("disability_marker", _("Inclusion of persons with disabilities")),
        Field("tripartism_marker", _("Tripartism and social dialogue")),
        Field("related", _("Related records"), help=_("Their numbers, separated by commas. For example: T-000012, P-000003")),
    ),
    _("Partners, conventions, goals and related records"),
    ours=True,
)  # fmt: skip

# In the order in which Annex I prints them
TABLE = (
    DESCRIPTION, OBJECTIVES, STRATEGY, POPULATION, HUMAN, FINANCIAL, NON_FINANCIAL, RESULTS, LESSONS, SOURCE,
)  # fmt: skip
COLUMNS = (HEADING, *TABLE, COOPERATION)
FIELDS = {one.key: one for column in COLUMNS for one in column.fields}
# Every database column that belongs to the text of a revision, in the order of Annex I
TEXT_COLUMNS = tuple(dict.fromkeys(name for one in FIELDS.values() for name in one.all_columns))


def column(key: str) -> Column:
    """One column by its key; KeyError for none."""
    return next(one for one in COLUMNS if one.key == key)
