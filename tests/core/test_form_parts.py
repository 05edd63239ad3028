"""Forms: help and message before the control, tied to it; the summary on top."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template


class Sample(forms.Form):
    """One of each."""

    title = forms.CharField(label="Title", help_text="As it is <known>")
    text = forms.CharField(label="Text", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, help_text="Any"
    )
    agree = forms.BooleanField(label="Agree")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].recommended_words = 200
        self.fields["text"].example = "Like <this>"


def plain(form) -> str:
    return Template("{% load formparts %}{% error_summary form %}{% form_fields form %}").render(
        Context({"form": form})
    )


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


@pytest.mark.parametrize("data", [None, {}])
def test_every_reference_of_a_form_leads_to_something_that_exists_once(data):
    html = plain(Sample(data))
    for attribute in ("aria-describedby", "for", "aria-labelledby"):
        for value in re.findall(rf'\s{attribute}="([^"]+)"', html):
            assert all(ids(html).count(one) == 1 for one in value.split()), value
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids(html)


def test_help_and_message_stand_above_the_control():
    html = plain(Sample({}))
    assert html.index("id_title_helptext") < html.index("id_title_error") < html.index('name="title"')
    assert 'aria-invalid="true"' in html and "Error:" in html and "&lt;known&gt;" in html


def test_groups_are_fieldsets_with_a_legend():
    html = plain(Sample())
    assert html.count("<fieldset") == 2 and "<legend>Kind</legend>" in html


def test_the_summary_counts_the_answers_and_leads_to_them():
    html = plain(Sample({"title": "x"}))
    assert "There are 4 answers to correct" in html and 'href="#id_kind_0"' in html and 'tabindex="-1"' in html


def test_without_errors_there_is_no_summary():
    assert "answers to correct" not in plain(Sample())


def test_a_recommended_length_and_an_example_are_shown():
    html = plain(Sample())
    assert "Recommended: up to 200 words" in html and "Like &lt;this&gt;" in html and "<details" in html


def test_crispy_draws_the_same_fields():
    crispy = render_crispy_form(Sample({}))
    assert 'class="field field-err' in crispy and "There are 5 answers to correct" in crispy


def test_the_title_says_error_only_after_a_refusal():
    source = Template("{% load formparts %}{% error_prefix %}")
    assert source.render(Context({"form": Sample({})})) == "Error: "
    assert source.render(Context({"form": Sample()})) == ""
    assert source.render(Context({})) == ""
