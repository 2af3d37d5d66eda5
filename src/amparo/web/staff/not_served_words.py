"""Why a request found no place, in the reader's language: the planner's English sentences, worded again.

A sentence that nobody worded here is shown as the planner wrote it.
"""

import re
from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import language_name

_FIXED: tuple[Promise, ...] = (
    _("She has not said yes to groups: ask her, alone."),
    _("Ask her first, alone, how she feels about a group."),
    _("She would like it only alone, and it is held in groups. Something individual would help."),
    _("Her risk is high, so she is in no group for now. An individual activity could be offered."),
    _("Her risk is not low, which a therapeutic group asks for. Something else could be offered."),
    _("There is no place for her in the rest of this course. Another course, or something alone, would help."),
    _("No safe time was found beside everything else that is planned."),
    _("No professional holds the activity. One who is trained and has signed would help."),
    _("There is no site with a room for it that she can go to. Another site would help."),
    _(
        "None of the rooms in which it can be held has seats for a group on a site that she can go to. "
        "Another room for it would help."
    ),
    _("She and the professionals have no time in common. Other hours would help."),
    _("The professionals have no hours left at times that suit her. More hours would help."),
    _("There is no room left at times that suit her. Another room would help."),
    _("The rooms in which it can be held are taken at times that suit her. Another room for it would help."),
    _("At the times that are left she is in other activities. It would help to ask her which she prefers."),
)


def is_worded(reason: str) -> bool:
    """Whether somebody worded this sentence here."""
    with translation.override(None):
        return reason in map(str, _FIXED) or any(one.fullmatch(reason) for one, _ in _PATTERNS)


def not_served_words(reason: str) -> str:
    """The sentence in the reader's language."""
    for pattern, worded in _PATTERNS:
        found = pattern.fullmatch(reason)
        if found:
            return worded(*found.groups())
    return gettext(reason)


def _languages(codes: str) -> str:
    return ", ".join(language_name(code) for code in codes.split(" or "))


def _speaks(codes: str) -> str:
    known = codes != "her language"
    if not known:
        return gettext("Nobody who holds it shares a language with her. Note which languages she speaks.")
    words = {"languages": _languages(codes)}
    return gettext("Nobody who holds it shares a language with her: %(languages)s would help.") % words


def _no_speaker(code: str) -> str:
    return gettext("Nobody who holds it speaks %(language)s. Somebody who does would help.") % {
        "language": language_name(code)
    }


def _level(level: str, code: str) -> str:
    words = {"language": language_name(code), "level": level}
    return gettext("It is for %(language)s %(level)s, which is not her level. A group of her level would help.") % words


def _too_long(minutes: str, most: str) -> str:
    words = {"minutes": minutes, "most": most}
    return gettext("Sessions of %(minutes)s minutes are longer than %(most)s. Shorter ones would help.") % words


def _her_time(minutes: str) -> str:
    words = {"minutes": minutes}
    return gettext("She has no %(minutes)s minutes in a row. It would help to ask her for other times.") % words


def _childcare(children: str) -> str:
    number = int("".join(sign for sign in children if sign.isdigit()) or 1)
    said = ngettext(
        "No childcare for her child when she and a professional have time. Other times or more places would help.",
        "No childcare for her %(count)s children when she and a professional have time. "
        "Other times or more places would help.",
        number,
    )
    return said % {"count": number}


def _days(sessions: str) -> str:
    words = {"sessions": sessions}
    return (
        gettext(
            "She and a professional have time in common, but not on enough days for %(sessions)s sessions. "
            "Other days would help."
        )
        % words
    )


def _too_few(needed: str, more: str, _women: str, level: str | None) -> str:
    words = {"needed": needed, "more": more, "level": level or ""}
    if level:
        return gettext("It needs %(needed)s women: %(more)s more of level %(level)s would help.") % words
    return gettext("It needs %(needed)s women: %(more)s more would help.") % words


def _care_taken(day: str) -> str:
    on = date_format(datetime.strptime(f"{day} 2000", "%A %d %B %Y"), "j F")  # noqa: DTZ007  (a day, no moment)
    words = {"day": on}
    return (
        gettext("The childcare places are taken when she could come. One more on %(day)s or near it would help.")
        % words
    )


_TOO_FEW = (
    r"Too few women can be in this group: it needs (\d+)\. "
    r"It would help to find (\d+) more (\w+)(?: of level (\S+))?\."
)
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = tuple(
    (re.compile(pattern), worded)
    for pattern, worded in (
        (r"No professional of the activity shares a language with her: one who speaks (.+) would help\.", _speaks),
        (r"No professional of the activity speaks (\S+)\. .*", _no_speaker),
        (r"The group is for level (\S+) of (\S+), and that is not her level\. .*", _level),
        (r"A session of (\d+) minutes is longer than the (\d+) that are allowed\. .*", _too_long),
        (r"She has no (\d+) minutes in a row\. .*", _her_time),
        (r"There is no childcare for her (child|\d+ children) when she and a professional have time\. .*", _childcare),
        (r"She and a professional have time in common, but not on enough days for (\d+) sessions\. .*", _days),
        (
            _TOO_FEW,
            _too_few,
        ),
        (
            r"The childcare places are taken when she could come\. Another place on (.+) or near it would help\.",
            _care_taken,
        ),
    )
)
