"""What of a transcript becomes a question with its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainLine, PlainText
from experts.services.answers.conversations import askers_among, experts_among
from taxonomy.models import Theme

LIMIT = 10_000


class RoomAnswerForm(forms.Form):
    """Who asked, who answered, what; filled with what the room says."""

    expert = forms.TypedChoiceField(
        label=_("Who answered"), coerce=int, help_text=_("An expert of the directory who wrote in this room.")
    )
    asker = forms.TypedChoiceField(
        label=_("Who asked"), coerce=int, help_text=_("Officers, coordinators and partners who wrote in this room.")
    )
    theme = forms.ChoiceField(label=_("Theme"))
    title = PlainLine(label=_("In a few words"), max_length=200)
    question = PlainText(label=_("The question"), max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 6}))
    reply = PlainText(label=_("The answer"), max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, data=None, *, room, rows, user, typed=None):
        ids = {row.author_id for row in rows} - {None}
        self.experts = {expert.pk: expert for expert in experts_among(ids)}
        self.askers = {person.pk: person for person in askers_among(ids)}
        super().__init__(data, initial=typed or self._initial(room, rows, user))
        self.fields["expert"].choices = [(expert.pk, expert.user.name) for expert in self.experts.values()]
        self.fields["asker"].choices = [(person.pk, person.name) for person in self.askers.values()]
        themes = Theme.objects.order_by("number")
        self.themes = {theme.code: theme for theme in themes}
        self.fields["theme"].choices = [(theme.code, f"{theme.code} {theme.label}") for theme in themes]

    def _initial(self, room, rows, user) -> dict:
        own = next((e for e in self.experts.values() if e.user_id == user.pk), None)
        expert = own or next(iter(self.experts.values()), None)
        answered = {expert.user_id} if expert else set()
        asker = next((person for person in self.askers.values() if person.pk not in answered), None)
        said = {
            "question": [row.text for row in rows if asker and row.author_id == asker.pk],
            "reply": [row.text for row in rows if row.author_id in answered],
        }
        texts = {name: "\n\n".join(parts)[:LIMIT] for name, parts in said.items()}
        return {"title": room.title, "expert": expert and expert.pk, "asker": asker and asker.pk, **texts}

    @staticmethod
    def put_in(posted, rows) -> dict:
        """What was typed, with the chosen messages below it in their order; one whose text stands there already is not put in again."""
        names = ("expert", "asker", "theme", "title", "question", "reply")
        typed = {name: posted.get(name, "").replace("\r\n", "\n") for name in names}
        for name in ("question", "reply"):
            chosen = set(posted.getlist(f"to_{name}"))
            for row in rows:
                if str(row.seq) in chosen and f"\n\n{row.text}\n\n" not in f"\n\n{typed[name].rstrip()}\n\n":
                    typed[name] = f"{typed[name].rstrip()}\n\n{row.text}".lstrip()
        return typed

    @property
    def is_possible(self) -> bool:
        """Whether somebody asked and somebody else answered who may do so in the network."""
        people = {expert.user_id for expert in self.experts.values()}
        return bool(self.experts) and any(person not in people or len(people) > 1 for person in self.askers)

    @property
    def values(self) -> dict:
        """For the service."""
        data = self.cleaned_data
        return {
            "expert": self.experts[data["expert"]], "asker": self.askers[data["asker"]], "theme": self.themes[data["theme"]],
            "title": data["title"], "question": data["question"], "reply": data["reply"],
        }  # fmt: skip
