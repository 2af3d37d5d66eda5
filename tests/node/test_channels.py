"""Messages leave encrypted, without a header that tells of us; what failed is told apart from what may have gone."""

import json
from collections.abc import Iterator
from email import message_from_string, policy
from pathlib import Path

import pytest

from amparo.node.channels import Message, Outcome, Problem, channels
from amparo.node.channels.gateway import Gateway
from amparo.node.channels.mail import Mail
from amparo.node.errors import NodeError
from tests.receiving import BROKEN_OFF, SLOW, Received, certificate, gateway, mail_server, silent_server

HERS = Message(to="+34600111222", text="See you tomorrow at 10:00. Ana")
LETTER = Message(to="ana@mail.example", text="See you tomorrow at 10:00. Ana", subject="Hello", name="Ana Pérez")
FIELDS = {"recipient": "{to}", "body": "{text}", "route": "{1}"}


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def texts(pem: Path) -> Iterator[Received]:
    with gateway(pem) as received:
        yield received


@pytest.fixture
def letters(pem: Path) -> Iterator[Received]:
    with mail_server(pem) as received:
        yield received


def by_gateway(received: Received, pem: Path, form: str = "json") -> Gateway:
    url = f"https://localhost:{received.port}/send?v=1"
    return Gateway(url, FIELDS, {"Authorization": "Bearer canary-token"}, form, trusted=str(pem), timeout=5)


def by_mail(received: Received, pem: Path, port: int = 0) -> Mail:
    return Mail("localhost", port or received.port, "tls", "hello@post.example", trusted=str(pem), timeout=5)


# Text messages.


def test_a_text_message_is_handed_over_as_the_gateway_wants_it(texts: Received, pem: Path) -> None:
    assert by_gateway(texts, pem).send(HERS).outcome is Outcome.SENT
    assert json.loads(texts.messages[0]) == {"recipient": HERS.to, "body": HERS.text, "route": "{1}"}
    assert texts.headers[0]["authorization"] == "Bearer canary-token"
    assert by_gateway(texts, pem, "form").send(HERS).outcome is Outcome.SENT
    assert "recipient=%2B34600111222" in texts.messages[1]


def test_no_header_says_who_sends(texts: Received, pem: Path) -> None:
    by_gateway(texts, pem).send(HERS)
    assert set(texts.headers[0]) == {"host", "accept-encoding", "content-length", "content-type", "authorization"}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (202, Outcome.SENT),
        (400, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (302, Outcome.REFUSED),
        (408, Outcome.LATER),
        (429, Outcome.LATER),
        (500, Outcome.LATER),
        (503, Outcome.LATER),
        (504, Outcome.UNKNOWN),
        (BROKEN_OFF, Outcome.UNKNOWN),
        (401, Outcome.REFUSED),
        (501, Outcome.LATER),
    ],
)
def test_each_answer_of_a_gateway_means_one_thing(texts: Received, pem: Path, status: int, outcome: Outcome) -> None:
    texts.answers.append(status)
    assert by_gateway(texts, pem).send(HERS).outcome is outcome


def test_a_gateway_that_is_not_there_or_shows_no_valid_certificate_gets_nothing(texts: Received, pem: Path) -> None:
    gone = Gateway("https://localhost:1/", FIELDS, trusted=str(pem), timeout=5)
    assert gone.send(HERS).outcome is Outcome.LATER
    stranger = Gateway(f"https://localhost:{texts.port}/", FIELDS, timeout=5)
    assert stranger.send(HERS).outcome is Outcome.LATER
    assert texts.messages == []


@pytest.mark.parametrize(
    ("status", "problem"), [(401, Problem.SIGN_IN), (400, Problem.NOT_TAKEN), (503, Problem.BUSY), (200, None)]
)
def test_an_administrator_learns_what_stood_in_the_way(
    texts: Received, pem: Path, status: int, problem: Problem | None
) -> None:
    texts.answers.append(status)
    assert by_gateway(texts, pem).send(HERS).problem is problem


def test_a_gateway_that_says_nothing_in_time_may_have_sent_it(texts: Received, pem: Path) -> None:
    texts.answers.append(SLOW)
    slow = Gateway(f"https://localhost:{texts.port}/", FIELDS, trusted=str(pem), timeout=0.3)
    assert slow.send(HERS).outcome is Outcome.UNKNOWN
    assert len(texts.messages) == 1


def test_a_gateway_that_never_answers_the_link_has_got_nothing(pem: Path) -> None:
    with silent_server() as port:
        silent = Gateway(f"https://localhost:{port}/", FIELDS, trusted=str(pem), timeout=0.3)
        assert silent.send(HERS) == silent.reach()
        assert (silent.send(HERS).outcome, silent.reach().problem) == (Outcome.LATER, Problem.TOO_SLOW)


