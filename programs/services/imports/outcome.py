"""The text that a row leaves behind: a new one, or what is published with the row's columns in it."""

from core.languages import RECORD_LANGUAGES
from programs.models import ImportRow, ProjectRevision
from programs.services import texts

_EMPTY = texts.values_of(ProjectRevision())
_TELLING = ("title", "description", "objectives")  # in what language they are written is the language of the text


def whole_of(row: ImportRow, published: ProjectRevision | None = None) -> dict:
    """Every column. Where the file names no language, it is that of the words; doubtful words leave the published one."""
    given, told = texts.cleaned(row.values), row.details.get("language", "")
    known = told if told in dict(RECORD_LANGUAGES) else ""
    if published is None:
        return {**_EMPTY, "language": known or "es", **given}
    before = texts.values_of(published)
    whole = {**before, **given}
    is_new = any(whole[column] != before[column] for column in _TELLING)
    if known and is_new and "language" not in given and row.details.get("language_is_sure"):
        whole["language"] = known
    return whole
