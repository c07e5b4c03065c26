"""What is stated and contradicted, or rests on unfinished words, carries the mark that a person must look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO

import docx
import pytest
from expected_answers import AS_OF, rules

from policylint.judging.together import joined
from policylint.lint import lint_bytes
from policylint.reading import read
from policylint.report.doubt import Doubt, needs_a_human, sentences_to_read
from policylint.report.html.page import render_html
from policylint.report.markdown import render_markdown
from policylint.report.page import Detail, Page
from policylint.report.paper import papers
from policylint.report.table import requirement_lines
from policylint.report.terminal import write_report
from policylint.report.word import render_word
from policylint.report.wording import DUTCH
from policylint.result import Judgement, Requirement, Result, Suppression

DENIED = "Wij verstrekken uw gegevens nooit aan derden."
SHARED = "Uw adresgegevens delen wij met onze vervoerder Pakjeshaas."
TEXT = "\n\n".join(
    [
        "# Privacyverklaring",
        "Zonnekorrel bv verwerkt uw naam en adres om uw bestelling te bezorgen.",
        DENIED,
        SHARED,
        "Wij bewaren uw gegevens [aantal] jaar.",
    ]
)
CONTRADICTED = "Menselijk oordeel nodig: de tekst spreekt zichzelf hierover tegen"


def _judged(text: str = TEXT) -> Judgement:
    return lint_bytes("a.md", text.encode(), rules(), as_of=AS_OF, language="nl")


def _requirement(judgement: Judgement, rule: str) -> Requirement:
    return next(each for each in judgement.requirements if each.rule == rule)


def test_what_is_stated_and_contradicted_needs_a_human() -> None:
    judgement = _judged()
    (contradiction,) = (each for each in judgement.findings if each.rule == "sharing-contradiction")
    recipients = _requirement(judgement, "recipients")
    assert recipients.contested == (contradiction.fingerprint,)
    assert contradiction.fingerprint in recipients.findings
    assert needs_a_human(recipients, (judgement,)) is Doubt.CONTRADICTED
    others = [each for each in judgement.requirements if each.contested and each is not recipients]
    assert others == [], "a contradiction on another subject weakens no verdict"


def test_of_rights_in_one_sentence_only_the_limited_one_is_contested() -> None:
    granted = "U heeft recht op inzage, correctie en verwijdering van uw gegevens."
    judgement = _judged(f"# Privacyverklaring\n\n{granted}\n\nHet is niet mogelijk uw gegevens te laten verwijderen.")
    met = {each.rule for each in judgement.requirements if each.evidence and each.evidence[0].quote == granted}
    assert met >= {"right-access", "right-rectification", "right-erasure"}
    assert [each.rule for each in judgement.requirements if each.contested] == ["right-erasure"]


def test_without_the_other_side_nothing_is_contested() -> None:
    judgement = _judged(TEXT.replace(DENIED, ""))
    recipients = _requirement(judgement, "recipients")
    assert recipients.contested == ()
    assert needs_a_human(recipients, (judgement,)) is None


def test_a_contradiction_that_somebody_accepted_weakens_no_verdict() -> None:
    judgement = _judged()
    accepted = Suppression("accepted", "seen", None, None)
    judgement = replace(judgement, findings=tuple(replace(each, suppressed=accepted) for each in judgement.findings))
    assert needs_a_human(_requirement(judgement, "recipients"), (judgement,)) is None


def test_the_sentences_to_read_are_those_that_are_not_shown_already() -> None:
    judgement = _judged()
    recipients = _requirement(judgement, "recipients")
    shown = [each for each in recipients.evidence if each.quote != DENIED]
    (sentence,) = sentences_to_read(replace(recipients, evidence=tuple(shown)), (judgement,))
    assert (sentence.quote, sentence.location.line) == (DENIED, 5)
    assert {each.quote for each in recipients.evidence} == {DENIED, SHARED}
    assert sentences_to_read(recipients, (judgement,)) == ()


def test_words_that_are_still_to_be_filled_in_need_a_human() -> None:
    unfinished = _judged("Privacyverklaring\n\nWij zijn [bedrijfsnaam] en verwerken uw persoonsgegevens en naam.")
    doubts = {each.rule: needs_a_human(each, (unfinished,)) for each in unfinished.requirements}
    assert doubts["data-categories"] is Doubt.UNFINISHED
    finished = _judged("Privacyverklaring\n\nWij zijn Zonnekorrel bv en verwerken uw persoonsgegevens en naam.")
    assert Doubt.UNFINISHED not in {needs_a_human(each, (finished,)) for each in finished.requirements}


def _terminal(result: Result, detail: Detail = Detail.FULL) -> str:
    stream = StringIO()
    write_report(result, stream, Page(160, False, detail=detail))
    return stream.getvalue()


def _word(result: Result) -> str:
    tables = docx.Document(BytesIO(render_word(result, lambda _: None))).tables
    return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def _pdf(result: Result) -> str:
    pytest.importorskip("reportlab")
    import pypdfium2

    from policylint.report.pdf import render_pdf

    document = pypdfium2.PdfDocument(render_pdf(result, lambda _: None))
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("render", [_terminal, lambda result: render_html(result, lambda _: None), _word, _pdf])
def test_every_report_for_people_marks_it_with_the_sentences(render: Callable[[Result], str]) -> None:
    judgement = _judged()
    recipients = _requirement(judgement, "recipients")
    first = replace(recipients, evidence=tuple(each for each in recipients.evidence if each.quote == SHARED))
    text = " ".join(
        render(
            Result(
                "1",
                "1",
                "2026-01-01",
                (
                    replace(
                        judgement,
                        requirements=(first,),
                        findings=tuple(each for each in judgement.findings if each.rule == "sharing-contradiction"),
                    ),
                ),
            )
        ).split()
    )
    mark = text.index(CONTRADICTED)
    assert "verstrekken uw gegevens nooit" in text.replace("«", "").replace("<mark>", "").replace("</mark>", "")[mark:]


def test_the_sentence_that_contradicts_leads_into_the_text_and_back() -> None:
    judgement = _judged()
    recipients = _requirement(judgement, "recipients")
    first = replace(recipients, evidence=tuple(each for each in recipients.evidence if each.quote == SHARED))
    judgement = replace(judgement, requirements=(first,))
    (paper,) = papers(Result("1", "1", "2026-01-01", (judgement,)), lambda _: read("a.md", TEXT.encode()))
    (row,) = paper.subjects[0][1]
    (against,) = row.against
    marks = [mark for piece in paper.text for run in piece.runs for mark in run.begins]
    assert against.target in {f"t{mark.start}-{mark.key}" for mark in marks if mark.key == row.key}


@pytest.mark.parametrize("detail", [Detail.SUMMARY, Detail.NORMAL])
def test_a_summary_and_a_short_report_name_what_a_human_must_look_at(detail: Detail) -> None:
    lines = _terminal(Result("1", "1", "2026-01-01", (_judged(),)), detail).splitlines()
    assert f"{CONTRADICTED} (Ontvangers van gegevens)" in lines


def test_markdown_names_what_a_human_must_look_at() -> None:
    text = render_markdown(Result("1", "1", "2026-01-01", (_judged(),)))
    assert f"**{CONTRADICTED} (Ontvangers van gegevens)**" in text.splitlines()


def test_a_layered_notice_marks_it_with_the_document_of_each_sentence() -> None:
    judgement = _judged()
    recipients = _requirement(judgement, "recipients")
    first = replace(recipients, evidence=tuple(each for each in recipients.evidence if each.quote == SHARED))
    cookies = lint_bytes("b.md", b"# Cookies\n\nWij plaatsen cookies.", rules(), as_of=AS_OF, language="nl")
    whole, parts = joined("", [replace(judgement, requirements=(first,)), cookies], ())
    result = Result("1", "1", "2026-01-01", parts, (whole,))
    text = " ".join(_terminal(result, Detail.NORMAL).split())
    assert "a.md, regel 5: Privacyverklaring" in text[text.index(CONTRADICTED) :]
    page = render_html(result, lambda _: None)
    told = page[page.index(f'<p class="doubt">{CONTRADICTED}') :]
    assert '<a class="place" href="#d1">a.md, regel 5</a>' in told
    assert f"{CONTRADICTED} (Ontvangers van gegevens)" in _terminal(result, Detail.SUMMARY).splitlines()


def test_places_of_evidence_and_of_findings_are_named_once() -> None:
    text = "Wij bewaren uw gegevens niet langer dan nodig. Wij bewaren uw adres zolang als nodig.\n\n" * 2
    judgement = _judged(f"# Privacyverklaring\n\n{text}")
    retention = _requirement(judgement, "retention")
    told = "\n".join("".join(part for part, _ in line) for line in requirement_lines(judgement, DUTCH, Page(400)))
    assert len(retention.evidence) == 3
    assert "vague-retention (regel 3, regel 5)" in told


@pytest.mark.parametrize(
    ("sentence", "rule", "words"),
    [
        (
            "Het gaat hier om besluiten die worden genomen door computerprogramma's of -systemen.",
            "automated-decisions",
            "besluiten die worden genomen door computerprogramma's",
        ),
        (
            "U kunt van Zonnekorrel (de verantwoordelijke) een overzicht krijgen.",
            "outdated-term",
            "de verantwoordelijke",
        ),
        (
            'Google Analytics maakt gebruik van "cookies" op uw computer.',
            "cookie-consent",
            'Analytics maakt gebruik van "cookies"',
        ),
    ],
)
def test_words_and_pairs_of_marks_are_quoted_whole_or_not_at_all(sentence: str, rule: str, words: str) -> None:
    judgement = _judged(f"# Privacyverklaring\n\nWij verwerken persoonsgegevens. {sentence}")
    said = [each for requirement in judgement.requirements if requirement.rule == rule for each in requirement.evidence]
    quotes = [each.quote[slice(*each.focus)] for each in said]
    quotes += [each.quote[slice(*each.focus)] for each in judgement.findings if each.rule == rule]
    assert quotes == [words]