def test_a_gateway_is_reached_without_sending_anything(texts: Received, pem: Path) -> None:
    assert by_gateway(texts, pem).reach().problem is None
    assert Gateway("https://localhost:1/", FIELDS).reach().problem is Problem.NOT_THERE
    assert texts.messages == texts.headers == []


# E-mail.


def test_a_letter_bears_the_name_she_knows_and_nothing_that_tells_of_us(letters: Received, pem: Path) -> None:
    assert by_mail(letters, pem).send(LETTER).outcome is Outcome.SENT
    letter = message_from_string(letters.messages[0], policy=policy.default)
    assert letter["From"] == "Ana Pérez <hello@post.example>"
    assert letter["Subject"] == "Hello"
    assert letter.get_content().strip() == LETTER.text
    shown = {"From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(letter.keys()) == shown
    assert letter["Message-ID"].endswith("@post.example>")
    assert letter["Date"].endswith("+0000")
    assert letters.greetings == ["ehlo post.example"]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (250, Outcome.SENT),
        (451, Outcome.LATER),
        (550, Outcome.REFUSED),
        (535, Outcome.LATER),
        (BROKEN_OFF, Outcome.UNKNOWN),
    ],
)
def test_each_answer_of_a_mail_server_means_one_thing(
    letters: Received, pem: Path, code: int, outcome: Outcome
) -> None:
    letters.answers.append(code)
    assert by_mail(letters, pem).send(LETTER).outcome is outcome


@pytest.mark.parametrize("to", ["no address", "a@b.example\r\nBcc: all@b.example", ""])
def test_what_is_no_address_is_refused_before_anything_is_sent(letters: Received, pem: Path, to: str) -> None:
    assert by_mail(letters, pem).send(Message(to=to, text="x")).outcome is Outcome.REFUSED
    assert letters.greetings == []


def test_a_mail_server_that_is_not_there_or_not_trusted_gets_nothing(letters: Received, pem: Path) -> None:
    assert by_mail(letters, pem, port=1).send(LETTER).outcome is Outcome.LATER
    assert Mail("localhost", letters.port, "tls", "a@b.example", timeout=5).send(LETTER).outcome is Outcome.LATER
    assert letters.messages == []


def by_starttls(received: Received, pem: Path, password: str = "right") -> Mail:
    return Mail(
        *("localhost", received.port, "starttls", "hello@post.example", "hello"),
        password=password,
        trusted=str(pem),
        timeout=5,
    )


def test_by_starttls_the_password_and_every_word_go_only_after_encryption(pem: Path) -> None:
    with mail_server(pem, "starttls") as letters:
        assert by_starttls(letters, pem).send(LETTER).outcome is Outcome.SENT
        words = [line.split()[0].upper() for line in letters.lines]
    assert words == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]
    assert len(letters.messages) == 1


def test_a_server_that_does_not_encrypt_gets_neither_password_nor_word(pem: Path) -> None:
    with mail_server(pem, "never") as letters:
        answer = by_starttls(letters, pem).send(LETTER)
    assert (answer.outcome, answer.problem) == (Outcome.LATER, Problem.NOT_ENCRYPTED)
    assert {line.split()[0] for line in letters.lines} <= {"ehlo", "QUIT"}
    assert letters.messages == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_name_or_by_nobody_we_trust_is_not_good_enough(
    tmp_path: Path, pem: Path, security: str
) -> None:
    other = certificate(tmp_path, "elsewhere.example")
    for shown, trusted in ((other, other), (pem, other)):
        with mail_server(shown, security) as letters:
            mail = Mail("localhost", letters.port, security, "a@b.example", trusted=str(trusted), timeout=5)
            assert mail.send(LETTER) == mail.reach()
            assert (mail.reach().outcome, mail.reach().problem) == (Outcome.LATER, Problem.NOT_TRUSTED)
        assert letters.messages == []


def test_a_wrong_password_is_for_the_administrator_and_worth_another_try(pem: Path) -> None:
    with mail_server(pem, "starttls") as letters:
        wrong = by_starttls(letters, pem, "wrong")
        assert (wrong.send(LETTER).outcome, wrong.reach().problem) == (Outcome.LATER, Problem.SIGN_IN)
        assert by_starttls(letters, pem).reach().problem is None
    assert letters.messages == []


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_server_that_says_nothing_is_left_in_time(pem: Path, security: str) -> None:
    with silent_server() as port:
        mail = Mail("localhost", port, security, "a@b.example", trusted=str(pem), timeout=0.3)
        assert (mail.send(LETTER).outcome, mail.reach().problem) == (Outcome.LATER, Problem.TOO_SLOW)


