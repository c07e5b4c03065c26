"""What the styles of an OpenDocument text say of a paragraph: its heading level, weight, and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.reading.package import split_tag
from policylint.reading.paragraphs import heading_level, is_contents_style
from policylint.reading.word_styles import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
}
_NAMESPACES = {prefix: namespace for namespace, prefix in _PREFIXES.items()}
_BOLD = re.compile(r"bold|[6-9]00")
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_STYLES_ABOVE = 20


def open_name(element: Element) -> str:
    """The element's name with its usual prefix ("text:p"), "" for one of another namespace."""
    namespace, name = split_tag(element.tag)
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name with the usual prefix."""
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_NAMESPACES[prefix]}}}{local}")


@dataclass(frozen=True, slots=True)
class OpenStyle:
    """A style with what it inherits; `level` of a heading (0: none)."""

    level: int = 0
    contents: bool = False
    bold: bool | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level of a list is marked; a bullet has no format."""

    bullet: bool = True
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


_BULLET = ListLevel()


class OpenStyles:
    """The styles of a document, by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], OpenStyle] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        for root in roots:
            for part in root:
                if open_name(part) in ("office:styles", "office:automatic-styles"):
                    for element in part:
                        self._add(element)

    def _add(self, element: Element) -> None:
        name = attribute(element, "style:name") or ""
        if open_name(element) == "style:style":
            self._elements[attribute(element, "style:family") or "", name] = element
        elif open_name(element) == "text:list-style":
            self._lists[name] = {
                whole_number(attribute(inner, "text:level"), 1): _list_level(inner)
                for inner in element
                if open_name(inner).startswith("text:list-level-style")
            }

    def style(self, family: str, name: str) -> OpenStyle:
        """The style of this family ("paragraph", "text")."""
        key = (family, name)
        if key not in self._known:
            self._known[key] = self._resolve(family, name)
        return self._known[key]

    def list_level(self, style: str, level: int) -> ListLevel:
        """How `level` (from 1) of a list style is marked; a bullet where nothing is said."""
        return self._lists.get(style, {}).get(level, _BULLET)

    def label(self, style: str, level: int, counts: list[int]) -> str:
        """The number at `level` of a list whose levels have counted up to `counts`, "" for a bullet."""
        own = self.list_level(style, level)
        if own.bullet or not own.format:
            return ""
        first = max(level - own.shown, 0)
        parts = [
            counted(counts[n], _FORMATS.get(self.list_level(style, n + 1).format, "decimal"))
            for n in range(first, level)
        ]
        return f"{own.prefix}{'.'.join(parts)}{own.suffix}".strip()[:40]

    def _resolve(self, family: str, name: str) -> OpenStyle:
        level: int | None = None
        contents = False
        bold = hidden = None
        for names, element in self._ancestry(family, name):
            for one in names if family == "paragraph" else ():
                contents = contents or is_contents_style(one)
                level = level or heading_level(one) or None
            if element is None:
                continue
            outline = attribute(element, "style:default-outline-level")
            if level is None and outline is not None:
                level = whole_number(outline, 0)
            for inner in element:
                if open_name(inner) == "style:text-properties":
                    weight = attribute(inner, "fo:font-weight")
                    shown = attribute(inner, "text:display")
                    if bold is None and weight is not None:
                        bold = _BOLD.fullmatch(weight) is not None
                    if hidden is None and shown is not None:
                        hidden = shown == "none"
        return OpenStyle(level or 0, contents, bold, hidden)

    def _ancestry(self, family: str, name: str) -> Iterator[tuple[tuple[str, ...], Element | None]]:
        seen: set[str] = set()
        current: str | None = name
        while current and current not in seen and len(seen) < _MOST_STYLES_ABOVE:
            seen.add(current)
            element = self._elements.get((family, current))
            display = attribute(element, "style:display-name") if element is not None else None
            yield ((current, display) if display else (current,)), element
            current = attribute(element, "style:parent-style-name") if element is not None else None


def _list_level(element: Element) -> ListLevel:
    if open_name(element) != "text:list-level-style-number":
        return _BULLET
    return ListLevel(
        bullet=False,
        format=attribute(element, "style:num-format") or "",
        prefix=attribute(element, "style:num-prefix") or "",
        suffix=attribute(element, "style:num-suffix") or "",
        start=whole_number(attribute(element, "text:start-value"), 1),
        shown=whole_number(attribute(element, "text:display-levels"), 1),
    )


def whole_number(text: str | None, otherwise: int) -> int:
    """The number an attribute holds, `otherwise` where it holds none."""
    return int(text) if text is not None and re.fullmatch(r"\d{1,9}", text) else otherwise
