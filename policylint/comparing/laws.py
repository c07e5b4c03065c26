"""Laws, their articles, safeguards for transfers and legal bases, as both languages name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

BASES: Mapping[str, str] = {
    "basis-consent": "consent",
    "basis-performance": "contract",
    "basis-duty": "duty",
    "basis-task": "task",
    "basis-interest": "interest",
}
"""The legal basis that each concept names."""

_TRACES: Mapping[str, re.Pattern[str]] = {
    "consent": re.compile(r"toestem|akkoord|instem|consent|permission|agree|opt"),
    "contract": re.compile(
        r"(?<!werkers)overeenkomst|contract(?!ual clause|bepaling|clausul)|(?<!processing )agreement"
    ),
    "duty": re.compile(
        r"wettelijk|verplicht|plicht\b|de wet\b|obligation|\bduty|law requires|by law|legally|statutory"
    ),
    "task": re.compile(
        r"\b(?:taak|taken|task|duty|duties|function)\b|algemeen belang|public interest|\bvita(?:al|le?)\b"
    ),
    "interest": re.compile(r"belang|interest"),
}
"""Words that a text without them cannot name a legal basis in."""

ARTICLE_BASES: Mapping[str | None, str] = {
    "a": "consent",
    "b": "contract",
    "c": "duty",
    "d": "task",
    "e": "task",
    "f": "interest",
}
"""The legal basis behind each letter of article 6(1) GDPR."""


def may_name(basis: str, text: str) -> bool:
    """Whether a text in lower case has words that may stand for a legal basis."""
    return _TRACES[basis].search(text) is not None


class Article(NamedTuple):
    """An article of a law, as exact as a text gives it."""

    number: int
    paragraph: int | None
    letter: str | None

    def is_like(self, other: Article) -> bool:
        """Whether both can be the same, one perhaps less exact."""
        return self.number == other.number and all(
            one is None or two is None or one == two for one, two in zip(self[1:], other[1:], strict=True)
        )


class Law(NamedTuple):
    """An act or a safeguard by name, or an article, at [start, end) of a text."""

    key: str | Article
    start: int
    end: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Act:
    key: str
    names: str
    is_sure: bool = False


_ACTS = (
    _Act(
        "uavg",
        r"uavg|uitvoeringswet (?:avg|algemene verordening gegevensbescherming)|"
        r"(?:dutch )?(?:gdpr|general data protection regulation) (?:implementation|implementing|execution) act",
    ),
    _Act("uk gdpr", r"uk gdpr"),
    _Act("gdpr", r"avg|gdpr|algemene verordening gegevensbescherming|general data protection regulation|2016/679"),
    _Act("telecom", r"telecommunicatiewet|(?:dutch )?telecommunications act"),
    _Act("wbp", r"wbp|wet bescherming persoonsgegevens|dutch (?:personal )?data protection act"),
    _Act("awr", r"algemene wet inzake rijksbelastingen|(?:general )?state tax(?:es)? act|general tax act"),
    _Act("archives", r"archiefwet|(?:public )?(?:archives?|records) act"),
    _Act(
        "wgbo",
        r"wgbo|wet op de geneeskundige behandelingsovereenkomst|medical treatment (?:contracts?|agreements?) act",
    ),
    _Act("wwft", r"wwft|money laundering and terrorist financing \(prevention\) act"),
    _Act("civil code", r"burgerlijk wetboek|bw|civil code"),
    _Act("awb", r"algemene wet bestuursrecht|general administrative law act"),
    _Act("dpa 2018", r"data protection act 2018"),
    _Act("shield", r"privacy[ -]?(?:shield|schild)", is_sure=True),
    _Act("framework", r"data privacy framework|dpf", is_sure=True),
    _Act(
        "clauses",
        r"(?:model|standaard)[ -]?(?:contract(?:en|bepalingen|clausules)?|bepalingen|clausules)|"
        r"(?:standard|model) (?:contractual |contract )?clauses|sccs?",
        is_sure=True,
    ),
    _Act("rules", r"bindende bedrijfsvoorschriften|binding corporate rules|bcrs?", is_sure=True),
    _Act("adequacy", r"adequaatheidsbesluit(?:en)?|adequacy decisions?"),
)
_ACT = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(f'({act.names})' for act in _ACTS)})(?![\w-])")
_ARTICLE = re.compile(
    r"(?i)\bart(?:ikel(?:en)?|icles?|\.)? ?(?P<number>\d{1,3})(?![\d:])"
    r"(?:,? ?(?:lid|paragraph|para\.?) ?(?P<lid>\d)|,? (?P<word>eerste|tweede|derde) lid|"
    r"[ .]?\(?(?<=[.(])(?P<bare>\d)\)?)?"
    r"(?:,? (?:aanhef en )?(?:onder(?:deel)?|sub|letter|point) ?\(?(?P<letter>[a-k])\)?(?!\w)"
    r"| ?\((?P<round>[a-k])\)|(?<=[\d)])\.?(?P<close>[a-k])(?!\w))?"
)
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3}


def laws(text: str) -> Iterator[Law]:
    """Laws and safeguards that a text names.

    That an act goes unnamed is no certain difference, nor that a bare article does, which may be one of the policy.
    """
    names_act = _ACT.search(text) is not None
    for match in _ACT.finditer(text):
        act = _ACTS[(match.lastindex or 1) - 1]
        yield Law(act.key, match.start(), match.end(), act.is_sure)
    for match in _ARTICLE.finditer(text):
        digit = match["lid"] or match["bare"]
        paragraph = int(digit) if digit else _ORDINALS.get((match["word"] or "").lower())
        letter = (match["letter"] or match["round"] or match["close"] or "").lower() or None
        is_sure = names_act or paragraph is not None or letter is not None
        yield Law(Article(int(match["number"]), paragraph, letter), match.start(), match.end(), is_sure)
