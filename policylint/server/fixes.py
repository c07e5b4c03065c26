"""Quick fixes: wording to use where it belongs, and an exception beside the words that it accepts.

Every change is tried first: the document as it would be is read, and a fix that would change what a visitor already
reads, or an exception that would not cover its finding, is not offered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from policylint.document import Block, BlockKind, Document
from policylint.errors import UserError
from policylint.reading import read
from policylint.report.remarks import plain
from policylint.result import Finding, Status
from policylint.server.checking import Checked, data_of
from policylint.server.texts import Text

_TITLES = {
    "nl": {
        "model": "Voorbeeldtekst invoegen: {}",
        "accept": "Aanvaarden als uitzondering: {} (reden invullen)",
        "file": "Aanvaarden voor dit document: {} (reden invullen)",
    },
    "en": {
        "model": "Insert model wording: {}",
        "accept": "Accept as an exception: {} (fill in the reason)",
        "file": "Accept for this document: {} (fill in the reason)",
    },
}
_RUNS = (BlockKind.ITEM, BlockKind.CELL, BlockKind.CONTENTS)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*\r?\n")
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE | re.DOTALL)
_CLOSED_BEHIND = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table div section article blockquote".split())
_OPENED_BEFORE = _CLOSED_BEHIND | {"hr", "footer", "nav", "aside", "form"}
_CLOSED_BEFORE = frozenset("main body html footer nav aside form header".split())
_FARTHEST = 20_000
"""Source characters behind a block in which its end is looked for."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to the document: `text` is inserted at an offset of the source.

    One of the file of exceptions beside the document has no offset: its text is put at the end of that file.
    """

    title: str
    offset: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document that fixes are tried on."""

    path: str
    text: Text
    document: Document


def fixes(checked: Checked, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Fix]]:
    """The quick fixes for `findings` of one document."""
    if checked.judgement is None or checked.judgement.failure is not None:
        return
    words = _TITLES[checked.judgement.report_language or "en"]
    draft = _Draft(checked.path, checked.text, read(checked.path, data_of(checked.text.source)))
    for finding in findings:
        title = plain(finding.title)
        found = (
            _wording(draft, finding, words["model"].format(title)),
            _exception(draft, finding, words["accept" if finding.quote else "file"].format(title)),
        )
        yield from ((finding, fix) for fix in found if fix is not None)


def _wording(draft: _Draft, finding: Finding, title: str) -> Fix | None:
    """The wording of the rule, behind the words it improves on, in the section it belongs to, or at the end."""
    model = finding.model.strip()
    # The wording of rules about exceptions is a comment, which belongs in the place of the one that is wrong.
    if not model or model.startswith("<!--"):
        return None
    document = draft.document
    section = _home(document, finding)
    last = _last_block(document, finding, section)
    heading = plain(finding.title) if section is None and not finding.quote else ""
    for block in dict.fromkeys((last, document.blocks[-1])):
        end = document.source_map.source_offset(block.end - 1) + 1
        offset, text = _paragraph(draft, end, model, heading)
        changed = _tried(draft, offset, text)
        if changed is not None and _squeezed(changed.text).replace(_squeezed(heading + model), "", 1) == _squeezed(
            document.text
        ):
            return Fix(title, offset, text)
    return None


def _home(document: Document, finding: Finding) -> int | None:
    """The titled section that something absent belongs to, or that the words stand in."""
    if not finding.location.section:
        return None
    start = finding.location.span[0]
    found = None
    for number, section in enumerate(document.sections):
        if section.level > 0 and section.start <= start <= section.end:
            found = number
    return found


def _last_block(document: Document, finding: Finding, section: int | None) -> Block:
    """The block behind which new wording comes."""
    if not finding.quote:
        inside = [block for block in document.blocks if block.section == section]
        return inside[-1] if inside and section is not None else document.blocks[-1]
    number = next(n for n, block in enumerate(document.blocks) if block.end >= finding.location.span[1])
    kind, home = document.blocks[number].kind, document.blocks[number].section
    # A paragraph amid a list or a table would break it.
    while kind in _RUNS and number + 1 < len(document.blocks):
        following = document.blocks[number + 1]
        if following.kind is not kind or following.section != home:
            break
        number += 1
    return document.blocks[number]


