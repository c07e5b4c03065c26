"""The tree of an HTML page as a browser builds it, with every text's place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from policylint.reading.assembly import Piece, line_starts
from policylint.reading.markup import blanked

if TYPE_CHECKING:
    from turbohtml import Node
    from turbohtml import Text as TextNode

_NEVER_SHOWN = frozenset(
    "head script style template noscript iframe object embed applet svg canvas audio video map noembed noframes "
    "select datalist textarea meter progress title rp".split()
)
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Scripts open what these hold: a visitor reads it after a click.
_DISCLOSED = re.compile(
    r"accordion|collaps|toggle|tab|panel|faq|expand|dropdown-text|read-?more|lees-?meer", re.IGNORECASE
)
_POINTERS = ("aria-controls", "href", "data-target", "data-bs-target", "for", "data-toggle-target")
_INLINE = frozenset("a abbr b bdi bdo cite code em font i kbd mark q s samp small span strong sub sup u var".split())
# The base for the two private characters that stand for a text while the tree is built.
_HIGH, _LOW, _PLANE = 0xF0000, 0x100000, 0xFFF0
_SPACE = " \t\n\r\f"
# XML closes an empty element in its own tag; HTML would take the rest of the page for its contents.
_CLOSED_IN_XML = re.compile(r"<(script|style|title|textarea|iframe|noscript)(?:\s[^<>]*)?/>", re.IGNORECASE)
_CDATA = "<![CDATA["
_XML_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_XML = re.compile(r"\ufeff?\s*<\?xml\s")


@dataclass(slots=True, eq=False)
class Element:
    """An element; its contents are the page's events between `opened` and `closed`."""

    tag: str
    attributes: Mapping[str, str]
    parent: Element | None
    opened: int
    closed: int = 0
    shown: bool = True

    def get(self, name: str) -> str:
        """The value of an attribute, empty if there is none."""
        return self.attributes.get(name, "")


class End(NamedTuple):
    """The end of an element."""

    element: Element


Event = Element | End | Piece


@dataclass(frozen=True, slots=True)
class Page:
    """The page in reading order: elements where they begin, their ends, and texts (those not shown too)."""

    events: tuple[Event, ...]
    anchors: frozenset[str]


def read_page(source: str) -> Page:
    """The page that a browser makes of `source`; nothing in it is run or fetched. Linear in its length."""
    import turbohtml

    visible = _SURROGATE.sub("\ufffd", _as_html(source) if _XML.match(source[:200]) else source)
    texts: list[tuple[Piece, ...]] = []
    numbered = "".join(_numbered(visible, texts))
    document = turbohtml.parse(numbered, positions=False, scripting=True, allow_declarative_shadow_roots=False)
    events: list[Event] = []
    anchors: set[str] = set()
    pointers: set[str] = set()
    open_elements: list[tuple[Element | None, Iterator[Node]]] = [(None, iter(document.children))]
    last = 0
    while open_elements:
        parent, children = open_elements[-1]
        node = next(children, None)
        if node is None:
            open_elements.pop()
            if parent is not None:
                parent.closed = len(events)
                events.append(End(parent))
        elif isinstance(node, turbohtml.Element):
            element = Element(node.tag, _attributes(node), parent, len(events))
            events.append(element)
            if element.attributes:
                anchors.update(filter(None, (element.get("id"), element.get("name"))))
                for name in _POINTERS:
                    pointers.update(target.lstrip("#") for target in element.get(name).split())
            open_elements.append((element, iter(node.children)))
        elif isinstance(node, turbohtml.Text):
            for piece in _pieces(node, texts, last):
                events.append(piece)
                last = piece.offset
        elif isinstance(node, turbohtml.DocumentFragment) and parent is not None:
            open_elements.append((None, iter(node.children)))
    for event in events:
        if isinstance(event, Element):
            event.shown = (event.parent is None or event.parent.shown) and _is_shown(event, pointers)
    return Page(tuple(events), frozenset(anchors))


def _as_html(source: str) -> str:
    """An XML page in the syntax of HTML, lengths kept."""
    empty = blanked(source, [match.span() for match in _CLOSED_IN_XML.finditer(source)])
    return blanked(empty, [match.span() for match in _XML_CDATA.finditer(empty)])


