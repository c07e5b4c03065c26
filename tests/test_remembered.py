"""Tests of what is worked out once for each key."""

from __future__ import annotations

from policylint.analysis import tokens
from policylint.remembered import Remembered


def test_what_is_asked_for_again_stays_and_the_rest_goes() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    remembered = Remembered(make, most=2)
    assert [remembered[key] for key in "abacadaeab"] == list("ABACADAEAB")
    # "a" stands everywhere and is made once; "b" was forgotten before it came back.
    assert made == list("abcdeb")
    assert len(remembered) <= 2


def test_words_are_cut_alike_before_and_after_the_cutter_begins_anew() -> None:
    text = "Wij (o.a. t.a.v. Jan) mailen info@voorbeeld.nl, bewaar-termijnen en/of www.voorbeeld.nl."
    before = tokens.words_of(text)
    for _ in range(2):
        tokens._cutter().begin_anew()
        assert tokens.words_of(text) == before
