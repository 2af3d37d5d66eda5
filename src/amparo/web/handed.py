"""A device in her hands: while it is handed over, this session shows one page of hers and nothing else.

What is known of it stands in the session alone, which only this browser opens, and ends with it.
"""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from amparo.areas.access.actions import KEPT_FOR
from amparo.areas.access.rules import Viewer
from amparo.kernel import clock

KEY = "handed"
LASTS = timedelta(minutes=45)  # she reads at her pace, and nothing else opens meanwhile
MOST_TRIES = 5
# Her page, giving the device back, leaving quickly, and what pages are drawn with.
OPEN = ("/page/", "/leave/", "/static/", "/healthz")
Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Handed:
    """For which session and whose place, at which moment, in which language, until when; `done`: nothing to show."""

    held: int
    seat: int
    moment: str
    language: str
    until: int
    organisation: int = 0
    member: int = 0  # whoever handed it over
    done: bool = False
    tries: int = 0
    drawn: str = ""  # by lot: two devices may be handed over in the same second

    @property
    def is_open(self) -> bool:
        """Whether her page still shows its questions."""
        return not self.done and clock.now().timestamp() < self.until

    @property
    def began_at(self) -> datetime:
        """When she got the device."""
        return datetime.fromtimestamp(self.until, UTC) - LASTS

    @property
    def once(self) -> str:
        """A token of this handing over: what she says is saved once."""
        return f"handed {self.held} {self.seat} {self.moment} {self.until} {self.drawn}"


def noted_in_form(handed: Handed) -> str:
    """The same for her form, which may outlast the session: signed, so that nobody can make one up."""
    return signing.dumps(asdict(handed), salt=KEY)


def signed_in_form(text: str) -> Handed | None:
    """For what the form was shown, however long ago; None where it is not one of ours."""
    try:
        return Handed(**signing.loads(text, salt=KEY))
    except signing.BadSignature:
        return None


def found_in_form(text: str) -> Handed | None:
    """The same; None also where it was handed over longer ago than forms count, however often it was shown since."""
    found = signed_in_form(text)
    return found if found is not None and clock.now() < found.began_at + KEPT_FOR else None


def handed_in(request: HttpRequest) -> Handed | None:
    """What this device was handed over for; None where it was not."""
    found = request.session.get(KEY)
    return Handed(**found) if isinstance(found, dict) else None


def hand_over(request: HttpRequest, *, by: Viewer, held: int, seat: int, moment: str, language: str) -> None:
    """From here on this session shows her page alone."""
    until = int((clock.now() + LASTS).timestamp())
    drawn = secrets.token_hex(8)
    keep(request, Handed(held, seat, moment, language, until, by.organisation, by.member, drawn=drawn))


def keep(request: HttpRequest, handed: Handed) -> None:
    """Note how far it is."""
    request.session[KEY] = asdict(handed)


def take_back(request: HttpRequest) -> None:
    """The colleague has it again."""
    request.session.pop(KEY, None)


def in_her_hands(get_response: Answer) -> Answer:
    """Whatever is asked of a device in her hands leads to her page, or to the page that asks to give it back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.session.get(KEY) and not request.path.startswith(OPEN):
            return redirect("handed")
        return get_response(request)

    return middleware
