from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"

    def ready(self):
        from network.roles import open_model

        open_model("files.storedfile", "view")
