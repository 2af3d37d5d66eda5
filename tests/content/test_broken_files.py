"""A worded file that contradicts itself is refused with its name and what is expected."""

from pathlib import Path

import pytest
import yaml

from amparo.areas.consent import catalogue as consent
from amparo.areas.knowledge import catalogue as knowledge
from amparo.areas.safety import instruments
from amparo.kernel.catalogue import CatalogueError


def copy_of(original: Path, folder: Path, name: str, **changes: object) -> Path:
    content = yaml.load(original.read_text("utf-8"), Loader=yaml.BaseLoader)
    numbers = {field: int(content[field]) for field in ("version", "months", "valid_months") if field in content}
    file = folder / name
    file.write_text(yaml.safe_dump({**content, **numbers, **changes}, allow_unicode=True), "utf-8")
    return file


def instrument_text(**replaced: str) -> str:
    text = (instruments._FOLDER / "first_safety_v1.yaml").read_text("utf-8")
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def test_an_instrument_is_called_by_its_key_and_version(tmp_path: Path) -> None:
    file = tmp_path / "first_safety_v2.yaml"
    file.write_text(instrument_text(), "utf-8")
    with pytest.raises(CatalogueError, match=r"first_safety_v2\.yaml: expected the file name first_safety_v1\.yaml"):
        instruments._instrument(file)


def test_an_item_that_raises_the_level_alone_needs_an_answer_that_weighs_high(tmp_path: Path) -> None:
    file = tmp_path / "first_safety_v1.yaml"
    file.write_text(instrument_text(**{'key: "yes", weight: high': 'key: "yes", weight: low'}))
    with pytest.raises(CatalogueError, match=r"items\[1\]\.answers: expected an answer of weight 'high'"):
        instruments._instrument(file)


def test_a_question_in_an_area_nobody_knows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "first_safety_v1.yaml"
    file.write_text(instrument_text(**{"    area: network": "    area: weather"}), "utf-8")
    with pytest.raises(CatalogueError, match=r"area: expected one of now, network.* found 'weather'"):
        instruments._instrument(file)


def test_a_consent_text_is_called_by_its_purpose_and_version(tmp_path: Path) -> None:
    file = copy_of(consent._FOLDER / "taking_part_v1.yaml", tmp_path, "taking_part_v3.yaml")
    with pytest.raises(CatalogueError, match=r"taking_part_v3\.yaml: expected the file name taking_part_v1\.yaml"):
        consent._consent_text(file)


def test_a_consent_for_a_purpose_nobody_knows_is_refused(tmp_path: Path) -> None:
    file = copy_of(consent._FOLDER / "taking_part_v1.yaml", tmp_path, "selling_v1.yaml", purpose="selling")
    with pytest.raises(CatalogueError, match=r"purpose: expected one of .*taking_part.* found 'selling'"):
        consent._consent_text(file)


def test_practice_points_stand_in_the_file_of_their_domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_of(knowledge._FOLDER / "safety.yaml", tmp_path, "weather.yaml")
    monkeypatch.setattr(knowledge, "_FOLDER", tmp_path)
    monkeypatch.setattr(knowledge, "domains_with_points", lambda: {"weather"})
    with pytest.raises(CatalogueError, match=r"weather\.yaml: domain: expected 'weather'"):
        knowledge.practice_points("weather")
