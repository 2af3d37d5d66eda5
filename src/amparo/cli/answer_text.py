"""An answer as a person reads it in a terminal."""

from collections.abc import Iterator

from amparo.areas.entitlements.rules.judging import Answer, JudgedPermit
from amparo.areas.entitlements.rules.scheme import Length
from amparo.kernel.language import pick


def worded(answer: Answer, language: str) -> str:
    """What the rules of one country come to, in lines."""
    return "\n".join(_lines(answer, language))


def _lines(answer: Answer, language: str) -> Iterator[str]:
    rules = answer.rule_set
    until = f"to {rules.valid_to}" if rules.valid_to else "on"
    yield f"{pick(rules.title, language)} on {answer.as_of}, by the rules from {rules.valid_from} {until}"
    old = "These rules do not cover the day; they are the newest from before. " if answer.outdated else ""
    yield f"{old}Last checked on {rules.checked.on} by {rules.checked.by}."
    for permit in answer.permits:
        yield f"  {permit.judgement.status:<13} {pick(permit.item.title, language)} ({permit.item.id})"
        yield from _indented(*_about_permit(permit), *_why(permit.judgement.failed, permit.judgement.ask))
    for service in answer.services:
        yield f"  {service.judgement.status:<13} {pick(service.item.title, language)} ({service.item.id})"
        yield from _indented(*_why(service.judgement.failed, service.judgement.ask))
    for deadline in answer.deadlines:
        yield f"  due {deadline.due_on} {pick(deadline.stage.title, language)} ({deadline.id})"


def _about_permit(permit: JudgedPermit) -> Iterator[str]:
    if permit.item.lasts is not None:
        longest = f" to {_length(permit.item.lasts_up_to)}" if permit.item.lasts_up_to else ""
        yield f"lasts {_length(permit.item.lasts)}{longest}"
    if permit.starts_on is not None:
        yield f"from {permit.starts_on}" + (f" to {permit.ends_on}" if permit.ends_on else "")
    if permit.opens:
        yield f"opens {', '.join(permit.opens)}"


def _why(failed: tuple[str, ...], ask: tuple[str, ...]) -> Iterator[str]:
    if failed:
        yield f"because of {', '.join(failed)}"
    if ask:
        yield f"ask {', '.join(ask)}"


def _length(length: Length) -> str:
    given = {unit: getattr(length, unit) for unit in length.__struct_fields__}
    return next(f"{number} {unit.replace('_', ' ')}" for unit, number in given.items() if number is not None)


def _indented(*lines: str) -> Iterator[str]:
    for line in lines:
        yield f"{'':<16}{line}"
