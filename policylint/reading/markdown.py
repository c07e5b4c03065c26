"""The reader for Markdown: markdown-it's tokens, every visible character led back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policylint.document import BlockKind
from policylint.reading.assembly import RawBlock, line_starts
from policylint.reading.layout import LONGEST_HEADING, blocks_of, settled
from policylint.reading.markdown_parser import parse_markdown
from policylint.reading.markup import LineBuilder
from policylint.reading.plaintext import read_text
from policylint.reading.templates import visible_source
from policylint.reading.titles import MarkerKind, breaks_off, marker, title_like

if TYPE_CHECKING:
    from markdown_it.token import Token

_HARD_BREAK = "  \n"
_TIGHT_TITLE = re.compile(r"#{1,6}(?=[^\W\d_])")
# White space behind no more than the signs of quotes and list items.
_BARE_LINE = re.compile(r"(?:[\s>]|[-+*](?=\s)|\d{1,9}[.)](?=\s))*")


def read_markdown(source: str) -> Iterator[RawBlock]:
    """The blocks of a Markdown text. Text without any Markdown structure is read as plain text.

    Raises `UserError` "too-deep".
    """
    visible = visible_source(source)
    env: dict[str, object] = {}
    tokens = parse_markdown(visible, env)
    if all(_is_plain(token) for token in tokens):
        return read_text(visible)
    walk = _Walk(visible, env)
    walk.run(tokens)
    return blocks_of(settled(walk.builder.lines))


def _is_plain(token: Token) -> bool:
    """Whether a token says no more than plain text would."""
    if token.type == "inline":
        return _HARD_BREAK not in token.content and all(
            child.type in ("text", "softbreak") for child in token.children or ()
        )
    return token.type in ("paragraph_open", "paragraph_close", "hr")


class _Walk:
    """Goes through the tokens of one text and feeds a `LineBuilder`."""

    def __init__(self, source: str, env: dict[str, object]) -> None:
        self.source = source
        self.env = env
        self.starts = line_starts(source)
        self.builder = LineBuilder()
        self.heading_below = 0  # level of an empty heading whose title may stand on the next line
        self.row_cursor = 0
        self.fresh_item = False
        self.sign = ""
        self.number: tuple[str, int] | None = None

    def run(self, tokens: Sequence[Token]) -> None:
        builder = self.builder
        outer_depth: list[int] = []
        for n, token in enumerate(tokens):
            kind = token.type
            if token.level == 0 and token.nesting == 1:
                builder.flush()
                builder.depth = 0  # HTML may have left a list open
            if kind == "heading_open":
                empty = not tokens[n + 1].content.strip()
                self.heading_below = int(token.tag[1]) if empty else 0
                builder.begin(BlockKind.HEADING, int(token.tag[1]))
                self.fresh_item = False
                self.number = None
            elif kind == "paragraph_open":
                self._paragraph(tokens[n + 1])
            elif kind == "inline":
                self._inline(token)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                builder.flush()
                outer_depth.append(builder.depth)
                builder.depth += 1
            elif kind in ("bullet_list_close", "ordered_list_close"):
                builder.flush()
                builder.depth = outer_depth.pop()
            elif kind == "list_item_open":
                builder.flush()
                self.fresh_item = True
                self.sign = token.info + token.markup
                self.number = self._item_number(token)
            elif kind == "html_block":
                builder.begin(None)
                start = self.line_start(token.map[0] if token.map else 0)
                end = self.line_start(token.map[1] if token.map else 0)
                builder.html(self.source[start:end], start)
                builder.flush()
            elif kind == "fence":
                self._fence(token)
            elif kind == "table_open":
                builder.table_start()
            elif kind == "tr_open":
                builder.row_start()
                self.row_cursor = self.line_start(token.map[0]) if token.map else self.row_cursor
            elif kind in ("th_open", "td_open"):
                builder.cell_start(kind == "th_open")
            elif kind.endswith("_close"):
                builder.flush()
        builder.flush()

    def line_start(self, line: int) -> int:
        return self.starts[line] if line < len(self.starts) else len(self.source)

    def _item_number(self, token: Token) -> tuple[str, int] | None:
        """The number of an ordered item and where it stands: it may be a section's number."""
        if not token.info or not token.map:
            return None
        sign = token.info + token.markup
        start = self.source.find(sign, self.line_start(token.map[0]), self.line_start(token.map[0] + 1))
        return (sign, start) if start >= 0 else None

    def _paragraph(self, inline: Token) -> None:
        builder = self.builder
        if self.heading_below and len(inline.content) <= LONGEST_HEADING:
            builder.begin(BlockKind.HEADING, self.heading_below)
        elif self.fresh_item and self.number is not None and builder.depth == 1:
            builder.begin(None)
            builder.text(f"{self.number[0]} ", self.number[1])
        elif self.fresh_item:
            builder.begin(BlockKind.ITEM)
            builder.marker = self.sign
        else:
            builder.begin(BlockKind.PARAGRAPH if builder.depth else None)
        self.heading_below = 0
        self.fresh_item = False
        self.number = None

    def _fence(self, token: Token) -> None:
        if not token.map:
            return
        for line in range(token.map[0] + 1, token.map[0] + 1 + token.content.count("\n")):
            start, end = self.line_start(line), self.line_start(line + 1)
            self.builder.begin(BlockKind.PARAGRAPH)
            self.builder.text(self.source[start:end], start)
        self.builder.flush()

    def _inline(self, token: Token) -> None:
        _Inline(self, token).run()


