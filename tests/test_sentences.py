"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.analysis.sentences import LONGEST_SENTENCE, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Zie art. 6 AVG voor de grondslag.",
        "Dit geldt i.v.m. De Wet.",
        "Bakkerij Delta B.V. Rotterdam bakt brood.",
        "Vraag het J. de Vries.",
        "We use e.g. Google Analytics.",
        "Acme Ltd. Bristol is the controller.",
        "Zie www.voorbeeld.nl voor meer.",
        "1. Wij bewaren facturen.",
        "Version 2.1 of this notice.",
        "We comply with the Swiss-U.S. Privacy Shield Framework.",
        "Ons adres is Industriestr. 25 in Delft.",
    ],
)
def test_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij bewaren dit. U mag dat zien.", ["Wij bewaren dit.", "U mag dat zien."]),
        ("Data goes to the U.S. We say so.", ["Data goes to the U.S.", "We say so."]),
        ("Hoe lang? Zeven jaar.", ["Hoe lang?", "Zeven jaar."]),
        ("Dit is Delta B.V. Wij bakken.", ["Dit is Delta B.V.", "Wij bakken."]),
        ('Hij zei "nee." Dus niet.', ['Hij zei "nee."', "Dus niet."]),
        ("Mail a@b.nl. Wij antwoorden.", ["Mail a@b.nl.", "Wij antwoorden."]),
        ("Seven years. 30 days for logs.", ["Seven years.", "30 days for logs."]),
    ],
)
def test_cuts(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="abcW .!?\"')art1", max_size=300))
def test_nothing_is_lost_but_white_space(text: str) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_text_without_full_stops_is_cut_to_a_bearable_length() -> None:
    text = "woord, " * 2_000
    assert all(end - start <= LONGEST_SENTENCE for start, end in sentences(text))
