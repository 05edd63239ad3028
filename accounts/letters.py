"""What the mails about accounts say. Security mails hold no link to click except where one was asked for."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Letter:
    """Sentences with %(name)s places; `action` names the button where the mail carries a link."""

    subject: str
    body: str
    why: str
    action: str = ""


WHY_ASKED = _("You receive this because somebody gave this address on the portal. If it was not you, do nothing.")
WHY_SECURITY = _("You receive this because something about the safety of your account changed.")
NOT_YOU = _("If it was not you, set a new password at once and write to the Technical Secretariat.")
WHY_MEMBER = _("You receive this because you have an account on the portal.")


def changed(subject, what) -> Letter:
    """A letter that tells of a change to the account."""
    return Letter(subject, what, WHY_SECURITY)


LETTERS = {
    "email_confirmation_signup": Letter(
        _("Confirm your address to open your account"),
        _("You asked for an account on the portal. Confirm that this address is yours; the link works for three days."),
        WHY_ASKED,
        _("Confirm my address"),
    ),
    "email_confirmation": Letter(
        _("Confirm your new address"),
        _("Somebody wants to use this address for their account on the portal. Confirm it if that is you; the link works for three days."),
        WHY_ASKED,
        _("Confirm my address"),
    ),
    "password_reset_key": Letter(
        _("Choose a new password"),
        _("You asked to set a new password. The link works once, for three days. Your present password works until then."),
        WHY_ASKED,
        _("Choose a new password"),
    ),
    "unknown_account": Letter(
        _("There is no account for this address"),
        _("Somebody tried to set a new password for an account with this address. There is no such account. If it was you, you may have used another address, or you may ask for an account."),
        WHY_ASKED,
        _("Ask for an account"),
    ),
    "account_already_exists": Letter(
        _("You already have an account"),
        _("Somebody asked for an account with this address, which has one already. If you have forgotten your password, set a new one."),
        WHY_ASKED,
        _("Choose a new password"),
    ),
    "invitation": Letter(
        _("%(who)s invites you to the portal of the network"),
        _("%(who)s invites you to the portal of the Inter-American Network for Labor Administration. Institution: %(institution)s. Role: %(role)s. The invitation is open until %(until)s."),
        _("You receive this because %(who)s gave your address. If you do not know them, do nothing."),
        _("See the invitation"),
    ),
    "suspended": Letter(
        _("Your account was suspended"),
        _("A network administrator suspended your account: nobody can sign in with it for now. The reason given: %(reason)s"),
        WHY_MEMBER,
    ),
    "password_changed": changed(_("Your password was changed"), _("The password of your account was changed. Other devices were signed out.")),
    "password_reset": changed(_("Your password was changed"), _("The password of your account was changed. Other devices were signed out.")),
    "password_set": changed(_("Your password was changed"), _("The password of your account was changed. Other devices were signed out.")),
    "email_changed": changed(_("The address of your account was changed"), _("Your account now uses the address %(to_email)s instead of %(from_email)s.")),
    "email_confirm": changed(_("Your address is confirmed"), _("The address of your account is confirmed.")),
    "email_deleted": changed(_("An address was removed from your account"), _("The address %(deleted_email)s was removed from your account.")),
    "totp_activated": changed(_("Your second factor is on"), _("An authenticator application now protects your account.")),
    "totp_deactivated": changed(_("A second factor was removed"), _("The authenticator application was removed from your account.")),
    "webauthn_added": changed(_("A security key was added"), _("A security key was added to your account.")),
    "webauthn_removed": changed(_("A security key was removed"), _("A security key was removed from your account.")),
    "recovery_codes_generated": changed(_("New recovery codes"), _("New recovery codes were made for your account; the old ones no longer work.")),
}  # fmt: skip
