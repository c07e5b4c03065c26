"""Policies that differ, as many and as long as a benchmark needs: the same ones from the same seed.

A policy is made of sections with a heading and a few paragraphs, whose sentences are drawn from the samples and from
the examples of the rules. It has a controller of its own, with an invented name, a street, a number at the chamber of
commerce and an e-mail address, and things of its own that it sells, so that words, too, differ from policy to policy.

usage: python benchmarks/policies.py FOLDER COUNT [BYTES]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policylint.analysis.sentences import sentences
from policylint.document import BlockKind
from policylint.judging.rulefiles import load_rules
from policylint.language import detect
from policylint.reading import read

SAMPLES = Path(__file__).parent.parent / "samples"
SEED = 1
BYTES = 14_000
"""About the median of policies on the web."""
_LEAST_WORDS = 4
_SYLLABLES = "ba be da do el en fa go ha in ka la li ma mo na no or pa ra ro sa so ta ti va ve wi zo".split()
_INTRODUCTION = {
    "nl": "# Privacyverklaring {name}\n\n{name} B.V., {street} {number}, 1234 AB {town}, KvK-nummer {chamber}, "
    "info@{domain}.nl, verkoopt {wares} en {others}.",
    "en": "# Privacy policy of {name}\n\n{name} Ltd, {number} {street}, {town}, company number {chamber}, "
    "info@{domain}.com, sells {wares} and {others}.",
}
_ASIDE = {
    "nl": "Voor {wares} uit {town} geldt dit ook, volgnummer {number}.",
    "en": "For {wares} from {town} this holds too, number {number}.",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What policies of one language are made of."""

    language: str
    headings: tuple[str, ...]
    sentences: tuple[str, ...]


def material(language: str) -> Material:
    """The headings and the sentences of all samples and rule examples in `language` (`nl` or `en`)."""
    headings: dict[str, None] = {}
    found: dict[str, None] = {}
    samples = (
        read(path.name, path.read_bytes())
        for path in sorted(SAMPLES.iterdir())
        if path.is_file() and path.name != "README.md"
    )
    examples = (each for rule in load_rules().rules for each in rule.examples if each.language == language)
    for document in (
        *(sample for sample in samples if detect(sample).main == language),
        *(read("example.md", example.text.encode()) for example in examples),
    ):
        for block in document.blocks:
            text = document.block_text(block)
            if block.kind is BlockKind.HEADING:
                headings[text] = None
            else:
                found |= dict.fromkeys(text[start:end] for start, end in sentences(text))
    return Material(language, tuple(headings), tuple(each for each in found if len(each.split()) >= _LEAST_WORDS))


def policy(given: Material, number: int, size: int = BYTES, seed: int = SEED) -> str:
    """Policy `number` of a series, of `size` bytes in UTF-8 (or one sentence more): Markdown in that language."""
    draw = random.Random(f"{seed} {given.language} {number} {size}")  # noqa: S311 - not for secrets
    text = _INTRODUCTION[given.language].format_map(_own(draw))
    parts, length = [text], len(text.encode())
    while length < size:
        section = [f"\n\n## {draw.choice(given.headings)}"]
        for _ in range(draw.randint(1, 4)):
            chosen = [draw.choice(given.sentences) for _ in range(draw.randint(1, 5))]
            if draw.random() < 0.3:
                chosen.append(_ASIDE[given.language].format_map(_own(draw)))
            section += ["\n\n", *(f"{each} " for each in chosen)]
        for part in section:
            if length < size:
                parts.append(part)
                length += len(part.encode())
    return "".join(parts) + "\n"


def policies(language: str, count: int, size: int = BYTES, seed: int = SEED) -> Iterator[str]:
    """The first `count` policies of a series, one at a time."""
    given = material(language)
    for number in range(count):
        yield policy(given, number, size, seed)


def write_policies(folder: Path, count: int, size: int = BYTES, language: str = "nl", seed: int = SEED) -> list[Path]:
    """The first `count` policies of a series as files of a new folder, in their order."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:07}.md" for number in range(count)]
    for path, text in zip(paths, policies(language, count, size, seed), strict=True):
        path.write_text(text, "utf-8")
    return paths


def _own(draw: random.Random) -> dict[str, str]:
    """Invented words for one policy, or one sentence of it."""
    name, street, town, wares, others = (_word(draw) for _ in range(5))
    return {
        "name": name.capitalize(),
        "domain": name,
        "street": f"{street.capitalize()}straat",
        "town": town.capitalize(),
        "wares": wares,
        "others": others,
        "number": str(draw.randint(1, 999)),
        "chamber": str(draw.randint(10_000_000, 99_999_999)),
    }


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(3, 5)))


def main() -> None:
    """Write policies into a folder, half of them Dutch."""
    if len(sys.argv) not in (3, 4):
        sys.exit(f"{__doc__}")
    folder, count, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else BYTES
    write_policies(folder / "nl", count - count // 2, size, "nl")
    write_policies(folder / "en", count // 2, size, "en")


if __name__ == "__main__":
    main()
