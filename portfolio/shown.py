"""What the page of a public programme reads: the programme with its text, and its files."""

from core.wide import Wide
from files.models import ScanState, StoredFile
from network.models import Institution
from portfolio.models import Attachment, ConsolidatedProgram, Submission

_PROGRAM = Wide(
    "portfolio_consolidatedprogram p JOIN portfolio_submission s ON s.id = p.published_id "
    "JOIN network_institution i ON i.id = p.institution_id",
    also={
        "has_files": "EXISTS (SELECT 1 FROM portfolio_attachment a WHERE a.submission_id = s.id AND a.may_publish)",
        # as services.people_asked: the form itself asks once more, by the day of the secretariat
        "has_people": "EXISTS (SELECT 1 FROM network_membership m JOIN network_user u ON u.id = m.user_id AND u.is_active "
        "WHERE m.institution_id = i.id AND m.role IN ('coordinator', 'officer') AND m.starts_on <= CURRENT_DATE "
        "AND (m.ends_on IS NULL OR m.ends_on > CURRENT_DATE))",
    },
    p=ConsolidatedProgram, s=Submission, i=Institution,
)  # fmt: skip
_FILES = Wide("portfolio_attachment a JOIN files_storedfile f ON f.id = a.file_id", a=Attachment, f=StoredFile)


def public_program(slug: str) -> ConsolidatedProgram | None:
    """With its published text, its institution, whether it may have files to show and people to ask; None if not public."""
    found = next(iter(_PROGRAM.rows("WHERE p.slug = %s", slug)), None)
    if found is None or not found["p"].is_public:
        return None
    program = found["p"]
    program.published, program.institution, program.has_files = found["s"], found["i"], found["has_files"]
    program.published.program, program.has_people = program, found["has_people"]
    return program


def public_files(program: ConsolidatedProgram) -> list[Attachment]:
    """Files of the published text that the ministry publishes, checked and not taken down."""
    if not program.has_files:
        return []
    rows = _FILES.rows(
        "WHERE a.submission_id = %s AND a.may_publish AND f.removed_at IS NULL AND f.scan_state = %s ORDER BY a.id",
        program.published_id, ScanState.CLEAN.value,
    )  # fmt: skip
    for row in rows:
        row["a"].file = row["f"]
    return [row["a"] for row in rows]
