from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from accounts import cases, checks, desk, notices  # noqa: F401  (checks registers itself)
        from accounts.middleware import end_older_sessions

        cases.register_kinds()
        notices.register()
        desk.register()
        authenticator_added.connect(end_older_sessions)
