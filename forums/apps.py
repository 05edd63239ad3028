from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from forums import (  # noqa: F401 - they register what they know  # noqa: F401 - and so do the live rooms
            cases,
            consensus_notices,
            desk,
            moderation_desk,
            moderation_notices,
            notices,
            room_cases,
            room_notices,
            room_tasks,
            rooms_beside,
            tasks,
        )
        from forums.entries import TopicEntries
        from forums.room_entries import RoomEntries
        from network.roles import open_model

        entry_kinds.register(TopicEntries())
        entry_kinds.register(RoomEntries())
        open_model("forums.forum", "view", "add", "change")
        open_model("forums.forummember", "view", "add", "change", "delete")
