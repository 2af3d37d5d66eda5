"""What django-allauth asks us: nobody signs up by herself, and the second factor's secret is sealed at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access import sessions
from amparo.areas.orgs.actions import set_password
from amparo.areas.orgs.queries import may_remove_factor
from amparo.areas.vault import nodekey, rules

from . import lockout

_PURPOSE = "second factor"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """A password that its owner chose is no longer temporary."""
        set_password(user.pk, password, temporary=False)
        user.refresh_from_db()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """No mail leaves a node for signing in."""

    def pre_login(self, request: HttpRequest, user: Any, **asked: Any) -> HttpResponse | None:
        """The password was right: whoever put this session into the browser before no longer knows its key."""
        request.session.cycle_key()
        answer: HttpResponse | None = super().pre_login(request, user, **asked)
        return answer

    def post_login(self, request: HttpRequest, user: Any, **asked: Any) -> HttpResponse:
        """Let the browser be known from now on, so that nobody elsewhere can lock it out."""
        answer: HttpResponse = super().post_login(request, user, **asked)
        lockout.remember_browser(request, answer, user.get_username())
        return answer

    def send_notification_mail(self, template_prefix: str, user: Any, *args: object, **options: object) -> None:
        """How one signs in has changed: no mail leaves a node; every other session ends, and it stands in the log."""
        sessions.sign_in_changed(
            int(user.pk), template_prefix.rsplit("/", 1)[-1], but=context.request.session.session_key
        )


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are sealed with a key derived from the node's."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second step. Add another one first, then remove this one."
        ),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Never the last factor of somebody whose role needs one."""
        return may_remove_factor(int(authenticator.user_id), authenticator.pk)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  (named by the library)
        """A name for a passkey that was given none."""
        return _("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a telephone shows beside the passkey: nothing of who we are."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return nodekey.seal_for_node(text.encode(), purpose=_PURPOSE, context=_PURPOSE).hex()

    def seal_with(self, node_key: bytes, text: str) -> str:
        """The secret, sealed with this key of the node: for replacing the key."""
        return rules.seal(rules.derived(node_key, _PURPOSE), text.encode(), _PURPOSE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        sealed = bytes.fromhex(encrypted_text)
        return nodekey.open_for_node(sealed, purpose=_PURPOSE, context=_PURPOSE).decode()
