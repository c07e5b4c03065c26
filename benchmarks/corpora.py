"""Made-up policies, as many as wanted and no two alike: sentences of the rules' own examples, put together by chance.

usage: python benchmarks/corpora.py COUNT FILE.parquet

They have one to four kilobytes unless asked otherwise, are in Dutch or English, from several countries and from 2012 to
2026. They are for speed and for robustness: nobody would write them, and how many say what means nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from policylint.judging.rulefiles import load_rules

GROUP = 2_000
"""Rows of a row group."""
SHORTEST, LONGEST = 1_000, 3_800
"""Characters at which the last section of a policy is begun."""
_FIRST = (
    "Anker Berg Duin Eik Fjord Haven Iris Kade Linde Molen Noord Oever Plein Roos Sluis Toren Veer Wilg Zeil".split()
)
_LAST = "bouw fietsen hof huis kappers logies mode reizen software tuinen winkel zorg".split()
_STREETS = "Dorpsstraat Havenweg Kerkplein Lindelaan Molenweg Parkstraat Stationsweg".split()
_TOWNS = {"NL": "Groningen", "BE": "Gent", "IE": "Galway", "UK": "Leeds", None: "Lyon"}
_OPENING = {
    "nl": "{name} B.V., {street} {number}, {town}, is verantwoordelijk voor de verwerking van uw persoonsgegevens.",
    "en": "{name} Ltd, {number} {street}, {town}, is the controller of your personal data.",
}
_TITLE = {"nl": "Privacyverklaring van {name}", "en": "Privacy policy of {name}"}
_LAST_CHANGE = {"nl": "Laatst gewijzigd op {day}.", "en": "Last updated on {day}."}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def sentences() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The examples of the rules, by language and then by the title of the rule."""
    found: dict[str, dict[str, list[str]]] = {"nl": {}, "en": {}}
    for rule in load_rules().rules:
        for example in rule.examples:
            if len(example.text) < 600:
                found[example.language].setdefault(rule.title[example.language], []).append(example.text)
    return found


def policies(count: int, longest: int = LONGEST) -> Iterator[dict[str, object]]:
    """The first `count` policies: id, text, language, jurisdiction and date; the same every time."""
    stock = sentences()
    for number in range(count):
        yield _policy(number, stock, longest)


def _policy(number: int, stock: Mapping[str, Mapping[str, Sequence[str]]], longest: int) -> dict[str, object]:
    chance = random.Random(number)  # noqa: S311 - no secret
    language = chance.choice(["nl", "nl", "nl", "en", "en"])
    country = chance.choice(["NL", "NL", "NL", "BE", None] if language == "nl" else ["UK", "IE", "IE", None])
    day = date(2012, 1, 1) + timedelta(days=chance.randrange(5_200))
    name = f"{chance.choice(_FIRST)}{chance.choice(_LAST)} {number}"
    values = {
        "name": name,
        "street": chance.choice(_STREETS),
        "number": chance.randrange(1, 300),
        "town": _TOWNS[country],
    }
    told = f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
    blocks = [f"# {_TITLE[language].format(name=name)}", _OPENING[language].format(**values)]
    length = chance.randrange(SHORTEST, longest)
    titles = list(stock[language])
    chance.shuffle(titles)
    for title in titles:
        if sum(map(len, blocks)) > length:
            break
        texts = stock[language][title]
        blocks += [f"## {title}", *chance.sample(texts, min(len(texts), chance.randrange(1, 3)))]
    blocks.append(_LAST_CHANGE[language].format(day=told))
    return {
        "id": f"policy-{number:07}",
        "text": "\n\n".join(blocks),
        "format": "markdown",
        "language": None if chance.random() < 0.5 else language,
        "jurisdiction": country,
        "date": day,
    }


def write(count: int, file: Path, longest: int = LONGEST) -> None:
    """Write the first `count` policies as Parquet, row group by row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: pa.string() for name in ("id", "text", "format", "language", "jurisdiction")}
    schema = pa.schema({**columns, "date": pa.date32()})
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        group: list[dict[str, object]] = []
        for policy in policies(count, longest):
            group.append(policy)
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group = []
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
