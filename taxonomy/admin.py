"""Areas, themes and categories in the admin: their words may be bettered; codes and numbers never change."""

from django.contrib import admin

from core.admin import Bounded
from core.renaming import TellsOfRebuild
from taxonomy.models import Area, ProgramCategory, ProjectType, Theme


class Vocabulary(TellsOfRebuild, Bounded):
    """Codes are part of addresses and exports: rows are neither added nor deleted here."""

    fixed = ("code", "number")

    def get_readonly_fields(self, request, obj=None):
        return self.fixed

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Area)
class AreaAdmin(Vocabulary):
    list_display = ["code", "label_en", "label_es", "label_pt", "label_fr"]
    search_fields = ["^code", "label_en__words", "label_es__words", "label_pt__words", "label_fr__words"]


@admin.register(Theme)
class ThemeAdmin(Vocabulary):
    list_display = ["code", "label_en", "label_es", "area", "dac"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["^code", "label_en__words", "label_es__words", "label_pt__words", "label_fr__words"]
    fixed = ("code", "number", "area")


@admin.register(ProgramCategory)
class ProgramCategoryAdmin(Vocabulary):
    list_display = ["code", "label_en", "label_es", "label_pt", "label_fr"]
    search_fields = ["^code", "label_en__words", "label_es__words", "label_pt__words", "label_fr__words"]
    autocomplete_fields = ["themes"]


@admin.register(ProjectType)
class ProjectTypeAdmin(Vocabulary):
    """Types of the Table: one can be added; its code and number then stay."""

    list_display = ["code", "number", "label_en", "label_es", "label_pt", "label_fr", "is_cooperation"]
    search_fields = ["^code", "label_en__words", "label_es__words", "label_pt__words", "label_fr__words"]

    def has_add_permission(self, request) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else ()
