"""Annex II, sections IV to VII, and the statement on the criteria of the form's head."""

from django.utils.translation import gettext_lazy as _

from portfolio.annex.parts import Question, Section

IV = Section(
    "IV",
    _("Sustainability"),
    _("Funding, non-monetary support and other circumstances"),
    _("What keeps the programme going, and what would another country need to keep it going?"),
    (
        Question(
            "IV.a", "funding", _("Sources of funding"), ("funding_text",), lines="funding", may_skip=True,
            help=_("One source a line. Amount, currency and year only where you know them. For example: 1.250.000,50 or 1,250,000.50"),
        ),
        Question(
            "IV.b", "non_monetary_support", _("Non-monetary support, including in-kind donations and services"),
            short=_("Non-monetary support"), may_skip=True, words=150,
            help=_("Premises, equipment, volunteers, the time of staff of other institutions."),
            example=_("Municipalities lend the rooms and spread the call; employers' associations train the assessors."),
        ),
        Question(
            "IV.c", "other_sustainability", _("Other circumstances relevant to the sustainability of the programme"),
            short=_("Other circumstances"), may_skip=True, words=150,
            help=_("A law, an agreement, a place in the budget, support across governments."),
        ),
    ),
)  # fmt: skip

V = Section(
    "V",
    _("Programme evaluation"),
    _("Achievements, lessons, what to improve and evaluations"),
    _("What did you learn that a colleague should know before starting?"),
    (
        Question(
            "V.a", "achievements", _("Important programme achievements"), short=_("Achievements"), may_skip=True, words=300,
            help=_("Results, with figures and their year if you have them."),
            example=_("In 2024, 3,100 carers were certified, 2,700 of them women; four in ten found formal work within a year."),
        ),
        Question(
            "V.b", "lessons_learned", _("Important lessons learned"), short=_("Lessons learned"), may_skip=True, words=300,
            help=_("What would you do again, and what differently?"),
            example=_("Employers sent people only after the assessment moved to the workplace; we would start there."),
        ),
        Question(
            "V.c", "aspects_to_improve",
            _("Aspects of the programme to be improved that were identified in the course of the experience"),
            short=_("Aspects to improve"), may_skip=True, words=200,
        ),
        Question(
            "V.d", "evaluations", _("Internal or external evaluations of the programme and their main findings"),
            ("evaluations_text",), short=_("Evaluations"), lines="evaluations", may_skip=True,
            help=_("One evaluation a line: who made it, in which year, and what it found."),
        ),
    ),
)  # fmt: skip

VI = Section(
    "VI",
    _("Documentation of the experience"),
    _("Studies, newspaper articles, videos or testimonies; you may attach files"),
    _("Is there documentation of the programme and its impact? Cite it, or attach it."),
    (
        Question(
            "VI.1", "documents", _("Documents, cited or attached"), (), short=_("Documents"), lines="documents", may_skip=True,
            help=_("One document a line. A video is cited by its address."),
        ),
    ),
)  # fmt: skip

VII = Section(
    "VII",
    _("Dissemination"),
    _("Consent to publication, and commitment to share the programme"),
    _("Both answers belong to your institution, which may take them back at any time, at once."),
    (
        Question(
            "VII.1", "registry_consent", _("May we include your programme in our on-line forum and registry?"),
            short=_("Consent to the registry"), required=True,
            help=_("With \"No\", the programme is reviewed but never shown to the public."),
            missing=_("Say whether the programme may be included in the registry"),
        ),
        Question(
            "VII.2", "sharing_commitment",
            _(
                "Is your institution committed to sharing this programme with other countries in the Americas, through workshops or "
                "other horizontal cooperation mechanisms?"
            ),
            ("sharing_commitment", "sharing_text"), short=_("Commitment to share"), required=True,
            help=_("With \"No\", the programme is listed but not offered to other ministries."),
            missing=_("Say whether your institution is committed to sharing the programme"),
        ),
    ),
)  # fmt: skip

CRITERIA = Section(
    "criteria",
    _("Statement on the four criteria"),
    _("Optional: in what way the programme meets the criteria of the Portfolio, with evidence"),
    _(
        "Preferably, a programme of the Portfolio meets four criteria. You may say here in what way yours does. Nothing on this page "
        "is required, and leaving it empty never stops a submission. It is read by the OAS and is not published."
    ),
    (Question("criteria.1", "criteria", _("Statement on the criteria"), (), lines="criteria", ours=True),),
)  # fmt: skip
