from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import cases, checks, desk, notices  # noqa: F401  (checks registers itself)

        cases.register_kinds()
        notices.register()
        desk.register()
