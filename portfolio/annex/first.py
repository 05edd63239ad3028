"""Annex II, sections I to III."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portfolio.annex.parts import Question, Section

I = Section(  # noqa: E741 - the numeral of Annex II
    "I",
    _("Country or institution presenting the experience"),
    _("Name of the programme, contact person, address and web site"),
    _("The programme's name and whom another ministry may write to. You may answer in Spanish, Portuguese, French or English."),
    (
        Question(
            "I.1", "title", _("Name of the programme"), required=True,
            help=_("As it is known in your country, in the language of the text."),
            missing=_("Write the name of the programme"),
        ),
        Question(
            "I.1b", "language", _("Language of the text"), ours=True, required=True,
            help=_("The language in which you answer. The portal shows the text in this language to everyone."),
            missing=_("Choose the language of the text"),
        ),
        Question(
            "I.1c", "also_known_as", _("Also known as"), ours=True,
            help=_("An acronym, an earlier name, or the name in another language: people search by it."),
        ),
        Question(
            "I.2", "website", _("Web site"), may_skip=True,
            help=_("The programme's own page if it has one. For example: https://www.example.org/programme"),
        ),
        Question(
            "I.3", "country", _("Country"), required=True, on_program=True,
            help=_("Exactly one: the country where the programme is run."), missing=_("Choose the country of the programme"),
        ),
        Question(
            "I.4", "institution", _("Institution or government agency presenting the experience"), short=_("Institution"),
            required=True, on_program=True,
        ),
        Question(
            "I.5", "contact_name", _("Contact person and position"),
            ("contact_name", "contact_position"), on_program=True, required=True,
            help=_("Whom colleagues from other ministries may ask. The position is public; the name is shown to members of the network."),
            missing=_("Write the name of the contact person"),
        ),
        Question(
            "I.6", "address", pgettext_lazy("postal", "Address"), may_skip=True,
            help=_("Postal address of the institution. It is public."),
        ),
        Question(
            "I.7", "contact_telephone", _("Telephone"), on_program=True, may_skip=True,
            help=_("With the country code, for example +56 2 2345 6789. Shown to members of the network only."),
        ),
        Question(
            "I.8", "contact_email", _("E-mail"), on_program=True, may_skip=True,
            help=_("Give an e-mail address or a telephone number, or both. Shown to members of the network only."),
            missing=_("Write an e-mail address or a telephone number of the contact person"),
        ),
        Question(
            "I.9", "contact_fax", _("Fax"), on_program=True, may_skip=True,
            help=_("If the institution still uses one. Shown to members of the network only."),
        ),
    ),
)  # fmt: skip

II = Section(
    "II",
    _("Under which categories does the programme classify?"),
    _("One or more of the five categories of the Portfolio, and the themes"),
    "",
    (
        Question(
            "II.1", "categories", _("Categories"), required=True,
            help=_("Choose one or more."), missing=_("Choose at least one of the five categories"),
        ),
        Question(
            "II.2", "themes", _("Themes of labour administration"), ours=True,
            help=_("Choose those that fit: colleagues find the programme by them. The OAS completes them at approval."),
        ),
    ),
)  # fmt: skip

III = Section(
    "III",
    _("Description of the programme"),
    _("Needs, design, objectives, dates, coverage, population and actors"),
    _(
        "Write for a colleague of another ministry who does not know your country. The questions are those of Annex II; you "
        "may answer in Spanish, Portuguese, French or English."
    ),
    (
        Question(
            "III.a", "needs_addressed", _("Needs addressed"), required=True, words=200,
            help=_("What was the problem before the programme? Whom did it affect?"),
            missing=_("Describe the needs that the programme addresses"),
        ),
        Question(
            "III.b", "description",
            _("Brief description of the programme, including key aspects of its design and implementation"),
            short=_("Brief description"), required=True, words=500,
            help=_("How it works, who does what, which rules hold it up, what a participant goes through."),
            example=_(
                "The programme recognises what people already know how to do. The assessment is voluntary and takes place in "
                "accredited centres against the standards of each sector; a council of government, employers and workers governs it."
            ),
            missing=_("Describe the programme"),
        ),
        Question(
            "III.c", "objectives", _("Programme objectives"), required=True, words=150,
            help=_("One a line. An objective says what should change and for whom."),
            example=_("Certify the skills of 6,000 carers by the end of 2026, and ease their way into formal jobs."),
            missing=_("Write the objectives of the programme"),
        ),
        Question(
            "III.d", "start_year", _("Start date and time span"),
            ("start_month", "start_year", "ongoing", "end_month", "end_year", "time_span"), required=True,
            help=_("If you do not remember the month, write the year alone. For example: 10 2002"),
            missing=_("Write the year in which the programme started"),
        ),
        Question(
            "III.e", "coverage", _("Geographic coverage"), ("coverage", "coverage_text"), may_skip=True,
            help=_("Tick all levels at which the programme is run, and name the regions or cities if it is not everywhere."),
        ),
        Question(
            "III.f", "populations", _("Target population"),
            ("populations", "population_text", "population_number"), may_skip=True,
            help=_("Who they are and how many. Say how many are women, if you know."),
        ),
        Question(
            "III.g", "actors", _("Institutions and actors involved in the design and implementation"),
            ("actors_text",), short=_("Institutions and actors"), lines="actors", may_skip=True,
            help=_("Who took part in the design, and who takes part in the implementation: one a line."),
        ),
    ),
)  # fmt: skip
