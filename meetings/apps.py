from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from meetings import cases, desk, notices  # noqa: F401 - they register what they know
        from meetings.entries import MeetingEntries
        from network.choices import Role
        from network.roles import open_model

        entry_kinds.register(MeetingEntries())
        open_model("meetings.meeting", "view", to=(Role.ADMINISTRATOR, Role.MODERATOR))
