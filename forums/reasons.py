"""Why readers report a post or a message, where a report stands, and what moderators do."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportReason(models.TextChoices):
    """Why somebody thinks that a post or a message should not stand."""

    OFFENDS = "offends", _("It insults or threatens somebody")
    PERSONAL = "personal", _("It shows personal data of somebody")
    ADVERTISES = "advertises", _("It advertises, or is a fraud")
    ELSEWHERE = "elsewhere", _("It belongs elsewhere")
    RIGHTS = "rights", _("It uses words or files of others without their consent")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", pgettext_lazy("report", "Waits for a moderator")
    UPHELD = "upheld", pgettext_lazy("report", "Upheld: it is hidden")
    DISMISSED = "dismissed", pgettext_lazy("report", "Dismissed: it stays")


class Deed(models.TextChoices):
    """What somebody who moderates did."""

    HIDE = "hide", _("Hid the post")
    SHOW = "show", _("Showed the post again")
    EDIT = "edit", _("Changed the post")
    TOPIC_HIDE = "topic_hide", _("Hid the topic")
    TOPIC_SHOW = "topic_show", _("Showed the topic again")
    WORDS_HIDE = "words_hide", _("Hid the words of a position")
    WORDS_SHOW = "words_show", _("Showed the words of a position again")
    LOCK = "lock", _("Locked the topic")
    UNLOCK = "unlock", _("Unlocked the topic")
    PIN = "pin", _("Pinned the topic")
    UNPIN = "unpin", _("Unpinned the topic")
    MOVE = "move", _("Moved the topic to another forum")
    SPLIT_OFF = "split_off", _("Moved posts into a new topic")
    SPLIT_FROM = "split_from", _("Began the topic from posts of another one")
    MERGED_INTO = "merged_into", _("Joined the topic with another one")
    MERGED_FROM = "merged_from", _("Took another topic into this one")
