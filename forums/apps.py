from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums")

    def ready(self) -> None:
        from catalogue import kinds as entry_kinds
        from forums import consensus_notices, desk, notices, tasks  # noqa: F401 - they register what they know
        from forums.entries import TopicEntries

        entry_kinds.register(TopicEntries())
