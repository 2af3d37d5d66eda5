"""Browsers in words: enough to know one's own devices by, and no more of what they tell about themselves."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

# The first that is found counts: every browser also claims to be others.
_PROGRAMS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome")),
    *(("Chrome/", "Chrome"), ("Safari/", "Safari")),
)
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac")),
    *(("CrOS", "Chromebook"), ("Linux", "Linux")),
)


def browser_of(user_agent: str) -> str:
    """The program and the system, as 'Firefox/Android'; empty parts where they are not known."""
    return f"{_first(_PROGRAMS, user_agent)}/{_first(_SYSTEMS, user_agent)}"


def browser_words(browser: str) -> str:
    """The same for people, in the reader's language."""
    program, _slash, system = browser.partition("/")
    if program and system:
        return _("%(program)s on %(system)s") % {"program": program, "system": system}
    return program or system or _("A browser that does not say what it is")


def _first(known: Iterable[tuple[str, str]], user_agent: str) -> str:
    return next((name for sign, name in known if sign in user_agent), "")
