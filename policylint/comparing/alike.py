"""Which mentions of two versions are of one value, and which changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from policylint.comparing.laws import Article
from policylint.comparing.mentions import Kind, Mention


def is_alike(one: Mention, two: Mention) -> bool:
    """Whether two values of a kind are one in other words: thirty days and a month, a month and a day in it."""
    if one.key == two.key:
        return True
    if isinstance(one.key, Article) and isinstance(two.key, Article):
        return one.key.is_like(two.key)
    if not (isinstance(one.key, tuple) and isinstance(two.key, tuple)):
        return False
    if one.kind is Kind.PERIOD and one.key[0] != two.key[0]:
        (_, months), (_, days) = sorted((one.key, two.key), reverse=True)
        # What people write for a month, and for a year: 30 days, 90 days, 365 days, 52 weeks.
        return days in (months * 30, round(months * 365 / 12), months * 364 / 12)
    if one.kind is Kind.DATE:
        # Languages differ in how exact dates are by habit.
        size = min(len(one.key), len(two.key))
        return one.key[:size] == two.key[:size]
    # A page may have another name in another language, but where a site is named both name it.
    return one.kind is Kind.WEB and one.key[0] == two.key[0] and "" in (one.key[1], two.key[1])


def is_other_page(one: Mention, two: Mention) -> bool:
    """Whether two web addresses are of one site, or of one name under two top-level domains."""
    if one.kind is not Kind.WEB or not isinstance(one.key, tuple) or not isinstance(two.key, tuple):
        return False
    return str(one.key[0]).rpartition(".")[0] == str(two.key[0]).rpartition(".")[0]


def moved(first: Sequence[Mention], second: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of mentions, of values that both versions name, that stand where the other version has another value.

    Values of one sentence are taken once and in any order, for each language orders words its way.
    """
    known: list[Mention] = []
    left, right = _ordered(first, known), _ordered(second, known)
    both = {number for number, _ in left} & {number for number, _ in right}
    left, right = [each for each in left if each[0] in both], [each for each in right if each[0] in both]
    numbers = [number for number, _ in left], [number for number, _ in right]
    gone: dict[int, Mention] = {}
    came: dict[int, Mention] = {}
    for tag, start, end, begin, finish in SequenceMatcher(None, *numbers, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == finish - begin:
            pairs = zip(left[start:end], right[begin:finish], strict=True)
            yield from ((one, two) for (_, one), (_, two) in pairs)
        elif tag != "equal":
            gone.update(left[start:end])
            came.update(right[begin:finish])
    yield from ((gone[number], came[number]) for number in gone if number in came)


def _ordered(mentions: Sequence[Mention], known: list[Mention]) -> list[tuple[int, Mention]]:
    """Mentions as they stand, each with the number of its value; values not `known` yet get the next numbers."""
    found: dict[tuple[int, int], Mention] = {}
    for each in mentions:
        number = next((number for number, other in enumerate(known) if is_alike(each, other)), len(known))
        if number == len(known):
            known.append(each)
        found.setdefault((each.unit, number), each)
    return [(number, found[unit, number]) for unit, number in sorted(found)]
