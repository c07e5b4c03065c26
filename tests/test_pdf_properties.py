"""What holds for any PDF: no word is lost or doubled, and words stand where they are said to stand."""

from __future__ import annotations

import io
import re
from collections import Counter

import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_builders import pdf, text, together

from policylint.reading import read
from policylint.reading.pdf_layout import items_of
from policylint.reading.pdf_words import Run, Word, runs_of

NUMBERS = st.floats(0, 600, allow_nan=False).map(lambda value: round(value, 1))


@st.composite
def words(draw: st.DrawFn) -> list[Word]:
    """Words strewn over a page, on lines and off them."""
    found = []
    for n in range(draw(st.integers(1, 40))):
        x = draw(NUMBERS | st.sampled_from([72.0, 200.0, 330.0]))
        base = draw(NUMBERS | st.sampled_from([100.0, 112.0, 124.0, 160.0]))
        size = draw(st.sampled_from([6.0, 10.0, 12.0, 20.0]))
        width = draw(st.sampled_from([5.0, 40.0, 120.0]))
        found.append(Word(f"w{n}", x, base - size, x + width, base, base, size, n % 2, 0, -1, 0, 0))
    return found


RULES = st.lists(
    st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS).map(
        lambda sides: (
            min(sides[0], sides[2]),
            min(sides[1], sides[3]),
            max(sides[0], sides[2]),
            max(sides[1], sides[3]),
        )
    ),
    max_size=12,
)
GRID = [(x, 90.0, x, 170.0) for x in (60.0, 190.0, 320.0)] + [(60.0, y, 320.0, y) for y in (90.0, 118.0, 170.0)]


@settings(deadline=None)
@given(words(), RULES | st.just(GRID))
def test_every_word_is_read_once(strewn: list[Word], rules: list[tuple[float, float, float, float]]) -> None:
    read_words: Counter[str] = Counter()
    for item in items_of(runs_of(strewn), rules):
        runs = [item] if isinstance(item, Run) else [run for row in item.rows for cell in row for run in cell]
        read_words.update(word.text for run in runs for word in run.words)
    assert read_words == Counter(word.text for word in strewn)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Wij verwerken uw naam en adres.",
            "Cookies",
            "• uw e-mailadres",
            "1. Uw rechten",
            "U heeft het recht op inzage, en u kunt bezwaar maken tegen",
            "de verwerking.",
            "Doel    Grondslag    Termijn",
            "",
            "We keep your data for as long as the law says that we have to, and no lon-",
            "ger than that.",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=3).filter(lambda p: any(a != [""] for a, _ in p)))
def test_the_words_of_every_block_stand_on_the_page_that_is_named(pages: list[tuple[list[str], list[str]]]) -> None:
    if not any(line for page in pages for side in page for line in side):
        return
    data = pdf(*(together(text(*left), text(*right, x=320, size=8)) for left, right in pages))
    document = read("policy.pdf", data)
    independent = [re.sub(r"\W+", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    for block in document.blocks:
        for match in re.finditer(r"\S+", document.block_text(block)):
            first = document.source_map.place(block.start + match.start())
            last = document.source_map.place(block.start + match.end() - 1)
            letters = re.sub(r"\W+", "", match.group())
            assert first.page is not None
            if (first.page, first.line) == (last.page, last.line):
                assert letters in independent[first.page - 1]
