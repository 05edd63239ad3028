"""Forms of a person's account."""

from django import forms


class SignupDetails(forms.Form):
    """What registration asks beside address and password."""

    def signup(self, request, user):
        pass
