"""What django-allauth asks us: nobody signs up by herself, and the second factor's secret is sealed at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from amparo.areas.orgs.actions import set_password
from amparo.areas.vault import nodekey, rules

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

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail leaves a node for signing in."""


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are sealed with a key derived from the node's."""

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
