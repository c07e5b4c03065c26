"""The reader for RTF: accepted text, paragraph by paragraph.

Written after "Rich Text Format Specification 1.9.1"; a group that is not known and may be ignored is.
"""

from __future__ import annotations

import re

from policylint.document import BlockKind
from policylint.errors import UserError
from policylint.reading.paragraphs import (
    Paragraph,
    Reading,
    Run,
    add_letterhead,
    add_run,
    arrange,
    heading_level,
    is_contents_style,
)
from policylint.reading.rtf_words import (
    CHARSETS,
    HEADS,
    KNOWN_STARRED,
    MULTIBYTE,
    SIGNS,
    SKIPPED,
    SYMBOLS,
    Field,
    Sheet,
    State,
    Story,
    code_page,
)
from policylint.reading.thresholds import PAGE_SIZED
from policylint.reading.titles import MarkerKind, marker

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\"
)
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)
_DROPPED_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_DEEPEST = 2000
_MOST_FIELDS = 20  # inside each other
_TWIPS_PER_CM = 567


def read_rtf(data: bytes) -> Reading:
    """The paragraphs of an RTF file, table cells and empty ones included; text boxes, notes and letterheads
    are numbered after the body.

    Raises `UserError`: "damaged" for a file that breaks off, "too-deep", "no-text".
    """
    reader = _Reader(data.decode("latin-1"))
    reader.run()
    body = reader.body
    add_letterhead(body.paragraphs, reader.heads)
    return arrange(body.paragraphs, reader.pictures, reader.large_pictures, reader.replaced)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.body = Story(aside=False)
        self.state = State(self.body)
        self.stack: list[State] = []
        self.heads: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.fonts: dict[int, str] = {}
        self.sheets: dict[int, Sheet] = {}
        self.sheet = Sheet()
        self.encoding = "cp1252"
        self.default_font = -1
        self.raw = bytearray()
        self.label: list[str] = []
        self.starred = False
        self.skip = 0
        self.surrogate = 0
        self.replaced = 0
        self.pictures = 0
        self.large_pictures = 0
        self.picture = [0, 0]
        self.tables = 0

    def run(self) -> None:
        """Read to the end of the outermost group."""
        position, end = self.text.find("{"), len(self.text)
        while position < end:
            token = _TOKEN.match(self.text, position)
            if token is None:
                break
            position = token.end()
            word, argument, code, sign, brace, plain = token.groups()
            if code is None and plain is None:
                self._flush_raw()
            if plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == "bin":
                    position += max(int(argument or 0), 0)
                else:
                    self._word(word, int(argument) if argument else None)
            elif code is not None:
                self._byte(int(code, 16))
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
                if not self.stack:
                    break
            elif sign is not None:
                self._sign(sign)
        if self.stack:
            raise UserError(
                "damaged",
                "this RTF file is damaged: it breaks off before its end",
                "Open it in a word processor, save it again and check the new file.",
            )
        self._end_story(self.body)
        self.body.paragraphs += self.notes

    def _open(self) -> None:
        if len(self.stack) >= _DEEPEST:
            raise UserError(
                "too-deep", f"this RTF file nests its groups {_DEEPEST} deep", "Export the text of the policy anew."
            )
        self.stack.append(self.state)
        self.state = self.state.copy()
        self.skip = 0
        self.starred = False

    def _close(self) -> None:
        inner = self.state
        if not self.stack:
            return
        self.state = self.stack.pop()
        self.skip = 0
        self.starred = False
        if inner.target == "stylesheet" and self.state.target == "stylesheet":
            self.sheet.name = self.sheet.name.rstrip("; ")
        if inner.target == "label" and self.state.target != "label":
            self.state.story.label = "".join(self.label).strip()
        if inner.target == "pict" and self.state.target != "pict":
            self.pictures += 1
            self.large_pictures += min(self.picture) >= PAGE_SIZED * _TWIPS_PER_CM
        if inner.story is not self.state.story:
            self._end_story(inner.story)
            if inner.target == "head":
                self.heads += inner.story.paragraphs
            elif inner.target == "box":
                self.state.story.boxes += inner.story.paragraphs
            else:
                self.notes += inner.story.paragraphs

    def _word(self, word: str, argument: int | None) -> None:
        state = self.state
        starred, self.starred = self.starred, False
        if word == "ud":
            state.target = "text"
            return
        if state.target == "skip":
            return
        if word in SKIPPED or (starred and word not in KNOWN_STARRED):
            state.target = "skip"
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word == "u":
            self._unicode(argument or 0)
        elif word == "uc":
            state.fallback = min(max(argument or 0, 0), 20)
        elif not self._look(word, argument) and not self._paragraph_word(word, argument):
            self._destination(word, argument)

    def _look(self, word: str, argument: int | None) -> bool:
        """Properties of characters."""
        state = self.state
        on = argument != 0
        if word == "b":
            state.bold = on
        elif word == "v":
            state.hidden = on
        elif word in ("deleted", "mvf"):
            state.deleted = on
        elif word == "plain":
            state.bold = state.hidden = state.deleted = False
            state.font = self.default_font
        elif word == "f":
            state.font = argument or 0
        else:
            return False
        return True

    def _paragraph_word(self, word: str, argument: int | None) -> bool:
        """Properties and ends of paragraphs, cells and rows."""
        state = self.state
        if word in ("par", "sect"):
            if state.target in ("text", "box", "note", "head") and not state.deleted:
                self._end_paragraph(state)
        elif word in ("cell", "nestcell"):
            self._end_paragraph(state)
            if word == "cell":
                state.story.end_cell()
        elif word == "row":
            self._end_row(state)
        elif word == "pard":
            state.style = state.outline = -1
            state.in_table = state.in_list = False
            state.level = 0
        elif word == "s":
            if state.target == "stylesheet":
                self.sheet = self.sheets.setdefault(argument or 0, Sheet())
            else:
                state.style = argument or 0
        elif word == "outlinelevel":
            if state.target == "stylesheet":
                self.sheet.outline = argument or 0
            else:
                state.outline = argument or 0
        elif word in ("intbl", "itap"):
            state.in_table = argument != 0
        elif word == "trowd":
            state.header = False
            state.story.merges = [set()]
        elif word in ("clmrg", "clvmrg"):
            state.story.merges[-1].add(word)
        elif word == "cellx":
            state.story.merges.append(set())
        elif word == "trhdr":
            state.header = True
        elif word == "ls":
            state.in_list = bool(argument)
        elif word == "ilvl":
            state.level = min(max(argument or 0, 0), 8)
        else:
            return False
        return True

    def _destination(self, word: str, argument: int | None) -> None:
        """Groups with a meaning of their own, and what the head of the file says."""
        state = self.state
        if word in ("fonttbl", "stylesheet", "pict"):
            state.target = word
            self.picture = [0, 0]
            self.sheet = Sheet()
            if word == "stylesheet":
                self.sheets.setdefault(0, self.sheet)
        elif word in ("listtext", "pntext"):
            state.target = "label"
            self.label = []
        elif word in ("footnote", "shptxt", "dptxbxtext") or word in HEADS:
            state.story = Story(aside=True)
            state.target = "note" if word == "footnote" else "head" if word in HEADS else "box"
            state.field = None
        elif word == "shpinst" or word == "do":
            state.target = "skip-but-groups"
        elif word == "upr":
            state.target = "skip"
        elif word == "field":
            within = state.field is not None and sum(1 for _ in state.field.chain()) >= _MOST_FIELDS
            state.field = state.field if within else Field(state.field)
        elif word == "fldinst":
            state.target = "code"
        elif word == "fcharset" and state.target == "fonttbl":
            encoding = CHARSETS.get(argument or 0)
            if encoding:
                self.fonts[state.font] = encoding
        elif word == "deff":
            self.default_font = state.font = argument or 0
        elif word == "ansicpg":
            self.encoding = code_page(argument or 1252)
        elif word in ("mac", "pc", "pca"):
            self.encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word in ("picwgoal", "pichgoal"):
            self.picture[word == "pichgoal"] = argument or 0
        elif word in ("chftn", "chpgn") or state.target == "skip-but-groups":
            pass

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in ("\n", "\r"):
            if self.state.target in ("text", "box", "note", "head"):
                self._end_paragraph(self.state)
        else:
            self._put(SYMBOLS.get(sign, ""))

    def _plain(self, text: str) -> None:
        if self.skip:
            taken = min(self.skip, len(text))
            self.skip -= taken
            text = text[taken:]
        if not text or self.state.target == "skip":
            return
        # In a code page of two bytes a character the second one may stand there as a letter.
        if text.isascii() and not (self.raw and self._encoding() in MULTIBYTE):
            self._flush_raw()
            self._put(text)
        else:
            self.raw += text.encode("latin-1")

    def _byte(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        elif self.state.target != "skip":
            self.raw.append(byte)

    def _flush_raw(self) -> None:
        if not self.raw:
            return
        text = bytes(self.raw).decode(self._encoding(), errors="replace")
        self.raw.clear()
        self.replaced += text.count("\ufffd")
        self._put(text)

    def _encoding(self) -> str:
        return self.fonts.get(self.state.font, self.encoding)

    def _unicode(self, argument: int) -> None:
        point = argument + 0x10000 if argument < 0 else argument
        self.skip = self.state.fallback
        high, self.surrogate = self.surrogate, 0
        if 0xD800 <= point < 0xDC00:
            self.surrogate = point
        elif 0xDC00 <= point < 0xE000:
            if high:
                self._put(chr(0x10000 + ((high - 0xD800) << 10) + point - 0xDC00))
        elif 0 < point <= 0x10FFFF:
            # A symbol font has its signs where Unicode has none.
            self._put("•" if 0xF000 <= point < 0xF100 else chr(point))

    def _put(self, text: str) -> None:
        state = self.state
        target = state.target
        if not text or target in ("skip", "fonttbl", "pict", "skip-but-groups"):
            return
        if target == "label":
            self.label.append(text)
        elif target == "code":
            if state.field is not None and len(state.field.code) < 2000:
                state.field.code += text
        elif target == "stylesheet":
            self.sheet.name = (self.sheet.name + text)[:200]
        elif not state.hidden and not state.deleted:
            self._run(text, state)

    def _run(self, text: str, state: State) -> None:
        address = ""
        for outer in state.field.chain() if state.field is not None else ():
            if outer.name in _DROPPED_FIELDS:
                return
            link = _HYPERLINK.search(outer.code) if outer.name == "HYPERLINK" else None
            address = address or (link[1] if link else "")
        add_run(state.story.runs, Run(text, state.bold, address))

    def _end_paragraph(self, state: State) -> None:
        story = state.story
        paragraph = Paragraph(story.runs, aside=story.aside)
        label, story.label = story.label, None
        story.runs = []
        if not state.in_table:
            self._end_table(story)
        story.paragraphs.append(paragraph)
        if state.in_table:
            story.cell.append(paragraph)
        else:
            story.end_boxes()
        sheet = self.sheets.get(state.style, Sheet())
        outline = state.outline if state.outline >= 0 else sheet.outline
        level = outline + 1 if 0 <= outline < 9 else heading_level(sheet.name) if outline < 0 else 0
        listing = state.field is not None and any(outer.name == "TOC" for outer in state.field.chain())
        if listing or is_contents_style(sheet.name):
            paragraph.kind = BlockKind.CONTENTS
        elif level:
            paragraph.kind, paragraph.level = BlockKind.HEADING, level
        elif label or state.in_list:
            sign = marker(f"{label} x") if label else None
            if label and (sign is None or sign.kind is not MarkerKind.BULLET) and any(map(str.isalnum, label)):
                paragraph.number_as(label, state.level + 1)
            elif label is None or label:
                paragraph.kind, paragraph.depth = BlockKind.ITEM, state.level + 1
            else:
                paragraph.kind, paragraph.depth = BlockKind.PARAGRAPH, state.level + 1

    def _end_row(self, state: State) -> None:
        story = state.story
        if story.runs:
            self._end_paragraph(state)
        story.end_row(state.header)

    def _end_table(self, story: Story) -> None:
        self.tables += story.end_table(self.tables)

    def _end_story(self, story: Story) -> None:
        if story.runs:
            self._end_paragraph(self.state.copy() if story is self.state.story else State(story))
        self._end_table(story)
        story.end_boxes()
