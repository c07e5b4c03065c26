"""Strings that patterns cannot do without."""

import re

from policylint.needles import Needles, narrowed, near


def test_what_stands_in_a_word_of_the_text_may_occur():
    needles = Needles.of([b"Companies House", b" bv", b"+31", b"KvK", b"olland", b"Ltd"])
    text = narrowed("Our house, Holland bv (tel+31 6) is in Companies; KVK, ltd")
    # " bv" and "Companies House" by their longest part; capitals count, and a sign may stand in any word.
    assert needles.occurring(text) == {b"Companies House", b" bv", b"+31", b"olland"}


def test_each_string_is_looked_for_once():
    assert Needles.of([b"bv", b"bv", b"BV"]) == Needles(capital=((b"BV", b"BV"),), small=((b"bv", b"bv"),))


def test_a_pattern_is_tried_around_needles_alone():
    text = "eén deur, twee deuren, verder is er geen raam te zien; drie deuren"
    matches = near(re.compile(r"(?:eén|twee|geen|drie) \w+"), text, narrowed(text), [b"deur"], 12)
    assert [match.group() for match in matches] == ["eén deur", "twee deuren", "drie deuren"]
    late = near(re.compile(r"\w+ deuren"), text, narrowed(text), [b"deur"], 12, after=60)
    assert [match.group() for match in late] == ["drie deuren"]
