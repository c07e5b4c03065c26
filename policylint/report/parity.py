"""Whether two versions of a policy say the same, for people (text, Markdown) and for programs (JSON)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policylint.comparing.mentions import Kind
from policylint.comparing.parity import Difference, Parity, Place, Said
from policylint.report.markdown import escaped
from policylint.report.page import where
from policylint.report.parity_words import WORDS, ParityWords
from policylint.report.quotes import excerpt, visible
from policylint.report.wording import Wording, wording
from policylint.result import Status

_WIDTH = 80
_QUOTE = 200
_MOST_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    """A difference as it is told: what differs, and for each version its name and what it says."""

    title: str
    sides: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What differences are told with: `names` are those of the versions, "NL" and "EN", or "A" and "B"."""

    words: ParityWords
    terms: Wording
    names: tuple[str, str]
    within: tuple[str, str]


def _writer(parity: Parity, language: str) -> _Writer:
    words = WORDS[language]
    first, second = parity.languages
    if first == second or not {first, second} <= words.within.keys():
        return _Writer(words, wording(language), ("A", "B"), ("in A", "in B"))
    names = (first.upper(), second.upper())
    return _Writer(words, wording(language), names, (words.within[first], words.within[second]))


def parity_text(parity: Parity, language: str, width: int = _WIDTH) -> str:
    """The differences as plain text, in lines of `width` columns, 80 at the most."""
    writer = _writer(parity, language)
    width = min(width, _WIDTH)
    lines = [*_wrapped(writer.words.title, "", "", width), *_wrapped(_answer(parity, writer.words), "", "", width), ""]
    for name, path in _head(parity, writer):
        lines += _wrapped(path, f"{name}  ", "    ", width)
    if parity.languages[0] == parity.languages[1]:
        lines += _wrapped(writer.words.one_language, "", "", width)
    for title, entries in _parts(parity, writer):
        lines += ["", *_wrapped(title, "", "", width)]
        for entry in entries:
            lines += _wrapped(entry.title, "  - ", "    ", width)
            for name, text in entry.sides:
                lines += _wrapped(text, f"    {name}  ", " " * (len(name) + 6), width)
    lines.append("")
    for sentence in (*_closing(parity, writer.words), writer.terms.disclaimer):
        lines += _wrapped(sentence, "", "", width)
    return "\n".join(lines) + "\n"


def _wrapped(text: str, first: str, others: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=width < _WIDTH,
        break_on_hyphens=False,
    )


def parity_markdown(parity: Parity, language: str) -> str:
    """The differences as Markdown; quoted words are escaped, so that nothing in them is markup."""
    writer = _writer(parity, language)
    lines = [f"## {writer.words.title}", "", f"**{_answer(parity, writer.words)}**", ""]
    lines += [f"- {name}: {escaped(path)}" for name, path in _head(parity, writer)]
    if parity.languages[0] == parity.languages[1]:
        lines += ["", writer.words.one_language]
    for title, entries in _parts(parity, writer):
        lines += ["", f"### {title}", ""]
        for entry in entries:
            lines.append(f"- **{escaped(entry.title)}**")
            lines += [f"  - {name}: {escaped(text)}" for name, text in entry.sides]
    return "\n".join([*lines, "", *_closing(parity, writer.words), "", writer.terms.disclaimer]) + "\n"


