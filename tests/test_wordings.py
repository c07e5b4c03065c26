"""Wordings find what their grammar promises and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.analysis.tokens import words_of
from policylint.analysis.wordings import Matcher, WordingError, parse_wording


def found(wording: str, text: str) -> list[str]:
    words = words_of(text).exact
    matches = Matcher([("x", parse_wording(wording))]).find(words)
    return [" ".join(words[match.first : match.last + 1]) for match in matches]


@pytest.mark.parametrize(
    ("wording", "text", "expected"),
    [
        ("inzage", "Recht op Inzage.", ["Inzage"]),
        ("inzage", "Dit geeft inzagerecht.", []),
        ("bewaar*", "De bewaartermijn; wij bewaren; ik bewaar", ["bewaartermijn", "bewaar"]),
        ("*gegevens", "klantgegevens, gegevens en gegevensset", ["klantgegevens", "gegevens"]),
        ("*recht*", "klachtrecht, rechten en terecht", ["klachtrecht", "rechten", "terecht"]),
        ("recht op ~2 inzage|inzien", "recht op het inzien, recht op een heel lange inzage", ["recht op het inzien"]),
        ("recht op inzage", "recht op de inzage", []),
        ("sla|slaan ~6 op", "Wij slaan uw gegevens niet op.", ["slaan uw gegevens niet op"]),
        ("=AP", "de AP, maar geen ap of Ap", ["AP"]),
        ("opt-out", "een opt-out (opt‑out)", ["opt-out", "opt-out"]),
        ("third party|parties", "Third-party cookies, third parties", ["third parties"]),
        ("inzage correctie", "recht op inzage/correctie", ["inzage correctie"]),
        ("e-mailadres", "uw e-mailadres: a@b.nl", ["e-mailadres"]),
    ],
)
def test_finds(wording: str, text: str, expected: list[str]) -> None:
    from policylint.document import matching_text

    assert found(wording, matching_text(text)) == expected


def test_a_gap_looks_past_a_nearer_word_that_leads_nowhere() -> None:
    assert found("recht ~2 op ~2 inzage", "recht op de op inzage") == ["recht op de op inzage"]


def test_the_shortest_span_counts() -> None:
    assert found("sla ~8 op", "sla dit op uw computer op") == ["sla dit op"]


def test_all_wordings_of_a_language_are_found_in_one_pass() -> None:
    matcher = Matcher(
        [("keep", parse_wording("bewaar*")), ("data", parse_wording("*gegevens")), ("keep", parse_wording("bewaren"))]
    )
    matches = matcher.find(["wij", "bewaren", "klantgegevens"])
    assert {(match.concept, match.first) for match in matches} == {("keep", 1), ("data", 2)}


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("~3 op", "begin with a gap"),
        ("sla ~3", "end with a gap"),
        ("sla ~40 op", "~1 to ~12"),
        ("sl* op", "stem of three"),
        ("a**b", "is no word"),
        ("-", "no word"),
        ("be/waar*", "cut into several words"),
    ],
)
def test_refuses(wording: str, reason: str) -> None:
    with pytest.raises(WordingError, match=reason):
        parse_wording(wording)


@given(st.text(alphabet="abc recht op inzage-/.,'é\n", max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    words = words_of(text)
    for word, start, end in zip(words.exact, words.starts, words.ends, strict=True):
        assert text[start:end] == word
    assert words.starts == sorted(words.starts)


@given(st.text(max_size=300))
def test_any_text_has_words_or_none(text: str) -> None:
    words = words_of(text)
    assert all(text[start:end] == word for word, start, end in zip(words.exact, words.starts, words.ends, strict=True))


def test_a_megabyte_without_a_space_is_no_word() -> None:
    assert words_of("x" * 1_000_000).exact == []


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("gegevens,", ["gegevens"]),
        ("u.", ["u"]),
        ("2018)", ["2018"]),
        ("AVG?!", ["AVG"]),
        ("(AVG)", ["AVG"]),
        ("=", []),
        ("x" * 300 + ",", []),
    ],
)
def test_signs_around_a_word_are_no_part_of_it(piece: str, words: list[str]) -> None:
    assert words_of(f"a {piece} b").exact == ["a", *words, "b"]


def test_an_alternative_that_stands_nearer_ends_the_match() -> None:
    assert found("rechten ~4 inzage|correctie", "rechten op correctie en inzage") == ["rechten op correctie"]
    assert found("gegeven|genoemd ~4 toestemming*", "genoemd en gegeven uw toestemming") == ["gegeven uw toestemming"]
