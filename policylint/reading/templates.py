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
_ATTRIBUTES = re.compile(r"\{:[^{}\r\n]{0,200}\}|\{#[\w-]{1,80}\}|\[\^[\w-]{1,40}\]:?")


def visible_source(source: str) -> str:
    """`source` with front matter, comments, scripts and template tags blanked; offsets stay."""
    text = source.replace("\0", " ")
    matter = _front_matter_end(text)
    if matter:
        text = blanked(text, [(0, matter)])
    text = without_hidden(text)
    tagged = matter > 0
    for opening, closing in _TAGS:
        spans = spans_between(text, opening, closing)
        if spans:
            tagged = True
            text = blanked(text, spans)
    if tagged:
        text = blanked(text, spans_between(text, "{{", "}}"))
    return blanked(text, [match.span() for match in _ATTRIBUTES.finditer(text)])


def _front_matter_end(text: str) -> int:
    for pattern in (_YAML_MATTER, _TOML_MATTER):
        opened = pattern.match(text)
        if opened:
            closed = _MATTER_END[text.lstrip("\ufeff")[:3]].search(text.replace("\r", "\n"), opened.end())
            return closed.end() if closed else 0
    bare = _BARE_MATTER.match(text)
    return bare.end() if bare else 0
