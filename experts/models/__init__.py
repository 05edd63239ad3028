"""Who advises, and what they were asked."""

from experts.models.people import Expert, ProfileRevision, Referee

__all__ = ["Expert", "ProfileRevision", "Referee"]
