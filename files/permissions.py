"""Who may read and who may take down a stored file. Whose record it belongs to is asked by the app that owns the record."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from files.models import ScanState


def may_read(stored, user) -> bool:
    """Checked files: whoever the owning app lets in. Waiting ones: the uploader alone. Refused and removed: nobody."""
    if stored.removed_at or stored.scan_state == ScanState.REFUSED:
        return False
    if stored.scan_state == ScanState.CLEAN:
        return True
    return user is not None and user.is_authenticated and user.pk == stored.uploaded_by_id


def may_remove(user) -> Decision:
    """Takedown is for network administrators."""
    return YES if user.is_administrator else no(_("Only a network administrator may take a file down."))
