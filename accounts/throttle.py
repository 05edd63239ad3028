"""Ten tries an account and fifteen minutes, counted in the database: no cache that may be gone, no address that may be forged."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import SignInTry

LIMIT = 10
WINDOW = timedelta(minutes=15)


def key_of(kind: str, who: object) -> str:
    """A digest for an account: `password` with an address, `code` with a person's id."""
    return salted_hmac("accounts.throttle", f"{kind}:{str(who).strip().lower()}", algorithm="sha256").hexdigest()


def begin(key: str) -> bool:
    """Count a try; False when the account had its ten. The row is written before it is counted, so tries at once all count."""
    one = SignInTry.objects.create(key=key)
    if SignInTry.objects.filter(key=key, at__gt=timezone.now() - WINDOW).count() <= LIMIT:
        return True
    one.delete()
    return False


def forget(*keys: str) -> None:
    """A success wipes the slate."""
    SignInTry.objects.filter(key__in=keys).delete()
