"""How notices were sent: read-only, for whoever looks after the portal."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import ReadOnly
from notifications.models import Delivery
from notifications.services import GIVE_UP_AFTER


class Fate(admin.SimpleListFilter):
    """Sent, owed, or given up."""

    title = gettext_lazy("delivery")
    parameter_name = "fate"

    def lookups(self, request, model_admin):
        return [("sent", _("Sent")), ("owed", _("Owed")), ("given_up", _("Given up"))]

    def queryset(self, request, deliveries):
        owed = deliveries.filter(sent_at__isnull=True)
        return {
            "sent": deliveries.filter(sent_at__isnull=False),
            "owed": owed.filter(attempts__lt=GIVE_UP_AFTER),
            "given_up": owed.filter(attempts__gte=GIVE_UP_AFTER),
        }.get(self.value(), deliveries)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Deliveries by e-mail. Whatever is owed is sent by the sweep; nothing is done by hand."""

    list_display = ("created_at", "recipient", "notice_kind", "fate", "sent_at", "attempts", "last_error")
    list_filter = (Fate,)
    list_select_related = ("notice__recipient",)
    search_fields = ("=notice__recipient__email",)
    search_help_text = gettext_lazy("E-mail address of the recipient, in full")
    fields = (
        "created_at",
        "recipient",
        "notice_kind",
        "channel",
        "fate",
        "sent_at",
        "attempts",
        "next_try_at",
        "last_error",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("Recipient"))
    def recipient(self, delivery) -> str:
        return delivery.notice.recipient.name if delivery.notice else "–"

    @admin.display(description=gettext_lazy("Notice"))
    def notice_kind(self, delivery) -> str:
        return delivery.notice.kind if delivery.notice else "–"

    @admin.display(description=gettext_lazy("Delivery"))
    def fate(self, delivery) -> str:
        if delivery.sent_at:
            return _("Sent")
        return _("Given up") if delivery.attempts >= GIVE_UP_AFTER else _("Owed")
