"""The first account of an empty production database."""

import getpass
import sys

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.services import memberships
from network.choices import Role
from network.models import LANGUAGE_CHOICES, Institution, User

OAS = "I056"


class Command(BaseCommand):
    help = "Create a network administrator (or make an existing account one). The second factor is enrolled at first sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--language", default="en", choices=[code for code, _ in LANGUAGE_CHOICES])
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    @transaction.atomic
    def handle(self, email, name, language, password_stdin=False, **options):
        oas = Institution.objects.filter(key=OAS).first()
        if oas is None:
            raise CommandError("The reference data is missing: run `manage.py load_reference` first.")
        email = email.strip().lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            user = self._create(email, name, language, password_stdin)
        memberships.begin(user, Role.ADMINISTRATOR, oas, by=None)
        self.stdout.write(f"{user.email} is a network administrator. Sign in at /{language[:2]}/accounts/login/.")

    def _create(self, email, name, language, password_stdin) -> User:
        try:
            validate_email(email)
            password = self._password(password_stdin)
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user = User.objects.create_user(email, password, name=name, language=language)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        return user

    @staticmethod
    def _password(password_stdin) -> str:
        if password_stdin:
            return sys.stdin.readline().rstrip("\n")
        password = getpass.getpass("Password (15 characters or more): ")
        if password != getpass.getpass("The same password again: "):
            raise CommandError("The two passwords differ.")
        return password
