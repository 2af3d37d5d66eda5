"""Papers: sealed on disk, opened for who may, refused with clear words."""

import errno
import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from amparo.areas.cases import papers, standing
from amparo.areas.cases.models import Document
from amparo.areas.cases.rules import PaperKind
from amparo.areas.vault import store
from amparo.kernel import clock
from tests.cast import Cast
from tests.web.conftest import SignIn

TITLE = "canary-paper-title"
NOT_HERS = (
    "colleague",
    "stranger",
    "foreign_coordinator",
    "hotline",
    "analyst",
    "administrator",
    "facilitator",
    "untrained",
)


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


def _said_yes(cast: Cast) -> None:
    standing.start_accompanying(cast.case(), by=cast["assigned"])


def _kept(cast: Cast) -> int:
    _said_yes(cast)
    return papers.add_paper(cast.case(), by=cast["assigned"], kind=PaperKind.COURT, title=TITLE, content=_picture())


def _upload(content: bytes, name: str = "her real name.png") -> dict[str, object]:
    return {"kind": "court", "title": TITLE, "file": SimpleUploadedFile(name, content, "image/png")}


def test_a_paper_is_added_listed_and_opened(cast: Cast, sign_in: SignIn) -> None:
    _said_yes(cast)
    client = sign_in("assigned")
    assert client.post(f"/cases/{cast.code}/papers/new/", _upload(_picture())).status_code == 302
    page = client.get(f"/cases/{cast.code}/papers/").text
    assert TITLE in page
    assert "her real name" not in page
    answer = client.get(f"/cases/{cast.code}/papers/{Document.objects.get().pk}/")
    assert Image.open(io.BytesIO(answer.content)).size == (30, 20)
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline")
    assert "her real name" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_on_the_disk_it_is_sealed_and_for_the_node_alone(cast: Cast) -> None:
    _kept(cast)
    (file,) = (settings.FILES / "papers").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (settings.FILES / "papers").stat().st_mode & 0o077 == 0
    assert b"PNG" not in file.read_bytes()
    assert TITLE.encode() not in bytes(Document.objects.get().title)


@pytest.mark.parametrize(
    "name",
    [*NOT_HERS, "coordinator", "psychologist", "mediator", "officer"],
)
def test_papers_are_for_caseworkers_coordination_and_lawyer_of_her_team(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = _kept(cast)
    client = sign_in(name)
    for address in ("", "new/", f"{number}/"):
        answer = client.get(f"/cases/{cast.code}/papers/{address}")
        assert answer.status_code in (403, 404)
        assert TITLE not in answer.text
    assert client.post(f"/cases/{cast.code}/papers/{number}/remove/").status_code in (403, 404)
    assert client.post(f"/cases/{cast.code}/papers/new/", _upload(_picture())).status_code in (403, 404)
    assert Document.objects.count() == 1


def test_her_lawyer_reads_and_adds_papers(cast: Cast, sign_in: SignIn) -> None:
    number = _kept(cast)
    client = sign_in("lawyer")
    assert client.get(f"/cases/{cast.code}/papers/{number}/").status_code == 200
    assert client.post(f"/cases/{cast.code}/papers/new/", _upload(_picture())).status_code == 302


def test_before_her_yes_no_paper_is_taken_and_the_page_says_why(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "First she says yes" in client.get(f"/cases/{cast.code}/papers/").text
    assert client.post(f"/cases/{cast.code}/papers/new/", _upload(_picture())).status_code == 403
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"<script>alert(1)</script>", "Only PDF, JPEG and PNG"),
        (_picture() + b"<script>alert(1)</script>", "hides a second kind of file"),
        (_picture()[:60], "cannot be read"),
        (_picture() + b"\0" * (20 * 1024 * 1024), "larger than 20 MB"),
        (_picture() + b"\0" * (22 * 1024 * 1024), "larger than 20 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_explained_and_the_title_stays(
    cast: Cast, sign_in: SignIn, content: bytes, words: str
) -> None:
    _said_yes(cast)
    answer = sign_in("assigned").post(f"/cases/{cast.code}/papers/new/", _upload(content))
    assert answer.status_code == 422
    assert words in answer.text
    assert TITLE in answer.text
    assert not Document.objects.exists()


def test_a_full_disk_is_one_clear_line_and_nothing_typed_is_lost(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    _said_yes(cast)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = sign_in("assigned").post(f"/cases/{cast.code}/papers/new/", _upload(_picture()))
    assert answer.status_code == 422
    assert "disk of this node is full" in answer.text
    assert TITLE in answer.text
    assert list((settings.FILES / "papers").iterdir()) == []


def test_another_organisations_paper_is_not_there_under_an_own_case(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.cases import actions
    from amparo.areas.people import actions as people
    from amparo.areas.people.models import Person

    number = _kept(cast)
    theirs = people.create_person(by=cast["stranger"])
    actions.open_case(theirs, by=cast["stranger"], referent=cast["stranger"].member)
    code = Person.objects.get(pk=theirs).code
    client = sign_in("stranger")
    assert client.get(f"/cases/{code}/papers/").status_code == 200
    assert client.get(f"/cases/{code}/papers/{number}/").status_code == 404
    assert client.post(f"/cases/{code}/papers/{number}/remove/").status_code == 404


def test_a_removed_paper_is_gone_from_the_disk_after_the_nightly_sweep(cast: Cast, sign_in: SignIn) -> None:
    from datetime import timedelta

    number = _kept(cast)
    sign_in("assigned").post(f"/cases/{cast.code}/papers/{number}/remove/")
    assert papers.sweep() == 0
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert papers.sweep() == 1
    assert list((settings.FILES / "papers").iterdir()) == []


def test_the_sweep_keeps_what_a_paper_knows_and_what_is_not_ours(cast: Cast) -> None:
    from datetime import timedelta

    _kept(cast)
    (settings.FILES / "papers" / "readme.txt").write_text("not ours")
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert papers.sweep() == 0
    assert store.get(cast.case().person, Document.objects.get().file, shelf="papers")


def test_every_opening_stands_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.audit.models import Entry

    number = _kept(cast)
    sign_in("assigned").get(f"/cases/{cast.code}/papers/{number}/")
    assert Entry.objects.filter(verb="paper opened", member=cast["assigned"].member).count() == 1
