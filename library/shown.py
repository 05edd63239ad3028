"""What the page of a public item reads: the item with what is said of it, and its file."""

from core.wide import Wide
from files.models import StoredFile
from library.models import ItemRevision, LibraryItem

_ITEM = Wide(
    "library_libraryitem p JOIN library_itemrevision r ON r.id = p.published_id "
    "LEFT JOIN files_storedfile f ON f.id = r.file_id",
    p=LibraryItem, r=ItemRevision, f=StoredFile,
)  # fmt: skip


def public_item(slug: str) -> LibraryItem | None:
    """With its published revision and file; None if it is not public."""
    found = next(iter(_ITEM.rows("WHERE p.slug = %s", slug)), None)
    if found is None or not found["p"].is_public:
        return None
    item = found["p"]
    item.published, item.published.file, item.published.item = found["r"], found["f"], item
    return item
