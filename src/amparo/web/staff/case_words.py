"""Coded words of a case that several of its pages show, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.areas.cases import catalogue
from amparo.areas.cases.rules import Meeting, PaperKind, Topic
from amparo.kernel.language import pick

TOPICS: dict[str, Promise] = {
    Topic.TALK: _("A talk"),
    Topic.HEALTH: _("Health"),
    Topic.LAW: _("Lawyer or court"),
    Topic.OFFICE: _("Public office"),
    Topic.HOME: _("A home"),
    Topic.WORK: _("Work"),
    Topic.LEARNING: _("Course or school"),
    Topic.FAMILY: _("Children and family"),
    Topic.OTHER: _("Something else"),
}
MEETINGS: dict[str, Promise] = {
    Meeting.PLANNED: _("Planned"),
    Meeting.ATTENDED: _("She came"),
    Meeting.COULD_NOT_COME: _("She could not come"),
    Meeting.CALLED_OFF: _("Called off by us"),
}
PAPERS: dict[str, Promise] = {
    PaperKind.IDENTITY: _("Identity document"),
    PaperKind.RESIDENCE: _("Residence and permits"),
    PaperKind.HEALTH: _("Health"),
    PaperKind.COURT: _("Police, court, lawyer"),
    PaperKind.WORK: _("Work and contracts"),
    PaperKind.SCHOOL: _("School and courses"),
    PaperKind.HOME: _("Home and money"),
    PaperKind.OTHER: _("Other"),
}


def reader() -> str:
    """The reader's language."""
    return get_language() or "en"


def service_words(kind: str) -> str:
    """A kind of service delivered; the key itself for one that the catalogue no longer has."""
    return dict(service_choices()).get(kind, kind)


def service_choices() -> list[tuple[str, str]]:
    """Every kind of service, by name."""
    language = reader()
    return [(kind.key, pick(kind.name, language)) for kind in catalogue.service_kinds()]


def closing_words(reason: str) -> str:
    """Why an accompaniment ended."""
    return dict(closing_choices()).get(reason, reason)


def closing_choices() -> list[tuple[str, str]]:
    """Every reason to close, none of which blames her."""
    language = reader()
    return [(one.key, pick(one.name, language)) for one in catalogue.closing().closing_reasons]


def outcome_choices() -> list[tuple[str, str]]:
    """The outcomes as they are counted."""
    language = reader()
    return [(one.key, pick(one.name, language)) for one in catalogue.closing().outcomes]


def relation_choices() -> list[tuple[str, str]]:
    """Who somebody may be to her, children first."""
    language = reader()
    return [(one.key, pick(one.name, language)) for one in catalogue.family().relations]


def home_of_child_choices() -> list[tuple[str, str]]:
    """With whom a child of hers may live."""
    language = reader()
    return [(one.key, pick(one.name, language)) for one in catalogue.family().child_lives_with]


def minutes_words(minutes: int | None) -> str:
    """A length of time, such as '1 h 30 min'; empty where it is not known."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    return " ".join(word for word in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if word)
