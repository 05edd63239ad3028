"""Static files that come from a package which is no Django app: only those the pages load."""

from pathlib import Path

from bootstrap_wrapper import get_bootstrap_css_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILES = ("bootstrap.min.css", "bootstrap.min.css.map")


class BootstrapFinder(BaseFinder):
    """Bootstrap's style sheet as `bootstrap/bootstrap.min.css`, and nothing else of the package."""

    def __init__(self):
        self.storage = FileSystemStorage(location=get_bootstrap_css_dir())
        self.storage.prefix = "bootstrap"

    def find(self, path, find_all=False, **kwargs):
        folder, _, name = path.partition("/")
        if folder != "bootstrap" or name not in FILES:
            return []
        full = str(Path(get_bootstrap_css_dir(), name))
        return [full] if find_all else full

    def list(self, ignore_patterns):
        for name in FILES:
            yield name, self.storage