class _Inline:
    """Walks the inline tokens of one block with a cursor in its content."""

    def __init__(self, walk: _Walk, token: Token) -> None:
        self.walk = walk
        self.builder = walk.builder
        self.content = token.content
        self.children = token.children or []
        self.places, self.offsets = self._places(token)
        self.cursor = 0
        self.tight = 0

    def _places(self, token: Token) -> tuple[list[int], list[int]]:
        """Where the block's content, which lacks indents and quote marks, stands in the source.

        From each place in the content to the next, characters stand one behind the other from a source offset on.
        """
        walk, source = self.walk, self.walk.source
        places: list[int] = []
        offsets: list[int] = []
        first, end = token.map or (0, 0)
        parts = self.content.split("\n")
        # Lines of nothing but no-break spaces were stripped with the content's outer white space.
        while end - first > len(parts) and _BARE_LINE.fullmatch(
            source, walk.line_start(first), walk.line_start(first + 1)
        ):
            first += 1
        in_row = walk.builder.open_kind is BlockKind.CELL
        at = 0
        for n, part in enumerate(parts):
            low, high = walk.line_start(first + n), walk.line_start(first + n + 1)
            if in_row:
                low = max(low, walk.row_cursor)
            bare = part.strip()
            place = source.find(bare, low, high)
            if place >= 0:
                places.append(at)
                offsets.append(place - (len(part) - len(part.lstrip())))
                low = place + len(bare)
            else:
                for k, character in enumerate(part):
                    found = source.find(character, low, high)
                    low = found + 1 if found >= 0 else low
                    places.append(at + k)
                    offsets.append(low - 1)
            at += len(part) + 1
            places.append(at - 1)
            offsets.append(min(low, max(len(source) - 1, 0)))
        if in_row:
            walk.row_cursor = low
        return places, offsets

    def run(self) -> None:
        builder = self.builder
        tight = _TIGHT_TITLE.match(self.content) if builder.open_kind is None else None
        first_line = self.content.partition("\n")[0]
        if tight and len(first_line) <= 80 and title_like(first_line[tight.end() :]):
            builder.begin(BlockKind.HEADING, tight.end())
            self.tight = tight.end()
        if not self.children:
            self._words()
        for child in self.children:
            self._child(child)

    def _words(self) -> None:
        """Content that is words and line breaks alone."""
        parts = self.content.split("\n")
        for n, part in enumerate(parts, 1):
            line = part.lstrip(" \t") if n > 1 else part
            words = line.rstrip(" ") if n < len(parts) else line
            self._text(words)
            if n < len(parts):
                self._line_break(hard=len(line) - len(words) > 1)

    def _child(self, child: Token) -> None:
        builder, content = self.builder, self.content
        kind = child.type
        if kind == "text":
            self._text(child.content)
        elif kind == "text_special":
            start = self._find(child.markup)
            if child.info == "escape":
                builder.text(child.content, self._offset(start + len(child.markup) - len(child.content)))
            else:
                self._text_at(child.content, start)
            self.cursor = start + len(child.markup)
        elif kind in ("softbreak", "hardbreak"):
            self._line_break(kind == "hardbreak")
        elif kind == "code_inline":
            self._skip(child.markup)
            self._text(child.content)
            end = content.find(child.markup, self.cursor)
            self.cursor = end + len(child.markup) if end >= 0 else self.cursor
        elif kind == "html_inline":
            start = self._find(child.content)
            builder.html(child.content, self._offset(start))
            self.cursor = start + len(child.content)
        elif kind == "link_open":
            self._skip("<" if child.markup == "autolink" else "[")
            builder.link_start(str(child.attrs.get("href", "")))
        elif kind == "link_close":
            # Blanks between the brackets are a template's: the site's generator fills the target in.
            builder.link_end(filled_in=not self.content.startswith("]()", self.cursor))
            self._skip_target(child.markup == "autolink")
        elif kind == "image":
            # What a picture would say if it were not there is not what the visitor reads.
            self._skip("![" + child.content)
            self._skip_target(False)
        elif kind in ("strong_open", "strong_close"):
            self._skip(child.markup)
            builder.bold(1 if kind == "strong_open" else -1)
        else:
            self._skip(child.markup)

    def _offset(self, index: int) -> int:
        """Source offset of a character of the content, or of its end."""
        index = min(index, len(self.content))
        stretch = bisect_right(self.places, index) - 1
        return max(self.offsets[stretch] + index - self.places[stretch], 0)

    def _find(self, text: str) -> int:
        """Where `text` stands at or after the cursor; the cursor if it is nowhere."""
        if self.content.startswith(text, self.cursor):
            return self.cursor
        found = self.content.find(text, self.cursor)
        return found if found >= 0 else self.cursor

    def _skip(self, markup: str) -> None:
        if self.content.startswith(markup, self.cursor):
            self.cursor += len(markup)

    def _skip_target(self, autolink: bool) -> None:
        """Step over what follows a link's text: `>`, `](address "title")`, `][label]` or `]`."""
        from markdown_it.common.utils import normalizeReference
        from markdown_it.helpers import parseLinkDestination, parseLinkTitle

        if autolink:
            self._skip(">")
            return
        content, end = self.content, len(self.content)
        self._skip("]")
        position = self.cursor
        if content.startswith("(", position):
            position = _after_space(content, position + 1)
            destination = parseLinkDestination(content, position, end)
            if destination.ok:
                position = _after_space(content, destination.pos)
                title = parseLinkTitle(content, position, end)
                if title.ok:
                    position = _after_space(content, title.pos)
            if content.startswith(")", position):
                self.cursor = position + 1
                return
            position = self.cursor
        if content.startswith("[", position):
            close = content.find("]", position)
            label = content[position + 1 : close]
            references = self.walk.env.get("references")
            if close >= 0 and (not label or (isinstance(references, dict) and normalizeReference(label) in references)):
                self.cursor = close + 1

    def _text(self, text: str) -> None:
        """Visible text: one piece as far as the source goes on with it."""
        if not text:
            return
        start = self.cursor
        if not self.content.startswith(text, start):
            start = self.content.find(text, start)
        if start < 0:
            flat = self.content.replace("\n", " ")
            start = flat.find(text, self.cursor)
        if start < 0:
            # An address that markdown-it rewrote: all of it stands where the cursor is.
            self._text_at(text, self.cursor)
            return
        self.cursor = start + len(text)
        if self.tight and start < self.tight:
            text, start = text[self.tight - start :], self.tight
            if not text:
                return
        first = self._offset(start)
        if self._offset(start + len(text) - 1) - first == len(text) - 1:
            self.builder.text(text, first)
        else:
            for n, character in enumerate(text):
                self.builder.text(character, self._offset(start + n))

    def _text_at(self, text: str, index: int) -> None:
        """Visible text that the source spells otherwise: all of it stands at one place."""
        for character in text:
            self.builder.text(character, self._offset(index))

    def _line_break(self, hard: bool) -> None:
        end = self.content.find("\n", self.cursor)
        if end < 0:
            return
        before = self.content[self.content.rfind("\n", 0, end) + 1 : end].rstrip(" \\")
        close = self.content.find("\n", end + 1)
        following = self.content[end + 1 : close if close >= 0 else None].strip()
        self.builder.text("\n", self._offset(end))
        self.cursor = _after_space(self.content, end)
        if self.tight:
            self.tight = 0
            self.builder.begin(None, gap=False)
        elif self._splits(before, following, hard):
            self.builder.break_line()

    def _splits(self, before: str, following: str, hard: bool) -> bool:
        sign = marker(following)
        if sign is not None and (sign.kind is MarkerKind.BULLET or before.endswith((".", ":", ";"))):
            return True
        if self.builder.bold_so_far and len(before) <= LONGEST_HEADING:
            return True
        return hard and not breaks_off(before) and not (following[:1].islower() and before[-1:] not in ".:;!?")


def _after_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\n":
        position += 1
    return position
