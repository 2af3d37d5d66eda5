"""Rules are found by country and day, and read anew when their files change; broken files change nothing."""

import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from amparo.areas.entitlements import catalogue, folders
from amparo.areas.entitlements.catalogue import InForce, NoRules
from amparo.areas.entitlements.rules.scheme import RuleSet
from tests.content.rule_files import RIGHT, changed, write

LATER = changed(("valid_from: 2012-01-01", "valid_from: 2015-01-01"), ("valid_to: 2013-12-31", "valid_to: null"))
LONGER = changed(("{days: 45}", "{days: 60}"), ("ends_on: 2013-07-15", "ends_on: 2013-07-30"))
BROKEN = changed(("{days: 45}", "{days: abc}"))


class Folders:
    def __init__(self, place: Path) -> None:
        self.shipped = place / "countries"
        self.own = place / "home" / "entitlements"
        self.watched = folders.Watched(self.shipped, lambda: self.own)

    def days(self) -> int | None:
        """How long the one permit lasts by the rules in force."""
        lasts = in_force("BE", date(2013, 6, 1)).permits[0].lasts
        return lasts.days if lasts else None


def in_force(country: str, on: date) -> RuleSet:
    return catalogue.in_force(country, on).rule_set


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    """Both folders empty, and looked at for every question."""
    empty = Folders(tmp_path)
    monkeypatch.setattr(catalogue, "_watched", empty.watched)
    monkeypatch.setattr(folders, "LOOK_AGAIN_AFTER", 0)
    return empty


def test_the_rules_of_the_day_are_found(place: Folders) -> None:
    write(place.shipped)
    write(place.shipped, LATER, name="2015.yaml")
    assert in_force("BE", date(2012, 1, 1)).valid_from == date(2012, 1, 1)
    assert catalogue.in_force("BE", date(2013, 12, 31)).outdated is False
    assert catalogue.in_force("BE", date(2040, 1, 1)) == InForce(catalogue.sets_of("BE")[1])
    assert catalogue.countries() == ("BE",)


def test_a_day_that_no_rules_cover_takes_the_newest_from_before_and_says_so(place: Folders) -> None:
    write(place.shipped, LATER, name="2015.yaml")
    write(place.shipped)
    found = catalogue.in_force("BE", date(2014, 6, 1))
    assert (found.rule_set.valid_from, found.outdated) == (date(2012, 1, 1), True)


def test_a_day_before_all_rules_is_told(place: Folders) -> None:
    write(place.shipped)
    with pytest.raises(NoRules, match=r"no rules for BE on 2011-12-31; the earliest hold from 2012-01-01"):
        catalogue.in_force("BE", date(2011, 12, 31))


@pytest.mark.parametrize(("country", "told"), [("UK", "The United Kingdom is GB."), ("be", "only for BE."), ("", "''")])
def test_a_country_without_rules_is_told_with_those_there_are(place: Folders, country: str, told: str) -> None:
    write(place.shipped)
    with pytest.raises(NoRules, match=told):
        catalogue.sets_of(country)


def test_the_newest_own_rules_that_cover_the_day_come_first(place: Folders) -> None:
    write(place.shipped)
    ours = catalogue.sets_of("BE")[0]
    place.own = place.own.with_name("theirs")
    write(place.own, LATER, name="2015.yaml")
    theirs = catalogue.sets_of("BE")[1]
    on = date(2013, 6, 1)
    assert catalogue.in_force("BE", on, own=(ours, theirs)) == InForce(ours, own=True)
    assert catalogue.in_force("BE", date(2016, 1, 1), own=(ours, theirs)) == InForce(theirs, own=True)
    assert catalogue.in_force("BE", date(2014, 1, 1), own=(ours,)).outdated
    write(
        place.shipped, RIGHT.replace("BE", "FR").replace("be.", "fr.").replace("    region: FR-VLG\n", ""), country="fr"
    )
    assert not catalogue.in_force("FR", on, own=(ours,)).own


