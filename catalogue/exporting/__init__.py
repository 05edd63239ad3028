"""Downloads of a catalogue: what its list's filters leave as CSV, XLSX and JSON. The apps above say which columns."""
