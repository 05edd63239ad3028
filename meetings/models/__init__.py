"""What the calendar keeps."""

from meetings.models.meetings import Meeting, MeetingFile
from meetings.models.people import CalendarKey, FollowUpTask, Registration

__all__ = ["CalendarKey", "FollowUpTask", "Meeting", "MeetingFile", "Registration"]
