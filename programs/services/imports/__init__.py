"""A file for the Table: handed in, read in the background, held against what is published, applied as a whole."""

from programs.services.imports.applying import apply, apply_batch, start_apply
from programs.services.imports.handing_in import discard, tick, tick_all, upload
from programs.services.imports.holding_against import compare
from programs.services.imports.reading_files import read_batch, read_file_into
from programs.services.imports.sweeping import sweep

__all__ = [
    "apply", "apply_batch", "compare", "discard", "read_batch", "read_file_into", "start_apply", "sweep", "tick", "tick_all",
    "upload",
]  # fmt: skip
