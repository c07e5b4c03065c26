"""What the styles and numbering of a Word file say of a paragraph: its heading level, list, number, weight."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policylint.reading.paragraphs import heading_level, is_contents_style
from policylint.reading.word_xml import child, number, switch, value, word_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_LEVEL = re.compile(r"%([1-9])")
_LONGEST_LABEL = 40
_MOST_STYLES_ABOVE = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. `level` of a heading (0: none); `list_id` and `list_level` of its list."""

    level: int = 0
    contents: bool = False
    bold: bool | None = None
    hidden: bool | None = None
    list_id: str | None = None
    list_level: int | None = None


_NO_STYLE = Style()


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in root if root is not None else ():
            if word_name(element) == "style":
                identity = value(element, "styleId") or ""
                self._elements[identity] = element
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                    self._default = identity

    def paragraph(self, identity: str | None) -> Style:
        """The paragraph style `identity`, the default one without."""
        return self.style(identity if identity is not None else self._default)

    def style(self, identity: str | None) -> Style:
        """The style `identity`; one that is nowhere says nothing but its own name."""
        if identity is None:
            return _NO_STYLE
        if identity not in self._known:
            self._known[identity] = self._resolve(identity)
        return self._known[identity]

    def _resolve(self, identity: str) -> Style:
        level: int | None = None
        contents = False
        bold = hidden = None
        list_id = None
        list_level = None
        for name, element in self._ancestry(identity):
            paragraph, run = child(element, "pPr"), child(element, "rPr")
            heading = heading_level(name)
            outline = number(child(paragraph, "outlineLvl"))
            contents = contents or is_contents_style(name)
            if level is None and outline is not None:
                level = outline + 1 if 0 <= outline < 9 else 0
            if level is None and heading:
                level = heading
            bold = switch(run, "b") if bold is None else bold
            hidden = switch(run, "vanish") if hidden is None else hidden
            if list_id is None:
                list_id = value(child(paragraph, "numPr", "numId"))
                list_level = number(child(paragraph, "numPr", "ilvl"))
        return Style(level or 0, contents, bold, hidden, list_id, list_level)

    def _ancestry(self, identity: str) -> Iterator[tuple[str, Element | None]]:
        """Name and element of the style and of those it is based on."""
        seen: set[str] = set()
        current: str | None = identity
        while current is not None and current not in seen and len(seen) < _MOST_STYLES_ABOVE:
            seen.add(current)
            element = self._elements.get(current)
            yield value(child(element, "name")) or current, element
            current = value(child(element, "basedOn"))


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class ListPlace:
    """What a list gives a paragraph: its depth from 1, and the label counted for it; a bullet has none."""

    depth: int
    label: str
    bullet: bool


@dataclass(slots=True)
class _List:
    """A definition of a list, and how far each of its levels has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    style_link: str | None = None
    counters: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a document; counts them in the order of the paragraphs."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, _List] = {}
        self._used: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._begun: set[str] = set()
        for element in root if root is not None else ():
            name = word_name(element)
            if name == "abstractNum":
                self._definitions[value(element, "abstractNumId") or ""] = _definition(element)
            elif name == "num":
                changed: dict[int, _Level] = {}
                restarts: dict[int, int] = {}
                for override in element:
                    if word_name(override) != "lvlOverride":
                        continue
                    level = number(override, "ilvl") or 0
                    again = number(child(override, "startOverride"))
                    if again is not None:
                        restarts[level] = again
                    other = child(override, "lvl")
                    if other is not None:
                        changed[level] = _level(other)
                identity = value(element, "numId") or ""
                self._used[identity] = (value(child(element, "abstractNumId")) or "", changed, restarts)

    def place(self, list_id: str | None, level: int | None, style: str | None) -> ListPlace | None:
        """Count on in the list `list_id` at `level` (from 0, None: that of the style); None for no list."""
        if list_id is None or list_id == "0" or list_id not in self._used:
            return None
        abstract, changed, restarts = self._used[list_id]
        definition = self._definition(abstract)
        if definition is None:
            return None
        if level is None:
            level = definition.styles.get(style or "", 0)
        level = min(max(level, 0), 8)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in restarts:
                definition.counters.pop(restarted, None)
        own = changed.get(level) or definition.levels.get(level) or _Level()
        start = restarts.get(level, own.start)
        counters = definition.counters
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if own.format == "bullet":
            return ListPlace(level + 1, "", True)
        if own.format == "none" or not own.text.strip():
            return ListPlace(level + 1, "", False)

        def shown(match: re.Match[str]) -> str:
            part = int(match[1]) - 1
            of = changed.get(part) or definition.levels.get(part) or _Level()
            return counted(counters.get(part, of.start), of.format)

        return ListPlace(level + 1, _LEVEL.sub(shown, own.text[:_LONGEST_LABEL]).strip(), False)

    def _definition(self, abstract: str) -> _List | None:
        definition = self._definitions.get(abstract)
        if definition is not None and definition.style_link is not None:
            linked = self._styles.style(definition.style_link).list_id
            other = self._definitions.get(self._used[linked][0]) if linked in self._used else None
            return other or definition
        return definition


def _definition(element: Element) -> _List:
    result = _List(style_link=value(child(element, "numStyleLink")))
    for inner in element:
        if word_name(inner) == "lvl":
            level = number(inner, "ilvl") or 0
            result.levels[level] = _level(inner)
            style = value(child(inner, "pStyle"))
            if style:
                result.styles[style] = level
    return result


def _level(element: Element) -> _Level:
    start = number(child(element, "start"))
    text = value(child(element, "lvlText")) or ""
    return _Level(value(child(element, "numFmt")) or "decimal", text, 1 if start is None else start)


def counted(n: int, form: str) -> str:
    """The number `n` as a list shows it: "decimal", "lowerLetter", "upperRoman" and so on."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 5) if n > 0 else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < n < 4000:
        numeral = ""
        for worth, sign in (*_ROMAN, *_ROMAN_SMALL):
            numeral += sign * (n // worth)
            n %= worth
        return numeral.upper() if form == "upperRoman" else numeral
    return str(n)
