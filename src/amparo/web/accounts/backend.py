"""Who is signed in, read together with the seats that the account has."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from amparo.areas.orgs.queries import account_with_seats
from amparo.web.signin import SEATS


class WithSeats(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as django-allauth does; what every request needs of the account comes in one query."""

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """The account of a session, with its seats at hand; None where it is closed."""
        found = account_with_seats(int(user_id))
        if found is None or not found[0].is_active:
            return None
        account, seats = found
        setattr(account, SEATS, seats)
        return account
