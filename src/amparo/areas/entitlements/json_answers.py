"""Answers as others read them: the JSON of the contract, key by key, and a few of our own where they say more."""

from datetime import date

from amparo.areas.entitlements.rules.judging import Answer, Deadline, JudgedPermit, JudgedService
from amparo.areas.entitlements.rules.scheme import Length, Source
from amparo.kernel.language import pick

Json = dict[str, object]


def answer_json(answer: Answer, language: str = "en") -> Json:
    """The answer of one country, with titles in `language`."""
    return {
        **head_json(answer.country, answer.as_of, outdated=answer.outdated),
        "permits": [permit_json(permit, language) for permit in answer.permits],
        "services": [service_json(service, language) for service in answer.services],
        "deadlines": [deadline_json(deadline) for deadline in answer.deadlines],
    }


def head_json(country: str, as_of: date, *, outdated: bool) -> Json:
    """Which rules answer."""
    return {"country": country, "as_of": as_of.isoformat(), "rules_outdated": outdated}


def permit_json(permit: JudgedPermit, language: str) -> Json:
    """One permit. `opens_if` holds rights that open with facts still to be asked, where there are such."""
    item, judged = permit.item, permit.judgement
    opens_if = [{"right": right, "ask": ask} for right, ask in permit.opens_if]
    return {
        "id": item.id,
        "kind": item.kind,
        "title": pick(item.title, language),
        "status": judged.status,
        "failed": judged.failed,
        "ask": judged.ask,
        "duration": _length(item.lasts),
        **({"duration_up_to": _length(item.lasts_up_to)} if item.lasts_up_to else {}),
        "renewable": item.renewable,
        "opens": permit.opens,
        **({"opens_if": opens_if} if opens_if else {}),
        **dates_json(permit.starts_on, permit.ends_on),
        "source": _source(item.source),
        **({"region": item.region} if item.region else {}),
    }


def dates_json(starts_on: date | None, ends_on: date | None) -> Json:
    """The days of a permit."""
    return {"starts_on": starts_on and starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}


def service_json(service: JudgedService, language: str) -> Json:
    """One service."""
    item, judged = service.item, service.judgement
    return {
        "id": item.id,
        "kind": item.kind,
        "title": pick(item.title, language),
        "status": judged.status,
        "failed": judged.failed,
        "ask": judged.ask,
        "free_of_charge": item.free_of_charge,
        "provider": item.provider,
        "source": _source(item.source),
        **({"region": item.region} if item.region else {}),
    }


def deadline_json(deadline: Deadline) -> Json:
    """One deadline; who must act is worded with spaces, as in the contract."""
    return {
        "id": deadline.id,
        "due_on": deadline.due_on.isoformat(),
        "who": deadline.who.replace("_", " "),
        "counts": deadline.counts,
    }


def _length(length: Length | None) -> Json | None:
    if length is None:
        return None
    return {unit: number for unit in length.__struct_fields__ if (number := getattr(length, unit)) is not None}


def _source(source: Source) -> Json:
    return {"cite": source.cite, "where": source.where}
