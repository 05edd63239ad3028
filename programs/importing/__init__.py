"""Reading a Table as a ministry sends it: what was understood of each row. Nothing is written here and nothing is guessed."""

from programs.importing.errors import ImportUnreadable
from programs.importing.reading import read, sheet_table
from programs.importing.records import Formula, ReadRow, Understood
from programs.importing.vocabulary import Vocabulary

__all__ = ["Formula", "ImportUnreadable", "ReadRow", "Understood", "Vocabulary", "read", "sheet_table"]
