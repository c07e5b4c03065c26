"""What a Markdown file holds for a site generator and no visitor sees: front matter, tags, attributes."""

from __future__ import annotations

import re

from policylint.reading.markup import blanked, spans_between, without_hidden

_YAML_MATTER = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_TOML_MATTER = re.compile(r"\+\+\+[ \t]*(?:\r\n|\n|\r)")
_MATTER_END = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
# Front matter whose opening line was lost: nothing but "key: value" up to a line of dashes.
_BARE_MATTER = re.compile(r"(?:[a-z_]{2,30}:[^\r\n]{0,300}(?:\r\n|\n|\r)){1,20}---[ \t]*(?=[\r\n]|\Z)")
_TAGS = (("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("{{<", ">}}"), ("{{%", "%}}"))
_LONGEST_TAG = 1000
_ATTRIBUTES = re.compile(r"\{:[^{}\r\n]{0,200}\}|\{#[\w-]{1,80}\}|\[\^[\w-]{1,40}\]:?")


def visible_source(source: str) -> str:
    """`source` with front matter, comments, scripts and template tags blanked; offsets stay."""
    text = source.replace("\0", " ")
    matter = _front_matter_end(text)
    if matter:
        text = blanked(text, [(0, matter)])
    text = _without_tags(without_hidden(text), matter > 0, len(text))
    return blanked(text, [match.span() for match in _ATTRIBUTES.finditer(text)])


def visible_page(source: str) -> str:
    """The source of a web page with front matter and template tags blanked; offsets stay."""
    text = source.replace("\0", " ")
    matter = _front_matter_end(text)
    if matter:
        text = blanked(text, [(0, matter)])
    text = blanked(text, spans_between(text, "<?php", "?>"))
    # Scripts and styles of a page hold such signs by accident, far apart.
    return _without_tags(text, matter > 0, _LONGEST_TAG)


def _without_tags(text: str, tagged: bool, longest: int) -> str:
    """Blank template tags of up to `longest` characters; `{{ }}` only where others show that something fills it in."""
    for opening, closing in _TAGS:
        spans = [(start, end) for start, end in spans_between(text, opening, closing) if end - start <= longest]
        if spans:
            tagged = True
            text = blanked(text, spans)
    return blanked(text, spans_between(text, "{{", "}}")) if tagged else text


def _front_matter_end(text: str) -> int:
    for pattern in (_YAML_MATTER, _TOML_MATTER):
        opened = pattern.match(text)
        if opened:
            closed = _MATTER_END[text.lstrip("\ufeff")[:3]].search(text.replace("\r", "\n"), opened.end())
            return closed.end() if closed else 0
    bare = _BARE_MATTER.match(text)
    return bare.end() if bare else 0
