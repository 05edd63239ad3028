"""Names that the catalogue has copied: whoever changes one in the admin is told when it shows."""

from django.contrib import messages
from django.utils.translation import gettext as _


class TellsOfRebuild:
    """For a ModelAdmin whose rows the catalogue names."""

    shown_names = ("label_en", "label_es", "label_pt", "label_fr")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and not set(self.shown_names).isdisjoint(form.changed_data):
            self.message_user(
                request, _("The catalogue takes the new name at its next nightly rebuild."), messages.INFO
            )
