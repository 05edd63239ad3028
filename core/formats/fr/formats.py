"""Dates in French as the portal writes them: the month in words, also where space is short; S gives 1er (core.dates)."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y, H:i"
SHORT_DATE_FORMAT = "jS b Y"
SHORT_DATETIME_FORMAT = "jS b Y, H:i"
MONTH_DAY_FORMAT = "jS F"
