"""A page as a list of its elements, for questions about its markup."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "source", "wbr", "col"}


class Markup(HTMLParser):
    """The elements of a page with their attributes, and the words of some of them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, list[str]] = {"title": [], "h1": []}
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in self.words:
            self.words[tag].append("")
        if tag not in VOID:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, text: str) -> None:
        for tag in set(self._inside) & set(self.words):
            self.words[tag][-1] += text

    def all(self, *tags: str) -> Iterator[dict[str, str]]:
        """The attributes of every element with one of these names, or of every element."""
        return (attributes for tag, attributes in self.elements if not tags or tag in tags)

    def addresses(self) -> list[str]:
        """Everything that the page loads, links or posts to."""
        named = ("href", "src", "action", "formaction", "data-src", "hx-get", "hx-post", "srcset", "poster")
        return [element[name] for element in self.all() for name in named if name in element]

    def duplicate_ids(self) -> list[str]:
        """The ids that stand on more than one element."""
        ids = [element["id"] for element in self.all() if "id" in element]
        return sorted({one for one in ids if ids.count(one) > 1})
