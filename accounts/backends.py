"""Signing in by e-mail address, and who somebody signed in is."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend

from core.wide import Wide
from network.models import User


class PersonBackend(AuthenticationBackend):
    """Allauth's; the person of a request is read by a statement that is planned once a connection."""

    def get_user(self, user_id: int) -> User | None:
        found = _people().rows("WHERE u.id = %s", user_id)
        person = found[0]["u"] if found else None
        return person if person and self.user_can_authenticate(person) else None


@cache
def _people() -> Wide:
    return Wide("network_user u", u=User)