def _paragraph(draft: _Draft, end: int, model: str, heading: str) -> tuple[int, str]:
    """Where a paragraph behind the source character before `end` goes, and how it is written there."""
    line = draft.text.newline
    if draft.document.format == "html":
        title = f"<h2>{escape(heading)}</h2>{line}" if heading else ""
        return _behind(draft.text.source, end), f"{line}{title}<p>{escape(model)}</p>"
    offset = draft.text.line_end(end)
    sign = "## " if draft.document.format == "markdown" else ""
    parts = [f"{sign}{heading}", model] if heading else [model]
    # A document may end without a line break; what follows needs an empty line between.
    following = draft.text.source[offset:].lstrip(" \t")
    tail = line if following.removeprefix("\r").removeprefix("\n").strip("\r\n") and not _blank(following) else ""
    return offset, "".join(f"{line}{line}{part}" for part in parts) + tail


def _blank(following: str) -> bool:
    """Whether an empty line comes next."""
    return re.match(r"(?:\r\n|\n|\r)[ \t]*(?:\r|\n|\Z)", following) is not None


def _behind(source: str, end: int) -> int:
    """Where the element of a web page that holds the character before `end` has ended."""
    for match in _TAG.finditer(source, end, end + _FARTHEST):
        name = (match[2] or "").lower()
        if match[1] == "/" and name in _CLOSED_BEHIND:
            return match.end()
        if name in (_CLOSED_BEFORE if match[1] == "/" else _OPENED_BEFORE):
            return match.start()
    return end


def _exception(draft: _Draft, finding: Finding, title: str) -> Fix | None:
    """An exception that waits for its reason: until that is filled in it accepts nothing and is itself reported."""
    gap = f":{finding.status}" if finding.status in (Status.MISSING, Status.VAGUE) else ""
    accepted = f"{finding.rule}{gap}"
    if finding.family == "exceptions":
        return None
    if draft.document.format == "text":
        return Fix(title, None, _entry(accepted, finding, draft.text.newline))
    if finding.quote:
        comment = f" <!-- policylint: accept {accepted} -- -->"
        places = [(offset, comment) for offset in _beside(draft, finding)]
    else:
        comment = f"<!-- policylint: accept-file {accepted} -- -->"
        places = list(_at_the_top(draft, comment))
    for offset, text in places:
        changed = _tried(draft, offset, text)
        if changed is None or changed.text != draft.document.text:
            continue
        new = [each for each in changed.remarks if each.text.endswith(f"{accepted} --")]
        if any(_covers(each.block, finding) for each in new):
            return Fix(title, offset, text)
    return None


def _covers(block: tuple[int, int] | None, finding: Finding) -> bool:
    start, end = finding.location.span
    return not finding.quote or (block is not None and block[0] < end and start < block[1])


def _beside(draft: _Draft, finding: Finding) -> tuple[int, ...]:
    """Behind the line in which the words end, else right behind the words: in a cell, a heading, a web page."""
    last = finding.location.span[1]
    end = draft.document.source_map.source_offset(last - 1) + 1
    start, stop = draft.text.line_start(end), draft.text.line_end(end)
    kind = next(block.kind for block in draft.document.blocks if block.end >= last)
    behind = start + len(draft.text.source[start:stop].rstrip())
    return (end,) if kind in (BlockKind.CELL, BlockKind.HEADING) else (behind, end)


def _at_the_top(draft: _Draft, comment: str) -> Iterator[tuple[int, str]]:
    """The top of the document, behind what may stand above a comment there; then its end."""
    line, source = draft.text.newline, draft.text.source
    if draft.document.format == "html":
        body = _BODY.search(source)
        if body:
            yield body.end(), f"{line}{comment}"
    else:
        yield 0, f"{comment}{line}{line}"
        matter = _FRONT_MATTER.match(source)
        if matter:
            yield matter.end(), f"{line}{comment}{line}"
    yield len(source), f"{line}{line}{comment}{line}"


def _entry(accepted: str, finding: Finding, line: str) -> str:
    """An entry for the file of exceptions beside a document that holds no comments."""
    start, end = finding.focus
    words = " ".join((finding.quote[start:end] or finding.quote).split()).replace("\x7f", "")
    rows = ["[[exception]]", f"rules = [{_toml(accepted)}]", *([f"quote = {_toml(words)}"] if words else [])]
    return line.join([*rows, f"reason = {_toml('')}", ""])


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _tried(draft: _Draft, offset: int, text: str) -> Document | None:
    """The document with `text` inserted, None if it could not be read then."""
    source = draft.text.source
    try:
        return read(draft.path, data_of(source[:offset] + text + source[offset:]))
    except UserError:
        return None


def _squeezed(text: str) -> str:
    return "".join(text.split())
