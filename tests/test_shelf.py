"""Judgements put away are what they were, whatever is in them and however many there are."""

from __future__ import annotations

import tempfile
from dataclasses import replace

import pytest
from hand_made_result import FAILED, WEBSHOP

from policylint.errors import UserError
from policylint.result import Judgement
from policylint.shelf import Changed, Shelf, heads


def judgement(number: int) -> Judgement:
    return replace(WEBSHOP if number % 2 else FAILED, path=f"{number}.md")


def test_judgements_come_back_as_they_were_and_in_order() -> None:
    shelf = Shelf(map(judgement, range(120)))
    assert len(shelf) == 120
    assert list(shelf) == list(map(judgement, range(120)))
    assert (shelf[-1], list(shelf[48:52])) == (judgement(119), list(map(judgement, range(48, 52))))


def test_a_judgement_may_be_replaced_wherever_it_is() -> None:
    shelf = Shelf(map(judgement, range(60)))
    for number in (3, 55):
        shelf[number] = replace(judgement(number), kind="other")
    assert [number for number, each in enumerate(shelf) if each.kind == "other"] == [3, 55]


def test_the_heads_of_judgements_are_read_without_the_rest() -> None:
    every = [*map(judgement, range(60)), replace(WEBSHOP, path="a\udcff.md")]
    told = [(each.path, each.kind, each.report_language, each.remarks, each.failure) for each in every]
    for judgements in (Shelf(every), every):
        found = heads(judgements)
        assert [(each.path, each.kind, each.report_language, each.remarks, each.failure) for each in found] == told


def test_half_a_character_is_put_away_too() -> None:
    odd = replace(WEBSHOP, path="a\udcff.md")
    assert list(Shelf([odd] * 60)) == [odd] * 60


def test_judgements_are_changed_whenever_they_are_asked_for() -> None:
    changed = Changed(Shelf([WEBSHOP]), lambda each: replace(each, path=f"site/{each.path}"))
    assert [each.path for each in changed] == [changed[0].path] == [f"site/{WEBSHOP.path}"]


def test_a_folder_for_temporary_files_that_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(UserError, match="cannot be: No space left on device"):
        Shelf([WEBSHOP] * 60)
