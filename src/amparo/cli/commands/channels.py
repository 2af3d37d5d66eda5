"""`amparo channels`: whether what is to be sent can be sent; tried by the administrator, without any woman."""

import argparse
import json
import sys

from amparo.node.channels import Answer, Channels, Message, Outcome, Problem, channels, file_of_channels
from amparo.node.channels.outcome import Channel
from amparo.node.errors import NodeError

#: The one word of a trial, and all that stands in it.
WORD = "Hello."
_PROBLEMS = {
    Problem.NOT_THERE: "nobody answers there, or the link was closed; look at the name and the port",
    Problem.TOO_SLOW: "it does not answer in time",
    Problem.NOT_ENCRYPTED: "it offers no TLS here; nothing is sent unencrypted. Look at the port and at security",
    Problem.NOT_TRUSTED: "its certificate is not valid for this name; nothing is sent. Look at trusted",
    Problem.SIGN_IN: "it does not let us in; look at the user name, the password or the headers",
    Problem.BUSY: "it says: not now",
    Problem.NOT_TAKEN: "it does not take this message",
    Problem.BROKEN_OFF: "the link broke after the words had gone; perhaps it was sent",
}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("channels", help="check and try the channels that reminders are sent by")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="read channels.toml and reach each server; sends nothing")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.set_defaults(run=_check)
    test = actions.add_parser("test", help="send one neutral word, to yourself")
    test.add_argument("--to", required=True, help="your own number (+34…) or mailbox, never a woman's")
    test.add_argument("--by", required=True, choices=("sms", "email"))
    test.set_defaults(run=_test)


def _check(arguments: argparse.Namespace) -> int:
    """Exit 0 where each channel can be reached, 1 where one cannot, 2 where the file is wrong or missing."""
    reached = [(name, one, one.reach()) for name, one in _set_up(channels()).items()]
    if arguments.json:
        print(json.dumps({"file": str(file_of_channels()), "channels": [_as_json(*one) for one in reached]}))
    for name, one, answer in reached:
        if answer.problem is not None:
            print(f"amparo: {name} ({one.place}): {_PROBLEMS[answer.problem]}.", file=sys.stderr)
        elif not arguments.json:
            print(f"{name} ({one.place}): reached, encrypted and trusted.")
    return 1 if any(answer.problem for _name, _one, answer in reached) else 0


def _test(arguments: argparse.Namespace) -> int:
    """Send the word once; exit 1 where it was not taken."""
    to = _address(arguments.to, by=arguments.by)
    channel = _set_up(channels()).get(arguments.by)
    if channel is None:
        raise NodeError(f"{file_of_channels()}: [{arguments.by}]: expected, to send by it.", exit_code=2)
    answer = channel.send(Message(to=to, text=WORD, subject=WORD))
    if answer.outcome is Outcome.SENT:
        print(f"{arguments.by} ({channel.place}): taken. Look whether it arrives, and what it shows as its sender.")
        return 0
    problem = answer.problem or Problem.NOT_TAKEN
    raise NodeError(f"{arguments.by} ({channel.place}): {_PROBLEMS[problem]}.")


def _address(typed: str, *, by: str) -> str:
    """The number or mailbox; what was typed is not repeated where it is wrong."""
    from amparo.areas.activities.rules.reminding import dialled

    found = dialled(typed) if by == "sms" else typed if "@" in typed else ""
    if not found:
        expected = "a number with the code of its country, such as +34…" if by == "sms" else "a mailbox"
        raise NodeError(f"--to: expected {expected}.", exit_code=2)
    return found


def _set_up(found: Channels) -> dict[str, Channel]:
    there = {"email": found.email, "sms": found.sms}
    channels_there = {name: one for name, one in there.items() if one is not None}
    if not channels_there:
        raise NodeError(
            f"{file_of_channels()}: expected [email] or [sms]; until then colleagues remind her by hand, from a list. "
            "docs/operate.md, Reminders, shows one.",
            exit_code=2,
        )
    return channels_there


def _as_json(name: str, one: Channel, answer: Answer) -> dict[str, object]:
    return {"channel": name, "place": one.place, "reached": answer.problem is None, "problem": answer.problem}
