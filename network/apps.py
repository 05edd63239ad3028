from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("People and institutions")

    def ready(self):
        from network.choices import Role
        from network.roles import open_model

        for model in ("country", "institution", "participation", "user", "membership"):
            open_model(f"network.{model}", "view", "add", "change")
        open_model("network.participation", "delete")
        for model in ("area", "theme", "programcategory"):
            open_model(f"taxonomy.{model}", "view", "change")
            open_model(f"taxonomy.{model}", "view", to=(Role.REVIEWER, Role.TABLE_EDITOR))
        open_model("taxonomy.projecttype", "view", "add", "change")
        open_model("taxonomy.projecttype", "view", to=(Role.REVIEWER, Role.TABLE_EDITOR))
        for model in ("country", "institution", "participation"):
            open_model(f"network.{model}", "view", to=(Role.REVIEWER, Role.TABLE_EDITOR))
