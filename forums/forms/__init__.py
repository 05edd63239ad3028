"""Forms of the forums."""

from forums.forms.finding import SearchForm, TopicsForm
from forums.forms.writing import EditForm, FilesForm, MemberForm, MentionForm, WriteForm

__all__ = ["EditForm", "FilesForm", "MemberForm", "MentionForm", "SearchForm", "TopicsForm", "WriteForm"]
