"""Who: countries, institutions, people and what they may do where."""

from functools import cache, cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone as clock
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from core.models import FourLabels
from core.wide import Wide
from core.zones import is_zone
from network import roles
from network.choices import ASKING_ROLES, MINISTRY_ROLES, STAFF_ROLES, InstitutionKind, Role
from network.managers import CountryQuerySet, InstitutionQuerySet, MembershipQuerySet, UserManager, today
from taxonomy.choices import Subregion

LANGUAGE_CHOICES = [
    ("es", "Español"),
    ("pt-br", "Português"),
    ("fr", "Français"),
    ("en", "English"),
]


class Country(FourLabels):
    """One of the 35 countries of the network."""

    iso2 = models.CharField(_("ISO code"), max_length=2, primary_key=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    subregion = models.CharField(_("sub-region"), max_length=3, choices=Subregion.choices)
    languages = ArrayField(models.CharField(max_length=2), default=list, verbose_name=_("languages"))
    timezone = models.CharField(_("time zone"), max_length=50, validators=[is_zone])

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["iso2"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Participation(models.Model):
    """A dated fact on a country's participation, with its source, stated without adjectives."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="participations", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=40)
    from_date = models.CharField(_("from"), max_length=10, help_text=_("Year, month or day: 1948 or 1948-05-05."))
    to_date = models.CharField(_("to"), max_length=10, blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_es = models.TextField(_("note in Spanish"), blank=True)
    note_pt = models.TextField(_("note in Portuguese"), blank=True)
    note_fr = models.TextField(_("note in French"), blank=True)
    source = models.TextField(_("source"))

    class Meta:
        ordering = ["country", "from_date"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["country", "kind", "from_date"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.country_id} {self.from_date}"


class Institution(models.Model):
    """A ministry, agency or organisation."""

    key = models.CharField(_("key"), max_length=40, unique=True, null=True, blank=True, editable=False)
    name = models.CharField(_("official name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("country"),
    )
    website = models.URLField(_("web site"), max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    verified = models.BooleanField(_("seen in a source"), default=False)
    source = models.TextField(_("source"), blank=True)
    endorsed_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="endorses",
        verbose_name=_("endorsed by"),
        help_text=_("The ministry whose coordinator endorses what this institution submits."),
    )
    requires_endorsement = models.BooleanField(_("its own coordinator endorses what it submits"), default=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return self.name

    @property
    def endorser(self) -> "Institution | None":
        """The institution whose coordinator must endorse, or None."""
        return self.endorsed_by or (self if self.requires_endorsement else None)


class User(AbstractBaseUser):
    """A person, known by e-mail address."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGE_CHOICES, default="es")
    timezone = models.CharField(_("time zone"), max_length=50, default="America/New_York", validators=[is_zone])
    is_active = models.BooleanField(_("active"), default=True)
    suspended_at = models.DateTimeField(_("suspended"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=clock.now, editable=False)
    session_round = models.PositiveIntegerField(default=1, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return str(_("Erased person")) if self.erased_at else self.name or self.email

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret=None) -> str:
        """Raising `session_round` ends every session of the person, as a new password does."""
        key_salt = "network.models.User.get_session_auth_hash"
        return salted_hmac(
            key_salt, f"{self.password}{self.session_round}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @cached_property
    def memberships_begun(self) -> list["Membership"]:
        """Memberships until today, those in force and those that ended, with their institutions: one query a request."""
        found = _memberships().rows("WHERE m.user_id = %s AND m.starts_on <= %s", self.pk, today())
        found.sort(key=lambda row: (row["i"].name, row["m"].role))
        for row in found:
            row["m"].institution, row["m"].user = row["i"], self
        return [row["m"] for row in found]

    @cached_property
    def memberships_now(self) -> list["Membership"]:
        """Those in force today: MembershipQuerySet.current."""
        day = today()
        return [row for row in self.memberships_begun if row.ends_on is None or row.ends_on > day]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles held now, anywhere."""
        return frozenset(m.role for m in self.memberships_now) if self.is_active else frozenset()

    def holds(self, *wanted: str) -> bool:
        """Whether one of the roles is held now."""
        return bool(self.roles.intersection(wanted))

    def institutions_as(self, *wanted: str) -> set[int]:
        """Ids of the institutions where one of the roles is held now."""
        return {m.institution_id for m in self.memberships_now if m.role in wanted}

    @property
    def is_administrator(self) -> bool:
        return self.holds(Role.ADMINISTRATOR)

    @property
    def is_reviewer(self) -> bool:
        """Reviewers and network administrators review."""
        return self.holds(Role.REVIEWER, Role.ADMINISTRATOR)

    @property
    def is_network_member(self) -> bool:
        """Whoever holds a role now: sees what is for members."""
        return bool(self.roles)

    @property
    def left_network(self) -> bool:
        """Whoever held a role once and holds none any more: what they were let into as a colleague is theirs no longer."""
        return not self.memberships_now and bool(self.memberships_begun)

    @property
    def submits(self) -> bool:
        """Officers and coordinators write submissions."""
        return self.holds(*MINISTRY_ROLES)

    @property
    def asks(self) -> bool:
        """Officers, coordinators and partners ask experts for advice."""
        return self.holds(*ASKING_ROLES)

    @property
    def review_themes(self) -> frozenset[str] | None:
        """Theme codes a reviewer is limited to; None means no limit."""
        if self.is_administrator:
            return None
        own = [m.themes for m in self.memberships_now if m.role == Role.REVIEWER]
        return None if not own or not all(own) else frozenset(code for themes in own for code in themes)

    # What Django's admin asks of a user
    @property
    def is_staff(self) -> bool:
        return self.is_active and self.holds(*STAFF_ROLES)

    def has_perm(self, perm: str, obj=None) -> bool:
        """Whether a role opens this model in the admin, for instance `network.view_country`."""
        return self.is_active and roles.opens(self.roles, perm)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and roles.opens_app(self.roles, app_label)


class Membership(models.Model):
    """A role of a person in an institution, from a day, until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="memberships", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    themes = ArrayField(
        models.CharField(max_length=5),
        default=list,
        blank=True,
        verbose_name=_("limited to themes"),
        help_text=_("Theme codes a reviewer is limited to; none means all."),
    )
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("granted by"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "institution", "role"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.institution}"


@cache
def _memberships() -> Wide:
    """Asked at every request of somebody signed in."""
    return Wide(
        "network_membership m JOIN network_institution i ON i.id = m.institution_id", m=Membership, i=Institution
    )


class FormReceipt(models.Model):
    """A form already carried out, by its key: pressing the button again gives the same answer."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    answer_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_key_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return self.key


TEXT_LANGUAGES = RECORD_LANGUAGES
