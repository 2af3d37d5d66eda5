"""The node's key as word lists for custodians: any few of them give it back, fewer tell nothing (SLIP-39).

SLIP-0039, "Shamir's Secret-Sharing for Mnemonic Codes", by its reference implementation.
"""

from collections.abc import Iterable

from shamir_mnemonic import combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.utils import MnemonicError
from shamir_mnemonic.wordlist import WORDLIST

from amparo.node.errors import NodeError

MOST = 16
_WORDS = frozenset(WORDLIST)
_LEAST_WORDS = 20


def split(key: bytes, *, threshold: int, lists: int) -> list[str]:
    """That many lists of 33 words, any `threshold` of which give the key; NodeError for numbers that cannot be."""
    if not 2 <= threshold <= lists <= MOST:
        raise NodeError(f"Expected 2 <= threshold <= shares <= {MOST}.", exit_code=2)
    return list(generate_mnemonics(1, [(threshold, lists)], key)[0])


def lists_in(text: str) -> list[str]:
    """The word lists in a text: apart by empty lines, or one on a line; numbers and lines with # are left out."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        words = [word.strip(".,").lower() for word in line.split() if not word.strip(".,)").isdecimal()]
        if not words or line.lstrip().startswith("#"):
            found.append([])
        elif len(words) >= _LEAST_WORDS:
            found += [words, []]
        else:
            found[-1] += words
    return [" ".join(words) for words in found if words]


def recover(lists: Iterable[str]) -> bytes:
    """The key that these lists give. Raises NodeError with one line that says which list is wrong, and how."""
    shares = [_share(number, words) for number, words in enumerate(dict.fromkeys(lists), start=1)]
    if not shares:
        raise NodeError("No word list was given.", exit_code=2)
    first = shares[0]
    for number, share in enumerate(shares, start=1):
        if share.identifier != first.identifier:
            raise NodeError(f"List {number} belongs to another set than list 1.", exit_code=2)
    if len(shares) < first.member_threshold:
        raise NodeError(f"{len(shares)} lists were given, {first.member_threshold} are needed.", exit_code=2)
    try:
        return bytes(combine_mnemonics([share.mnemonic() for share in shares[: first.member_threshold]]))
    except MnemonicError as wrong:
        raise NodeError("These lists do not give a key: one of them is of another set.", exit_code=2) from wrong


def _share(number: int, words: str) -> Share:
    for place, word in enumerate(words.split(), start=1):
        if word not in _WORDS:
            raise NodeError(f"List {number}, word {place} is not a word of these lists.", exit_code=2)
    try:
        return Share.from_mnemonic(words)
    except MnemonicError as wrong:
        raise NodeError(f"List {number} is not as it was written: a word is wrong or missing.", exit_code=2) from wrong