def test_a_server_that_wants_the_other_kind_of_encryption_gets_nothing(pem: Path) -> None:
    with mail_server(pem, "starttls") as letters:
        mixed = Mail("localhost", letters.port, "tls", "a@b.example", trusted=str(pem), timeout=5)
        assert (mixed.send(LETTER).outcome, mixed.reach().problem) == (Outcome.LATER, Problem.NOT_ENCRYPTED)
    assert letters.messages == []


def test_a_message_and_a_password_do_not_show_where_they_are_written() -> None:
    written = repr(
        [HERS, LETTER, Mail("h", 1, "tls", "a@b", "user", "canary-password"), Gateway("u", {}, {"A": "canary-token"})]
    )
    for word in (HERS.to, HERS.text, LETTER.to, "Pérez", "canary-password", "canary-token"):
        assert word not in written


# Setting them up.

WHOLE = """
[email]
host = "mail.post.example"
sender = "hello@post.example"
username = "hello"
password = "canary-password"

[sms]
url = "https://sms.example/send"
headers = {Authorization = "Bearer canary-token"}
fields = {to = "{to}", message = "{text}", from = "Ana"}
"""


def set_up(home: Path, written: str, mode: int = 0o600) -> Path:
    home.mkdir(mode=0o700, exist_ok=True)
    file = home / "channels.toml"
    file.write_text(written)
    file.chmod(mode)
    return file


def test_without_a_file_nothing_is_sent(node_home: Path) -> None:
    assert channels() == channels(node_home)
    assert channels().email is channels().sms is None


def test_the_file_sets_up_both(node_home: Path) -> None:
    set_up(node_home, WHOLE)
    found = channels()
    assert found.email == Mail(
        "mail.post.example", 587, "starttls", "hello@post.example", username="hello", password="canary-password"
    )
    assert isinstance(found.sms, Gateway)
    assert found.sms.url == "https://sms.example/send"


def test_one_of_them_is_enough(node_home: Path) -> None:
    set_up(node_home, WHOLE.partition("[sms]")[0].replace("sender", 'security = "tls"\nsender'))
    assert channels().sms is None
    assert isinstance(channels().email, Mail)
    assert channels().email.port == 465  # type: ignore[union-attr]


def test_a_file_that_others_can_read_is_not_used(node_home: Path) -> None:
    set_up(node_home, WHOLE, 0o640)
    with pytest.raises(NodeError, match="chmod 600"):
        channels()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[email]", "[email", "not TOML"),
        ("[email]", "[letter]", "'letter' is not known"),
        ("[email]", "email = 3\n[sms2]", "not known"),
        ("host =", "hots =", "'hots' is not known"),
        ('"mail.post.example"', "3", "email.host"),
        ('"hello@post.example"', '"hello"', "email.sender"),
        ("username =", 'security = "none"\nusername =', "unencrypted"),
        ("username =", "port = 0\nusername =", "email.port"),
        ('"canary-password"', '"a\\nb"', "email.password"),
        ("https://", "http://", "https://"),
        ("https://sms.example", "https://", "https://"),
        ('"{text}"', '"text"', "sms.fields"),
        ("headers = {", 'form = "xml"\nheaders = {', "sms.form"),
        ('{Authorization = "Bearer canary-token"}', "3", "sms.headers"),
        ("Authorization =", '"a b" =', "no name of a header"),
        ('"Bearer canary-token"', '"canary-ñ"', "sms.headers.Authorization"),
        ('"canary-password"', '"canary-ñ"', "email.password"),
        ('password = "canary-password"', "", "email.password"),
        ("username =", "port = true\nusername =", "email.port"),
        ("sms.example/send", "sms.example:0/send", "sms.url"),
        ("sms.example/send", "sms.example:many/send", "sms.url"),
        ("username =", 'trusted = "/nowhere.pem"\nusername =', "email.trusted: expected a file of certificates"),
    ],
)
def test_a_mistake_is_told_with_its_field_and_without_a_secret(
    node_home: Path, before: str, after: str, told: str
) -> None:
    set_up(node_home, WHOLE.replace(before, after, 1))
    with pytest.raises(NodeError) as raised:
        channels()
    assert told in str(raised.value)
    assert "canary" not in str(raised.value)


def test_a_table_that_is_none_is_told(node_home: Path) -> None:
    set_up(node_home, "email = 3")
    with pytest.raises(NodeError, match=r"\[email\]: expected fields"):
        channels()


def test_a_file_in_another_writing_is_told(node_home: Path) -> None:
    set_up(node_home, "").write_bytes(b'[email]\nhost = "\xff"')
    with pytest.raises(NodeError, match="not TOML") as raised:
        channels()
    assert raised.value.exit_code == 2
