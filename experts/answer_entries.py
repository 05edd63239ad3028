"""What of a kept answer the catalogue shows and searches: its published text. Nobody's name stands in it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from experts.models import Answer

KEY = "answers"


class AnswerEntries(EntryKind):
    """Questions that were answered, without names."""

    key, prefix, number = KEY, "Q", 5
    label = _("Questions and answers")
    one = _("Question and answer")
    catalogue = _("The knowledge base")
    about = _("What labour administrations asked, and what experts of the network answered, without names.")
    url_name = "experts:answer"
    list_name = "experts:answers"
    left_out = ("year_from", "status")
    orders = {"recent": _("Newest first"), "title": pgettext_lazy("sort order", "Title")}
    confirms = False
    of_work = False
    retired = _("This answer was taken out of the knowledge base on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = Answer.objects.public().filter(pk__in=list(ids))
        return [entry_of(answer) for answer in found.select_related("published").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def ids(self) -> Iterator[int]:
        return Answer.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(answer: Answer) -> EntryData:
    """The entry of a public answer, which comes with `published`."""
    text = answer.published
    return EntryData(
        object_id=answer.pk,
        slug=answer.slug,
        title=text.title,
        summary=summary(text.question),
        language=text.language,
        is_demo=answer.is_demo,
        countries=(text.country_id,) if text.country_id else (),
        themes=tuple(text.themes),
        published_at=answer.first_published_at or answer.published_at,
        updated_at=answer.published_at,
        confirmed_on=answer.confirmed_on,
        main_texts=(text.question,),
        texts=(text.reply,),
    )
