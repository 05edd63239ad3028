"""Live rooms, what is said in them, and who looks in."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0003_theme_and_country_of_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="address")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("about", models.TextField(max_length=4000, verbose_name="what it is about")),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Español"), ("pt", "Português"), ("fr", "Français"), ("en", "English")],
                        default="es",
                        max_length=2,
                        verbose_name="language of the text",
                    ),
                ),
                (
                    "beside",
                    models.CharField(
                        blank=True,
                        help_text="The number of a meeting or another record that this room stands beside, such as M-000012.",
                        max_length=12,
                        validators=[django.core.validators.RegexValidator("\\A[A-Z]-[0-9]{6,8}\\Z")],
                        verbose_name="beside",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("zone", models.CharField(default="America/New_York", max_length=50, verbose_name="time zone")),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="closing summary")),
                ("last_seq", models.PositiveIntegerField(default=0, editable=False)),
                ("last_version", models.PositiveBigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rooms",
                        to="forums.forum",
                        verbose_name="forum",
                    ),
                ),
                ("hosts", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="hosts")),
            ],
            options={
                "verbose_name": "room",
                "verbose_name_plural": "rooms",
                "ordering": ["-opens_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="forums.room"
                    ),
                ),
            ],
            options={
                "verbose_name": "presence in a room",
                "verbose_name_plural": "presences in rooms",
            },
        ),
        migrations.CreateModel(
            name="RoomMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveIntegerField()),
                ("version", models.PositiveBigIntegerField()),
                ("text", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(choices=[("shown", "Shown"), ("hidden", "Hidden")], default="shown", max_length=6),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("idempotency", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="forums.room"
                    ),
                ),
            ],
            options={
                "verbose_name": "message in a room",
                "verbose_name_plural": "messages in rooms",
                "ordering": ["room", "seq"],
            },
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(fields=["forum", "-opens_at"], name="room_forum"),
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(
                condition=models.Q(("beside", ""), _negated=True), fields=["beside"], name="room_beside"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="room_closes_after"
            ),
        ),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["room", "seen_at"], name="room_presence"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("room", "user"), name="room_presence_once"),
        ),
        migrations.AddIndex(
            model_name="roommessage",
            index=models.Index(fields=["author", "-created_at"], name="room_author"),
        ),
        migrations.AddConstraint(
            model_name="roommessage",
            constraint=models.UniqueConstraint(fields=("room", "seq"), name="room_seq_once"),
        ),
        migrations.AddConstraint(
            model_name="roommessage",
            constraint=models.UniqueConstraint(fields=("room", "version"), name="room_version_once"),
        ),
        migrations.AddConstraint(
            model_name="roommessage",
            constraint=models.UniqueConstraint(fields=("room", "author", "idempotency"), name="room_key_once"),
        ),
    ]
