"""A demonstration is made once, thrown away on request, and never mixed with real people."""

import json

from tests.cli.command import Amparo, address_of, get_json

ROLES = {
    "caseworker",
    "coordinator",
    "psychologist",
    "lawyer",
    "mediator",
    "facilitator",
    "hotline_operator",
    "analyst",
    "data_protection_officer",
    "administrator",
}
FEW = ("--port", "0", "--cases", "6")


def test_it_fills_a_new_home_and_tells_how_to_sign_in(amparo: Amparo) -> None:
    address = address_of(amparo.start("demo", *FEW))
    assert get_json(f"{address}healthz") == {"status": "ok"}
    accounts = json.loads((amparo.home / "demo-accounts.json").read_text(encoding="utf-8"))
    assert {account["role"] for account in accounts} == ROLES
    assert set(accounts[0]) == {"role", "username", "password", "totp_secret", "organisation"}


def test_the_next_start_finds_it_made(amparo: Amparo) -> None:
    assert amparo("demo", "--cases", "6", "--fill-only").output != ""
    made = (amparo.home / "demo-accounts.json").read_bytes()
    again = amparo("demo", "--cases", "6", "--fill-only")
    assert (again.code, again.output) == (0, "")
    assert (amparo.home / "demo-accounts.json").read_bytes() == made
    other_size = amparo("demo", "--cases", "7", "--fill-only")
    assert (other_size.code, "--fresh" in other_size.complaint) == (2, True)
    fresh = amparo("demo", "--cases", "7", "--fresh", "--fill-only")
    assert (fresh.code, "7 cases" in fresh.output) == (0, True)


def test_real_people_are_never_mixed_with_made_up_ones(amparo: Amparo) -> None:
    organisation = ("--organisation", "casa", "--organisation-name", "Casa", "--country", "ES")
    created = amparo("createadmin", "--username", "ana", "--name", "Ana", *organisation, typed="a long way to go 9\n")
    assert created.code == 0
    for more in ((), ("--fresh",)):
        refused = amparo("demo", *FEW, *more)
        assert refused.code == 2
        assert "holds real data" in refused.complaint
        assert len(refused.complaint.strip().splitlines()) == 1
    assert not (amparo.home / "demo-accounts.json").exists()


def test_it_tells_which_words_it_put_into_the_vault(amparo: Amparo) -> None:
    assert amparo("demo", "--cases", "6", "--fill-only").code == 0
    file = amparo.home / "demo-identities.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    assert len(words) == len(set(words)) > 12
    assert all(isinstance(word, str) and len(word) > 8 for word in words)
    assert any(word.startswith("+44 7700 900") for word in words)
    assert file.stat().st_mode & 0o077 == 0