def parity_json(parity: Parity) -> str:
    """The differences for programs, the weightiest first."""
    record = {
        "first": {"path": parity.paths[0], "language": parity.languages[0]},
        "second": {"path": parity.paths[1], "language": parity.languages[1]},
        "differences": [
            {
                "kind": each.kind,
                "title": each.title or None,
                "sure": each.is_sure,
                "first": _said_record(each.first),
                "second": _said_record(each.second),
                "near": _place_record(each.near) if each.near else None,
            }
            for each in parity.differences
        ],
        "same": dict(parity.same),
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _said_record(said: Said | None) -> dict[str, object] | None:
    if said is None:
        return None
    return {"text": said.text, "places": [_place_record(place) for place in said.places]}


def _place_record(place: Place) -> dict[str, object]:
    location = place.location
    return {
        "quote": place.quote,
        "line": location.line,
        "column": location.column,
        "page": location.page,
        "paragraph": location.paragraph,
        "section": location.section,
    }


def _answer(parity: Parity, words: ParityWords) -> str:
    """Whether the versions agree, in one sentence."""
    sure = sum(each.is_sure for each in parity.differences)
    unsure = len(parity.differences) - sure
    if not parity.differences:
        return f"{words.agree}."
    again = _counted(words.read_again, unsure)
    if not sure:
        return f"{words.perhaps}: {again}."
    return f"{_counted(words.differ, sure)}{f'; {again}' if unsure else ''}."


def _counted(forms: tuple[str, str], count: int) -> str:
    return forms[count != 1].format(count)


def _head(parity: Parity, writer: _Writer) -> Iterator[tuple[str, str]]:
    for name, path in zip(writer.names, parity.paths, strict=True):
        yield name, visible(path)


def _parts(parity: Parity, writer: _Writer) -> Iterator[tuple[str, list[_Entry]]]:
    """Titles with their differences: by kind those that are sure, then in one part those to read again."""
    sure = [each for each in parity.differences if each.is_sure]
    for kind, members in groupby(sure, key=lambda difference: difference.kind):
        yield writer.words.kinds[kind], [_entry(each, writer) for each in members]
    unsure = [each for each in parity.differences if not each.is_sure]
    for title, told in (
        (writer.words.unsure, [each for each in unsure if each.kind is not Kind.ORDER]),
        (writer.words.kinds[Kind.ORDER], [each for each in unsure if each.kind is Kind.ORDER]),
    ):
        if told:
            yield title, [_entry(each, writer) for each in told]


def _entry(difference: Difference, writer: _Writer) -> _Entry:
    said = (difference.first, difference.second)
    quotes = tuple(_quotes(each.places, writer) if each else _silence(difference, writer) for each in said)
    title = _title(difference, writer)
    if not difference.is_sure and not difference.title and difference.kind is not Kind.ORDER:
        title = f"{writer.words.kinds[difference.kind]}, {title[0].lower()}{title[1:]}"
    return _Entry(visible(title), ((writer.names[0], quotes[0]), (writer.names[1], quotes[1])))


def _title(difference: Difference, writer: _Writer) -> str:
    """What differs: “seven years” here and “five years” there, or what one version alone says."""
    words = writer.words
    said = (difference.first, difference.second)
    if difference.first is None or difference.second is None:
        within, only = next((name, each) for name, each in zip(writer.within, said, strict=True) if each)
        return words.only.format(within, difference.title or f"“{only.text}”")
    if not difference.title:
        return " / ".join(f"“{each.text}”" for each in said if each)
    statuses = [writer.terms.statuses[Status(each.text)] for each in said if each]
    names = writer.names
    return f"{difference.title}: {names[0]} {statuses[0]}, {names[1]} {statuses[1]}"


def _silence(difference: Difference, writer: _Writer) -> str:
    if difference.near is None:
        return writer.words.silent
    return f"{writer.words.near} {_quotes((difference.near,), writer)}"


def _quotes(places: Sequence[Place], writer: _Writer) -> str:
    return "; ".join(_quoted(place, writer.terms) for place in places[:_MOST_PLACES])


def _quoted(place: Place, terms: Wording) -> str:
    """A quote with its place, the words that decide marked."""
    named = where(place.location, terms)
    part = excerpt(place.quote, place.focus, _QUOTE)
    focus = f"«{part.focus}»" if part.before or part.after else part.focus
    quote = f"“{part.before}{focus}{part.after}”"
    return visible(f"{named}: {quote}" if named else quote)


def _closing(parity: Parity, words: ParityWords) -> Iterator[str]:
    counts = [f"{words.kinds[kind].lower()} ({count})" for kind, count in parity.same.items() if count]
    if counts:
        yield words.same.format(", ".join(counts))
    yield words.scope