def _numbered(source: str, texts: list[tuple[Piece, ...]]) -> Iterator[str]:
    """`source` with every text replaced by its index in `texts`, written in two private characters.

    No parser tells where a text stands after it has moved or joined texts as browsers do; the number
    moves with it. White space alone stays as it is, for the tree depends on it.
    """
    from turbohtml import TokenType, tokenize

    starts = line_starts(source)
    tokens = tokenize(source, resolve_references=False)
    places = ((token, starts[token.line - 1] + token.col) for token in tokens)
    end = (None, len(source))
    done = 0
    for (token, start), (_, following) in pairwise([*places, end]):
        if token is None:
            break
        if token.type is TokenType.COMMENT and source.startswith(_CDATA, start):
            # Only drawings have such sections; elsewhere it is a comment up to the next `>`, and so everywhere here.
            yield source[done:start] + "<!"
            done = start + len(_CDATA)
        if token.type not in (TokenType.TEXT, TokenType.CHARACTER_REFERENCE):
            continue
        data = token.data or ""
        if not data.strip(_SPACE):
            if token.type is TokenType.CHARACTER_REFERENCE:
                yield source[done:start]
                yield data
                done = following
            continue
        if token.type is TokenType.TEXT:
            pieces, stop = _text(source, data, start, following)
        else:
            pieces, stop = _reference(source, data, start, following)
        yield source[done:start]
        yield chr(_HIGH + len(texts) // _PLANE) + chr(_LOW + len(texts) % _PLANE)
        texts.append(pieces)
        done = stop
    yield source[done:]


def _text(source: str, data: str, start: int, following: int) -> tuple[tuple[Piece, ...], int]:
    """The pieces of a text and where it ends; the tokenizer writes every line end as a line feed."""
    if source.startswith(data, start):
        return (Piece(data, start),), start + len(data)
    pieces = []
    place = start
    for number, line in enumerate(data.split("\n")):
        if number:
            pieces.append(Piece("\n", place))
            place += 2 if source.startswith("\r\n", place) else 1
        if not source.startswith(line, place):
            # The tokenizer left something out, such as `</>`: what stands here is text all the same.
            return (Piece(source[start:following], start),), following
        pieces.append(Piece(line, place))
        place += len(line)
    return tuple(pieces), place


def _reference(source: str, data: str, start: int, following: int) -> tuple[tuple[Piece, ...], int]:
    """The pieces of a character reference; letters that only followed it (`&notit`) keep their own place."""
    rest = 0
    while rest < len(data) - 1 and data[-rest - 1] == source[following - rest - 1] != ";":
        rest += 1
    signs = tuple(Piece(character, start) for character in data[: len(data) - rest])
    if not rest:
        return signs, following
    return (*signs, Piece(data[len(data) - rest :], following - rest)), following


def _pieces(node: TextNode, texts: list[tuple[Piece, ...]], last: int) -> Iterator[Piece]:
    """The pieces whose numbers stand in a text node; other characters stand where the text before them does."""
    data = node.data
    place = 0
    while place < len(data):
        number = -1
        if place + 1 < len(data) and data[place] >= "\U000f0000" and data[place + 1] >= "\U00100000":
            number = (ord(data[place]) - _HIGH) * _PLANE + ord(data[place + 1]) - _LOW
        if 0 <= number < len(texts):
            yield from texts[number]
            last = texts[number][-1].offset
            place += 2
        else:
            yield Piece(data[place], last)
            place += 1


def _attributes(node: object) -> dict[str, str]:
    attributes: Mapping[str, str | list[str] | None] = node.attrs  # type: ignore[attr-defined]
    return {name: " ".join(value) if isinstance(value, list) else value or "" for name, value in attributes.items()}


def _is_shown(element: Element, pointers: set[str]) -> bool:
    """Whether a visitor can come to see the element; a closed accordion is only a click away."""
    if element.tag in _NEVER_SHOWN:
        return element.tag == "template" and "shadowrootmode" in element.attributes
    if not element.attributes:
        return element.tag != "input"
    hidden = (
        ("hidden" in element.attributes and element.get("hidden").lower() != "until-found")
        or _HIDING_STYLE.search(element.get("style"))
        or (element.tag == "input")
    )
    if hidden:
        return element.get("id") in pointers or bool(
            _DISCLOSED.search(element.get("class")) or element.get("role") in ("tabpanel", "region")
        )
    # Hidden from a screen reader only: a sign beside the text, or text that is there for the eye.
    return not (element.get("aria-hidden").lower() == "true" and element.tag in _INLINE)
