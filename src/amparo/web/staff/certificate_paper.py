"""A certificate as it is printed, in one of the languages in which it is issued."""

from datetime import date

from babel.dates import format_date

from amparo.areas.activities.held.catalogue import certificate_words
from amparo.areas.activities.held.certifying import Issued
from amparo.areas.activities.rules.states import Paper
from amparo.kernel.language import pick
from amparo.web import pdf

_HEADINGS = {Paper.PARTICIPATION: "participation", Paper.COMPLETION: "completion"}
_DID = {Paper.PARTICIPATION: "took_part", Paper.COMPLETION: "completed"}


def shown(issued: Issued, *, name: str, language: str) -> dict[str, object]:
    """All that stands on the paper."""

    def said(key: str) -> str:
        return pick(certificate_words()[key], language)

    first, last, day = (format_date(one, "long", locale=language) for one in _days(issued))
    place = f"{issued.place}, {day}" if issued.place else day
    return {
        "issuer": issued.issuer,
        "heading": said(_HEADINGS[issued.paper]),
        "certifies": said("certifies"),
        "name": name,
        "did": said(_DID[issued.paper]),
        "course": issued.course,
        "rows": [
            [said("hours"), str(issued.hours)],
            [said("dates"), first if first == last else f"{first} – {last}"],
            [said("issued"), place],
        ],
        "signed": [said("signature")],
        "foot": said("number").format(number=issued.number),
    }


def paper(issued: Issued, *, name: str, language: str) -> bytes:
    """The PDF; its metadata say what the paper is, as those of any certificate do."""
    context = shown(issued, name=name, language=language)
    return pdf.render("certificate.typ", context, title=str(context["heading"]), language=language)


def _days(issued: Issued) -> tuple[date, date, date]:
    return issued.first_on, issued.last_on, issued.issued_on
