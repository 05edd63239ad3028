"""A public item as its page draws it. Asks nothing of the database beyond what it was given."""

from functools import cached_property

from catalogue.labels import LANGUAGES, TEXT_IN, Labels
from core.languages import current
from library import citing, machines
from library.choices import LICENCE_ADDRESSES
from library.identifiers import doi_address
from library.parts import authors
from taxonomy.choices import ItemType

WEB = ("https://", "http://")


class Record:
    """Everything the page shows."""

    def __init__(self, item, labels: Labels):
        self.item, self.text, self.labels = item, item.published, labels

    @property
    def permanent_url(self) -> str:
        return citing.permanent(self.item)

    @property
    def kind(self) -> str:
        code = self.text.item_type
        return str(ItemType(code).label) if code in ItemType.values else ""

    @cached_property
    def authors(self) -> list[str]:
        return [author.spoken for author in authors(self.text)]

    @cached_property
    def themes(self) -> list:
        return [self.labels.theme[code] for code in self.text.themes if code in self.labels.theme]

    @cached_property
    def countries(self) -> list:
        return [self.labels.country[code] for code in self.text.countries if code in self.labels.country]

    @property
    def written_in(self) -> str:
        """Language of the document."""
        return self.text.written_in or str(LANGUAGES[self.text.language])

    @property
    def text_in(self) -> str:
        return str(TEXT_IN[self.text.language])

    @property
    def language_name(self) -> str:
        return str(LANGUAGES[self.text.language])

    @property
    def is_in_another_language(self) -> bool:
        return self.text.language != current()

    @property
    def link(self) -> str:
        """Its address, if a browser may be sent there."""
        return web_address(self.text.link)

    @property
    def doi_url(self) -> str:
        return doi_address(self.text.doi) if self.text.doi else ""

    @property
    def source(self) -> str:
        """Where a carried item comes from, if that is an address."""
        return web_address(self.item.source.strip())

    @property
    def rights(self) -> str:
        return machines.rights(self.text)

    @property
    def licence_url(self) -> str:
        return LICENCE_ADDRESSES.get(self.text.licence, "")

    @property
    def file(self):
        return self.text.public_file

    @property
    def citation(self) -> dict[str, str]:
        return citing.in_words(self.item)

    @property
    def meta(self) -> list[tuple[str, str]]:
        return machines.names(self.item, self.labels)


def web_address(text: str) -> str:
    """The address if a browser may be sent there, else nothing."""
    return text if text.lower().startswith(WEB) else ""
