"""The parser for Markdown: markdown-it, told of the prose that makes up most of a policy."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policylint.errors import UserError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_DEEPEST = 100
_OPEN_BRACKETS = 100
_BRACKET = re.compile(r"[\[\]]|\n[ \t>]*\n")
# Without one of these, text is words and line breaks, whatever stands around it.
_SIGN = re.compile(r"[\\`*_~\[<&]")


def parse_markdown(source: str, env: dict[str, object]) -> list[Token]:
    """The tokens of a Markdown text; `env` is given what its links refer to.

    The content of an inline token without children is words and line breaks alone.
    Raises `UserError` "too-deep": the parser leaves out what is nested deeper.
    """
    tokens = _parser(links=not _brackets_nest(source)).parse(source, env)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise UserError(
            "too-deep",
            f"this text nests its lists and quotes more than {_DEEPEST // 2} deep",
            "Take out the signs of lists and quotes that nobody meant, or check the web page made from it.",
        )
    return tokens


@cache
def _parser(links: bool) -> MarkdownIt:
    """The parser, made once: making it takes as long as reading a short text, and leaves much behind."""
    from markdown_it import MarkdownIt

    # Indented "code" is text that was indented by accident; joined text tokens would hide escapes.
    left_out = ["code", "text_join"] if links else ["code", "text_join", "link", "image"]
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"]).disable(left_out)
    parser.block.ruler.before("table", "prose", _prose)
    parser.core.ruler.at("inline", _inline)
    return parser


def _prose(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """A paragraph of lines that all begin with a letter, which every other rule would look at in vain."""
    source = state.src
    line = start
    while line < state.lineMax:
        first = state.bMarks[line] + state.tShift[line]
        if first >= state.eMarks[line]:
            break
        if not source[first].isalpha():
            return False
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, False).strip()
    token.map = [start, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    """What stands within blocks, read where any of it is more than words."""
    for token in state.tokens:
        if token.type == "inline" and _SIGN.search(token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _brackets_nest(text: str) -> bool:
    """Whether so many brackets stand open at once that none is a link, and looking for its end takes quadratic time."""
    if text.count("[") <= _OPEN_BRACKETS:
        return False
    depth = 0
    for match in _BRACKET.finditer(text):
        sign = match.group()
        depth = 0 if sign[0] == "\n" else max(depth - 1, 0) if sign == "]" else depth + 1
        if depth > _OPEN_BRACKETS:
            return True
    return False
