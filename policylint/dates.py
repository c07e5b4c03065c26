"""Dates in words."""

from __future__ import annotations

from datetime import date

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def in_words(day: date, language: str) -> str:
    """A day as people of a language write it: "25 mei 2018", "25 May 2018"."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