def test_a_node_adds_rules_and_replaces_ours_by_name(place: Folders) -> None:
    write(place.shipped)
    assert place.days() == 45
    write(place.own, LONGER)
    write(place.own, LATER, name="2015.yaml")
    assert place.days() == 60
    assert len(catalogue.sets_of("BE")) == 2
    (place.own / "be" / "2013.yaml").unlink()
    assert place.days() == 45


def test_a_folder_may_be_written_in_capitals(place: Folders) -> None:
    write(place.shipped)
    write(place.own, LONGER, country="BE")
    assert place.days() == 60


def test_changed_rules_count_and_their_fingerprint_is_another(place: Folders) -> None:
    file = write(place.shipped)
    before = catalogue.version()
    assert before == catalogue.version()
    assert len(before) == 12
    write(place.shipped, LONGER)
    assert place.days() == 60
    assert catalogue.version() != before
    file.write_text(RIGHT, "utf-8")
    assert catalogue.version() == before


def test_comments_do_not_change_the_fingerprint(place: Folders) -> None:
    write(place.shipped)
    before = catalogue.version()
    write(place.shipped, f"# Belgium\n{RIGHT}")
    assert catalogue.version() == before


def test_while_a_file_is_broken_the_last_good_rules_stay_in_force(
    place: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    write(place.shipped)
    write(place.own, LONGER)
    assert place.days() == 60
    before = catalogue.version()
    write(place.own, BROKEN)
    assert (place.days(), place.days()) == (60, 60)
    assert catalogue.version() == before
    told = "entitlements/be/2013.yaml, line 12: permits[1].lasts.days: expected a whole number, found 'abc'"
    assert [str(problem) for problem in catalogue.problems()] == [told]
    assert caplog.messages == [f"The last good rules of BE stay in force: {told}"]
    write(place.own, LONGER)
    assert catalogue.problems() == ()


def test_one_broken_file_keeps_the_others_of_its_country_as_they_were(place: Folders) -> None:
    write(place.shipped)
    assert place.days() == 45
    write(place.own, LONGER)
    write(place.own, changed(("days: 45", "days: 0"), text=LATER), name="2015.yaml")
    assert place.days() == 45


def test_a_broken_country_leaves_others_alone(place: Folders) -> None:
    write(place.shipped, BROKEN)
    write(
        place.shipped, RIGHT.replace("BE", "FR").replace("be.", "fr.").replace("    region: FR-VLG\n", ""), country="fr"
    )
    assert catalogue.countries() == ("FR",)
    with pytest.raises(NoRules, match=r"The rules of BE cannot be used\. be/2013\.yaml, line 12: .* found 'abc'$"):
        catalogue.sets_of("BE")


def test_more_mistakes_are_counted(place: Folders) -> None:
    write(place.shipped, changed(("renewable: false", "renewable: no"), text=BROKEN))
    with pytest.raises(NoRules, match=r"\(1 more mistakes: amparo entitlements lint\)$"):
        catalogue.sets_of("BE")


def test_where_own_rules_are_broken_from_the_start_ours_are_in_force(place: Folders) -> None:
    write(place.shipped)
    write(place.own, BROKEN)
    assert place.days() == 45
    assert len(catalogue.problems()) == 1


def next_process(place: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget everything that was read, as a process that starts now."""
    monkeypatch.setattr(catalogue, "_watched", folders.Watched(place.shipped, lambda: place.own))


def test_the_last_good_rules_outlast_the_process_that_read_them(
    place: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(place.shipped)
    write(place.own, LONGER)
    catalogue.prepare()
    write(place.own, BROKEN)
    next_process(place, monkeypatch)
    assert place.days() == 60
    assert len(catalogue.problems()) == 1
    write(place.own, LONGER)
    assert catalogue.problems() == ()


def test_what_a_later_version_cannot_read_any_more_is_not_in_force(
    place: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(place.shipped)
    write(place.own, LONGER)
    catalogue.prepare()
    kept = place.own / folders.LAST_GOOD / "BE.json"
    kept.write_bytes(kept.read_bytes().replace(b'"lasts"', b'"endures"'))
    write(place.own, BROKEN)
    next_process(place, monkeypatch)
    assert place.days() == 45


def test_good_rules_are_written_down_once_and_for_this_account_alone(place: Folders) -> None:
    write(place.shipped)
    catalogue.prepare()
    kept = place.own / folders.LAST_GOOD / "BE.json"
    first = kept.stat()
    assert first.st_mode & 0o077 == 0
    catalogue.prepare()
    assert kept.stat().st_ino == first.st_ino
    write(place.shipped, LONGER)
    assert place.days() == 60
    assert kept.stat().st_ino != first.st_ino


def test_a_question_writes_nothing(place: Folders) -> None:
    write(place.shipped)
    assert place.days() == 45
    assert not place.own.exists()


def test_where_nothing_can_be_written_rules_are_in_force_all_the_same(
    place: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    write(place.shipped)
    place.own.parent.mkdir(parents=True)
    place.own.write_text("not a folder", "utf-8")
    catalogue.prepare()
    assert place.days() == 45
    assert "The last good rules could not be kept in" in caplog.text


def test_rules_stand_in_the_folder_of_their_country(place: Folders) -> None:
    write(place.own, country="fr")
    assert [str(problem) for problem in catalogue.problems()] == [
        "entitlements/fr/2013.yaml, line 1: country: expected FR, as its folder is called, found 'BE'"
    ]


def test_own_rules_whose_period_overlaps_ours_are_told(place: Folders) -> None:
    write(place.shipped)
    write(place.own, name="mine.yaml")
    assert "expected a day that no other rules cover" in str(catalogue.problems()[0])
    assert place.days() == 45


def test_drafts_and_other_files_are_left_alone(place: Folders) -> None:
    write(place.shipped)
    for name in (".2013.yaml", "2013.yaml~", "README.md"):
        write(place.own, "draft", name=name)
    (place.own / "notes.txt").write_text("ours", "utf-8")
    (place.own / "be" / "old").mkdir()
    assert catalogue.problems() == ()


def test_a_folder_that_cannot_be_opened_is_told(place: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place.shipped)
    closed = write(place.own, LONGER).parent
    listed = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder == closed:
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "expected a file that can be read" in str(catalogue.problems()[0])
    assert place.days() == 45


def test_a_file_that_vanishes_between_two_looks_is_told(place: Folders) -> None:
    place.shipped.joinpath("be").mkdir(parents=True)
    place.shipped.joinpath("be", "2013.yaml").symlink_to("nowhere")
    assert "expected a file that can be read" in str(catalogue.problems()[0])


def test_within_a_second_nothing_is_looked_at_again(place: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place.shipped)
    assert place.days() == 45
    monkeypatch.setattr(folders, "LOOK_AGAIN_AFTER", 1000)
    write(place.shipped, LONGER)
    assert place.days() == 45
    catalogue.look_again()
    assert place.days() == 60


def test_many_threads_read_a_country_once(place: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place.shipped)
    read: list[str] = []
    really = folders.read_country

    def counted(code: str, files: folders.Files) -> folders.Country:
        read.append(code)
        return really(code, files)

    monkeypatch.setattr(folders, "read_country", counted)
    days: list[int | None] = []
    threads = [threading.Thread(target=lambda: days.append(place.days())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert days == [45] * 8
    assert read == ["BE"]


def test_while_one_thread_looks_others_go_on_with_what_is_known(place: Folders) -> None:
    write(place.shipped)
    assert place.days() == 45
    write(place.shipped, LONGER)
    with place.watched._lock:
        assert place.watched.country("BE").rules[0].permits[0].lasts is not None
    assert place.days() == 60


def test_the_node_keeps_its_own_rules_in_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue.look_again()
    monkeypatch.setitem(os.environ, "AMPARO_HOME", str(tmp_path))
    write(tmp_path / "entitlements", BROKEN.replace("BE", "SE").replace("be.", "se."), country="se")
    assert any(problem.file == "entitlements/se/2013.yaml" for problem in catalogue.problems())
    catalogue.look_again()
