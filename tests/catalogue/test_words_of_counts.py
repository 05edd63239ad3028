"""How many of how many: the noun goes with what was found, in every language."""

from types import SimpleNamespace

import pytest

from catalogue.views.lists import EntryList
from core.languages import speaking
from experts.views.directory import ExpertList
from experts.views.kept import AnswerList
from library.views.public import ItemList
from portfolio.views.public import ProgramList
from programs.views.public import RecordList


def words(view, total: int, whole: int) -> str:
    return view().count_words(SimpleNamespace(total=total, whole=whole))


@pytest.mark.parametrize(
    ("language", "none", "one", "many"),
    [
        ("en", "0 programmes of 23", "1 programme of 23", "2 programmes of 23"),
        ("es", "0 programas de 23", "1 programa de 23", "2 programas de 23"),
        ("pt", "0 programa de 23", "1 programa de 23", "2 programas de 23"),
        ("fr", "0 programme sur 23", "1 programme sur 23", "2 programmes sur 23"),
    ],
)
def test_nothing_one_and_many_of_the_whole(language, none, one, many):
    with speaking(language):
        assert [words(ProgramList, total, 23) for total in (0, 1, 2)] == [none, one, many]


@pytest.mark.parametrize(
    ("view", "one", "many"),
    [
        (EntryList, "1 résultat sur 262", "2 résultats sur 262"),
        (RecordList, "1 fiche sur 262", "2 fiches sur 262"),
        (ExpertList, "1 spécialiste sur 262", "2 spécialistes sur 262"),
        (AnswerList, "1 réponse sur 262", "2 réponses sur 262"),
        (ItemList, "1 publication sur 262", "2 publications sur 262"),
    ],
)
def test_every_list_counts_so_in_french(view, one, many):
    with speaking("fr"):
        assert [words(view, 1, 262), words(view, 2, 262)] == [one, many]
