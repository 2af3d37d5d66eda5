"""Whatever is typed into whatever field, no page falls over, and what was typed comes back."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client

from tests.web.addresses import address, arguments_of, every_pattern
from tests.web.conftest import signed_in_client
from tests.world import World

LONG = "x" * 20_000
GARBAGE = {
    "long": LONG,
    "nothing": "\0nul\0",
    "signs": "\u202e🜂 <script>alert(1)</script> '; DROP TABLE x; -- {{ 7 }} %s \ud7ff",
    "number": "99999999999999999999999999",
    "negative": "-1",
    "day": "0000-99-99",
    "kept words": "kept-words-of-hers",
}
ENTRANCES = ("/cases/", "/referrals/")
READERS = ("assigned", "coordinator", "administrator", "hotline")


def _forms(world: World, client: Client) -> Iterator[tuple[str, forms.Form, str]]:
    """Every page with a form that this reader can open: its address, the form and its token."""
    for name in sorted({str(one.name) for one in every_pattern()} - {"leave"}):
        if not all(thing in world.hers for thing in arguments_of([name])[name].values()):
            continue
        place = address(name, world.hers)
        page = client.get(place)
        form = (page.context or {}).get("form") if page.status_code == 200 else None
        if isinstance(form, forms.Form) and not place.startswith("/accounts/"):
            yield place, form, (page.context or {}).get("once") or ""


@pytest.mark.parametrize("reader", READERS)
def test_no_form_falls_over_whatever_is_typed(world: World, reader: str) -> None:
    client = signed_in_client(world.cast, reader)
    client.raise_request_exception = False
    fallen, lost, tried = [], [], 0
    for place, form, once in list(_forms(world, client)):
        for kind, typed in GARBAGE.items():
            tried += 1
            answer = client.post(place, dict.fromkeys(form.fields, typed) | {"once": once})
            if answer.status_code >= 500:
                fallen.append((place, kind))
            texts = [name for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)]
            if answer.status_code == 422 and kind == "kept words" and texts and typed not in answer.text:
                lost.append(place)
    assert tried
    assert (fallen, lost) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_no_list_falls_over_whatever_its_address_asks(world: World, reader: str) -> None:
    client = signed_in_client(world.cast, reader)
    client.raise_request_exception = False
    code = world.hers["code"]
    sections = [f"/cases/{code}/{part}/" for part in ("", "notes", "history", "services", "papers", "consents", "plan")]
    for place in (*ENTRANCES, *(one.replace("//", "/") for one in sections)):
        for typed in GARBAGE.values():
            asked = dict.fromkeys(("page", "q", "part", "status", "due", "referent", "language", "from"), typed[:500])
            assert client.get(place, asked).status_code < 500, (place, typed[:20])


def test_no_code_falls_over(world: World) -> None:
    client = signed_in_client(world.cast, "assigned")
    client.raise_request_exception = False
    for typed in ("%00", "..%2f..", "💥", "2222-222%0a", "x" * 3000, "٣٣٣٣-٣٣٣"):
        assert client.get(f"/cases/{typed}/").status_code == 404, typed
