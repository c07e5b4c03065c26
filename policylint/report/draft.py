"""A draft as a document to work in: Markdown, or Word with its blanks in colour."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policylint.drafting.draft import Draft, Passage, blanks
from policylint.errors import missing_extra
from policylint.report.page import where
from policylint.report.quotes import shorten, visible
from policylint.report.wording import Wording, wording
from policylint.result import Status

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_QUOTE_LIMIT = 300
_MARKUP = re.compile(r"[\\`*_\[\]<>&#|~]")


@dataclass(frozen=True, slots=True)
class _Words:
    """What a draft says by itself; `{}` is what is filled in."""

    title: str
    about: str
    how: str
    missing: str
    vague: str
    doubt: str
    complete: str


_WORDS = {
    "nl": _Words(
        title="Concept: aanvullingen op de privacyverklaring",
        about="Bij {}. Dit is een concept en geen juridisch advies.",
        how="Vul elke plek tussen [haken] in, schrap wat voor uw organisatie niet klopt, en zet elke passage in de "
        "verklaring op de plaats waar zij hoort. Zolang er iets open staat, meldt policylint dat.",
        missing="Ontbreekt. Toevoegen:",
        vague="Vaag. Nu staat er:",
        doubt="Geldt mogelijk: {}",
        complete="Er ontbreekt niets en niets is vaag: er is niets om aan te vullen.",
    ),
    "en": _Words(
        title="Draft: additions to the privacy policy",
        about="For {}. This is a draft and not legal advice.",
        how="Fill in every place in [brackets], delete what is not true of your organisation, and put each passage "
        "where it belongs in the policy. As long as anything is open, policylint reports it.",
        missing="Missing. To add:",
        vague="Vague. Now it says:",
        doubt="May apply: {}",
        complete="Nothing is missing and nothing is vague: there is nothing to add.",
    ),
}


def draft_markdown(draft: Draft) -> str:
    """The draft as Markdown with a newline at its end; quoted words cannot become markup."""
    words = _WORDS[draft.language]
    parts = [f"# {words.title}", _literal(words.about.format(visible(draft.path)))]
    parts.append(words.how if draft.passages else words.complete)
    terms = wording(draft.language)
    for subject, passages in groupby(draft.passages, key=lambda passage: passage.subject):
        parts.append(f"## {terms.subjects[subject]}")
        for passage in passages:
            parts.append(f"### {_literal(passage.title)}")
            parts.append("\n>\n".join(f"> {_literal(note)}" for note in _notes(passage, words, terms)))
            parts.append(passage.text)
    return "\n\n".join(parts) + "\n"


def _literal(text: str) -> str:
    """`text` as plain words in Markdown that somebody goes on writing in: marks of markup behind a backslash."""
    return _MARKUP.sub(r"\\\g<0>", text)


def draft_word(draft: Draft) -> bytes:
    """The draft as a Word document, its blanks marked in colour.

    Raises UserError 'missing-extra' if python-docx is not installed.
    """
    try:
        from docx import Document
    except ModuleNotFoundError as error:
        raise missing_extra("writing Word documents needs a library that is not installed", "docx") from error

    words, terms = _WORDS[draft.language], wording(draft.language)
    document = Document()
    document.core_properties.title = words.title
    document.core_properties.author = "policylint"
    document.core_properties.language = draft.language
    document.add_heading(words.title, 0)
    document.add_paragraph(words.about.format(visible(draft.path)))
    document.add_paragraph(words.how if draft.passages else words.complete)
    for subject, passages in groupby(draft.passages, key=lambda passage: passage.subject):
        document.add_heading(terms.subjects[subject], 1)
        for passage in passages:
            _add_passage(document, passage, draft.language)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_passage(document: WordDocument, passage: Passage, language: str) -> None:
    document.add_heading(visible(passage.title), 2)
    for note in _notes(passage, _WORDS[language], wording(language)):
        document.add_paragraph(note, style="Quote")
    _add_text(document.add_paragraph(), passage.text, language)


def _add_text(paragraph: Paragraph, text: str, language: str) -> None:
    """Wording with a yellow ground behind every blank."""
    from docx.enum.text import WD_COLOR_INDEX

    reached = 0
    for start, end in blanks(text, language):
        paragraph.add_run(text[reached:start])
        paragraph.add_run(text[start:end]).font.highlight_color = WD_COLOR_INDEX.YELLOW
        reached = end
    paragraph.add_run(text[reached:])


def _notes(passage: Passage, words: _Words, terms: Wording) -> Iterator[str]:
    """What to know before using a passage: whether it is asked, and the words that it takes the place of."""
    if passage.doubt:
        yield words.doubt.format(visible(passage.doubt))
    if passage.status is Status.MISSING:
        yield words.missing
        return
    yield words.vague
    for evidence in passage.said:
        place = where(evidence.location, terms)
        quote = f"“{shorten(evidence.quote, _QUOTE_LIMIT)}”"
        yield f"{place}: {quote}" if place else quote
