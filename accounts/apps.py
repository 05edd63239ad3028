from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from accounts import cases, checks, desk, notices  # noqa: F401  (checks registers itself)

        cases.register_kinds()
        notices.register()
        desk.register()
