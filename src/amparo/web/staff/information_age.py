"""How old the information is, in plain sight: on every page and paper that shows what a state's rules say."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.entitlements.rules.age import Age, Freshness, age_of
from amparo.areas.entitlements.rules.scheme import RuleSet

from .pages import Context

ADVICE: dict[Freshness, Promise] = {
    Freshness.RECENT: gettext_lazy("When in doubt, ask a lawyer."),
    Freshness.AGEING: gettext_lazy("Laws may have changed since. Ask a lawyer before you rely on it."),
    Freshness.OLD: gettext_lazy("Verify with a lawyer before you rely on it."),
}


def information_age(rules: RuleSet, *, today: date, outdated: bool = False) -> Context:
    """What `components/information_age.html` shows of one dated set; `outdated`: none covers the day asked about."""
    age = age_of(rules.checked.on, today)
    return {
        "level": age.freshness,
        "text": _checked(rules, age),
        "advice": ADVICE[age.freshness],
        "outdated": _no_set_covers(rules) if outdated else "",
        "rules": rules,
    }


def oldest(ages: Iterable[Context]) -> Context | None:
    """Of several, the one checked longest ago: what holds for a page that shows them all together."""
    return min(ages, key=lambda age: age["rules"].checked.on, default=None)


def ago_words(age: Age) -> str:
    """'13 years ago', '5 months ago', 'this month'."""
    if age.years:
        return ngettext("%(count)s year ago", "%(count)s years ago", age.years) % {"count": age.years}
    if age.months:
        return ngettext("%(count)s month ago", "%(count)s months ago", age.months) % {"count": age.months}
    return _("less than a month ago")


def _checked(rules: RuleSet, age: Age) -> str:
    month = date_format(rules.checked.on, "YEAR_MONTH_FORMAT")
    words = {"month": month, "ago": ago_words(age), "who": rules.checked.by}
    return _("Checked in %(month)s, %(ago)s, by %(who)s.") % words


def _no_set_covers(rules: RuleSet) -> str:
    if rules.valid_to is None:
        return ""
    day = date_format(rules.valid_to, "SHORT_DATE_FORMAT")
    return _("We have no rules for this day. These are the newest earlier ones; they ended on %(day)s.") % {"day": day}


def age_of_numbers(year: int, *, today: date) -> Context:
    """The same of telephone numbers that were last compared with the world in some year."""
    age = age_of(date(year, 12, 31), today)
    words = {"year": year, "ago": ago_words(age)}
    return {
        "level": age.freshness,
        "text": _("These numbers are of %(year)s, %(ago)s.") % words,
        "advice": _("Check each one before you rely on it, and before you give it to her."),
        "outdated": "",
    }
