"""Forms of the forums."""

from forums.forms.finding import SearchForm, TopicsForm
from forums.forms.writing import EditForm, MemberForm, MentionForm, WriteForm

__all__ = ["EditForm", "MemberForm", "MentionForm", "SearchForm", "TopicsForm", "WriteForm"]
