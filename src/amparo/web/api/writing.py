"""Writing: a note, and something that was done. What is sent twice under one Idempotency-Key is saved once."""

from collections.abc import Callable
from typing import Any, TypeVar

import pydantic
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status as Answer

from amparo.areas.access import actions as once
from amparo.areas.access.rules import Audience, Part
from amparo.areas.cases import actions
from amparo.areas.cases.catalogue import service_kinds
from amparo.areas.cases.services import Delivered, note_service
from amparo.kernel.decision import refused, require

from . import shapes
from .problems import misfit
from .reading import CASE, ERRORS
from .seats import case_of

router = Router()
Sent = TypeVar("Sent", bound=shapes.Taken)
ANSWERS = {201: shapes.Saved, 400: shapes.Problem, 409: shapes.Problem, **ERRORS}


def _takes(shape: type[shapes.Taken]) -> dict[str, Any]:
    """What the description says of the body. It is read by hand, after deciding whether it may be sent at all."""
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 80}}
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "parameters": [key],
    }


@router.post(f"{CASE}/notes/new", url_name="api_note_write", response=ANSWERS, openapi_extra=_takes(shapes.NewNote))
def write_note(request: HttpRequest, code: str) -> Any:
    """Write a note for an audience."""
    by, case = case_of(request, code, Part.NOTES, write=True)

    def save(sent: shapes.NewNote) -> int:
        audience = Audience(sent.audience)
        return actions.write_note(case, by=by, text=sent.text, audience=audience, happened_on=sent.happened_on)

    return _saved_once(request, by.member, shapes.NewNote, save)


@router.post(
    f"{CASE}/services/new", url_name="api_service_note", response=ANSWERS, openapi_extra=_takes(shapes.NewService)
)
def note_delivery(request: HttpRequest, code: str) -> Any:
    """Note something that was done with her or for her."""
    by, case = case_of(request, code, Part.SERVICES, write=True)

    def save(sent: shapes.NewService) -> int:
        if sent.kind not in {kind.key for kind in service_kinds()}:
            require(refused("There is no such kind of service."))
        cents = None if sent.cost is None else int(sent.cost * 100)
        what = Delivered(kind=sent.kind, on=sent.on, minutes=sent.minutes, cost_cents=cents, note=sent.note)
        return note_service(case, by=by, what=what)

    return _saved_once(request, by.member, shapes.NewService, save)


def _saved_once(
    request: HttpRequest, member: int, shape: type[Sent], save: Callable[[Sent], int]
) -> HttpResponse | Answer[shapes.Saved]:
    try:
        sent = shape.model_validate_json(request.body)
    except pydantic.ValidationError as wrong:
        return misfit([{"place": ".".join(map(str, one["loc"])), "what": one["msg"]} for one in wrong.errors()])
    key = request.headers.get("Idempotency-Key", "")[:80]
    token = f"api {member} {request.path} {key}"
    with transaction.atomic():
        claim = once.claim(token) if key else None
        if key and claim is None:
            return Answer(201, shapes.Saved(number=int(once.location_of(token))))
        number = save(sent)
        if claim:
            once.settle(claim, location=str(number))
    return Answer(201, shapes.Saved(number=number))
