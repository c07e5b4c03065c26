"""Tests of what the words of a text are signs of, and of patterns tried around strings."""

import re

from policylint.needles import Ear, narrowed, near


def _ear(*strings: str, ignoring_case: bool = False) -> Ear[str]:
    return Ear(((string, string) for string in strings), ignoring_case=ignoring_case)


def test_a_string_is_heard_by_the_longest_part_of_it_that_one_word_holds() -> None:
    ear = _ear("Companies House", " bv", "+31", "KvK", "olland", "Ltd", "owner of")
    assert ear.heard("Bakkerij Companies bv, tel. (+31) in Holland; the owner-manager") == {
        *("Companies House", " bv", "+31", "olland"),
    }
    assert ear.heard("the owner\nhas it") == {"owner of"}


def test_strings_that_begin_alike_or_overlap_are_all_heard() -> None:
    ear = _ear("stra", "straat", "aat ", "raat", "t")
    assert ear.heard("Dorpsstraat") == {"stra", "straat", "aat ", "raat", "t"}
    assert ear.heard("strand") == {"stra", "t"}


def test_an_ear_hears_capitals_unless_it_ignores_them() -> None:
    assert _ear("KvK", "bv").heard("KVK BV Bv bv") == {"bv"}
    assert _ear("KvK", "bv", ignoring_case=True).heard("KVK BV") == {"KvK", "bv"}


def test_words_too_long_to_remember_may_hold_everything() -> None:
    ear = _ear("KvK", "bv")
    assert ear.heard("x" * 100_000) == {"KvK", "bv"}
    assert not ear


def test_a_pattern_is_tried_around_needles_alone():
    text = "eén deur, twee deuren, verder is er geen raam te zien; drie deuren"
    matches = near(re.compile(r"(?:eén|twee|geen|drie) \w+"), text, narrowed(text), [b"deur"], 12)
    assert [match.group() for match in matches] == ["eén deur", "twee deuren", "drie deuren"]
    late = near(re.compile(r"\w+ deuren"), text, narrowed(text), [b"deur"], 12, after=60)
    assert [match.group() for match in late] == ["drie deuren"]
