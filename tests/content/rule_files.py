"""A small file of rules, as a lawyer writes it, for tests to break."""

from pathlib import Path

RIGHT = """\
country: BE
title: {en: Belgium, es: Bélgica, it: Belgio}
valid_from: 2012-01-01
valid_to: 2013-12-31
checked: {on: 2013-06-01, by: FIIT}
source: {cite: FIIT, where: "Belgium, lines 61-170"}
permits:
  - id: be.reflection
    kind: reflection_period
    title: {en: Reflection, es: Reflexión, it: Riflessione}
    conditions: {all: [possible_victim, {not: threat_to_public_order}]}
    lasts: {days: 45}
    renewable: false
    opens: [social_welfare, {right: work, when: holds_residence_permit}]
    starts: reflection_started_on
    source: {cite: FIIT, where: "Belgium, line 76"}
services:
  - id: be.health
    kind: health
    title: {en: Health, es: Salud, it: Salute}
    conditions: {all: []}
    provider: mainstream
    free_of_charge: null
    region: BE-VLG
    source: {cite: CETS 197, where: Article 12}
pathways:
  - id: be.path
    title: {en: Path, es: Camino, it: Cammino}
    source: {cite: FIIT, where: "Belgium, lines 76-83"}
    stages:
      - id: be.stage_one
        title: {en: One, es: Uno, it: Uno}
        who: she
        due: {en: She decides., es: Decide., it: Decide.}
        lasts: {working_days: 5}
        starts: referral_received_on
        permit: be.reflection
        source: {cite: FIIT, where: "Belgium, line 76"}
      - id: be.stage_two
        title: {en: Two, es: Dos, it: Due}
        who: her_team
        due: {en: Ask., es: Pedir., it: Chiedere.}
        lasts: {months: 3}
        after: [be.stage_one]
        source: {cite: FIIT, where: "Belgium, line 76"}
examples:
  - says: 45 days from 1 June.
    facts: {possible_victim: true, threat_to_public_order: false, reflection_started_on: 2013-06-01}
    expect:
      be.reflection: {status: eligible, ends_on: 2013-07-15, ask: [], failed: []}
      be.health: eligible
  - says: A threat closes it.
    facts: {threat_to_public_order: true, referral_received_on: 2013-03-29}
    expect:
      be.reflection: {status: not_eligible, failed: [threat_to_public_order]}
    deadlines: {be.stage_one: 2013-04-08}
"""


def write(folder: Path, text: str = RIGHT, *, country: str = "be", name: str = "2013.yaml") -> Path:
    """A file of rules in the folder of its country."""
    file = folder / country / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def changed(*changes: tuple[str, str], text: str = RIGHT) -> str:
    """The file with some words replaced, each of which must stand in it."""
    for old, new in changes:
        if old not in text:
            raise AssertionError(old)
        text = text.replace(old, new, 1)
    return text
