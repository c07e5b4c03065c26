"""The languages of a document: the main one, the share of each, and the language of every block."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from policylint.document import Document
from policylint.errors import UserError

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

SUPPORTED = ("nl", "en")

_NAMES = {
    "nl": "Dutch", "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "pl": "Polish", "da": "Danish", "sv": "Swedish", "no": "Norwegian", "cs": "Czech",
    "ro": "Romanian", "hu": "Hungarian", "tr": "Turkish", "fi": "Finnish",
}  # fmt: skip
"""Every language that is told apart. Afrikaans is left out on purpose: it draws Dutch text to itself."""
_COMMON = tuple(_NAMES)[:8]
"""The languages asked first: loading all profiles takes twice the time."""

_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[A-Za-z]+")
"""The same in ASCII, found in half the time."""
# Function words (and a few words of the trade) that one of the two languages has and its neighbours hardly have.
_FUNCTION_WORDS = {
    "nl": frozenset(
        _WORD.findall(
            "het een van voor niet wij uw je jij jouw zijn wordt worden met dat ook bij naar deze dit onze ons kunt "
            "kunnen heeft hebben hebt om te aan door uit wat wie hoe welke waarvoor tenzij indien omdat zoals tot geen "
            "zal zullen moet moeten mag mogen ik hij zij hun haar er dan maar nog wel via over onder tussen "
            "tijdens zodat gegevens persoonsgegevens privacyverklaring privacybeleid"
        )
    ),
    "en": frozenset(
        _WORD.findall(
            "the of and to your our you that with this are may will be by from not any have has it they their which "
            "who what when how can or if at would should must been than such these those its about into unless because "
            "where while between during without us an for as "
            "policy personal information"
        )
    ),
}
_NO_PROSE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)

_SAMPLE = 3_000
_SLICES = 10
_CLEAR, _STRAY = 0.7, 0.05
"""Shares of characters that make the vote of function words clear: for the language, and against it."""
_ENOUGH, _DENSE = 300, 0.3
"""Characters from which so large a share of function words is proof, too: of Danish, which comes closest, a quarter of
the words at most are Dutch ones."""
_LONG = 80
"""Characters from which a block without a clear vote is worth asking the detector."""
_LEAST_SUPPORTED = 0.4
"""Share of Dutch and English together from which a text of several languages is read."""
_SHORT = 60
"""Letters below which the detector chooses between the supported languages only."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The main language (`nl` or `en`), shares of characters (largest first) and the language of every block."""

    main: str
    shares: tuple[tuple[str, float], ...]
    by_block: tuple[str, ...]


def detect(document: Document, forced: str | None = None) -> Languages:
    """Languages of a document; `forced` overrides the main language and what short blocks inherit.

    Raises UserError `no-language` (no prose at all) and `unsupported-language` (neither Dutch nor English).
    """
    if forced is not None and forced not in SUPPORTED:
        raise UserError("unsupported-language", f"language {forced!r} is not supported", "Use nl or en.")
    texts = [document.block_text(block) for block in document.blocks]
    votes = [_vote(text) for text in texts]
    default = forced or _voted(texts, votes) or _sample_language(document.text)
    by_block = _by_block(document, texts, votes, default)
    shares = _shares(by_block, texts)
    supported = [(language, share) for language, share in shares if language in SUPPORTED]
    if forced is None and sum(share for _, share in supported) < _LEAST_SUPPORTED:
        raise _unsupported(f"text is {_NAMES[shares[0][0] if shares else default]}")
    main = forced or supported[0][0]
    return Languages(main, shares or ((main, 1.0),), by_block)


def _vote(text: str) -> str | None:
    """Language by function words, None where they do not decide."""
    found = _words(text.lower())
    words = len(found)
    dutch, english = (sum(map(_FUNCTION_WORDS[language].__contains__, found)) for language in ("nl", "en"))
    winner, best, other = ("nl", dutch, english) if dutch >= english else ("en", english, dutch)
    return winner if best >= 2 and best >= 3 * other and best * 8 >= words else None


def _words(text: str) -> list[str]:
    """The words of a text; most blocks are ASCII."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def _voted(texts: list[str], votes: list[str | None]) -> str | None:
    """The language that most of a text votes for and next to nothing against, where that is proof enough."""
    weights: Counter[str | None] = Counter()
    for text, vote in zip(texts, votes, strict=True):
        weights[vote] += len(text)
    total = weights.total()
    for language, other in (SUPPORTED, SUPPORTED[::-1]):
        if total <= _ENOUGH or weights[other] >= _STRAY * total:
            continue
        voted = total > _SAMPLE and weights[language] > _CLEAR * total
        if voted or _is_dense(" ".join(texts), language):
            return language
    return None


def _is_dense(text: str, language: str) -> bool:
    """Whether a text has as many function words of a language as only its own prose has."""
    return _count(text, language) >= _DENSE * len(_WORD.findall(text))


def _sample_language(text: str) -> str:
    """Language of the document as a whole: the detector's word on a bounded sample, spread evenly."""
    sample = _NO_PROSE.sub(" ", _spread(text))
    letters = [character for character in sample if character.isalpha()]
    if len(letters) < 3:
        raise UserError(
            "no-language",
            "the text holds no words to tell a language by",
            "Check that the file holds the text of the policy, or name the language with --language.",
        )
    script = _foreign_script(letters)
    if script:
        raise _unsupported(f"text is written in {script} script")
    if len(letters) < _SHORT:
        counts = {language: _count(sample, language) for language in SUPPORTED}
        if counts["nl"] != counts["en"]:
            return max(SUPPORTED, key=counts.__getitem__)
        return _detect(sample, SUPPORTED) or SUPPORTED[0]
    found = _detect(sample, _COMMON)
    if found not in SUPPORTED or _count(sample, found) * 12 < len(_WORD.findall(sample)):
        found = _detect(sample, tuple(_NAMES))
    return found or SUPPORTED[0]


def _count(text: str, language: str) -> int:
    """How many function words of a language a text has."""
    return sum(word in _FUNCTION_WORDS[language] for word in _WORD.findall(text.lower()))


def _spread(text: str) -> str:
    """At most `_SAMPLE` characters: the whole text, or equal slices from all over it."""
    if len(text) <= _SAMPLE:
        return text
    step, size = len(text) // _SLICES, _SAMPLE // _SLICES
    return " ".join(text[start : start + size] for start in range(0, step * _SLICES, step))


def _foreign_script(letters: list[str]) -> str | None:
    """Name of the script of most letters ("Cyrillic"), None for Latin."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(letters).items():
        scripts[unicodedata.name(letter, "unknown").split()[0]] += count
    script = scripts.most_common(1)[0][0]
    return None if script == "LATIN" else script.capitalize()


def _by_block(document: Document, texts: list[str], votes: list[str | None], default: str) -> tuple[str, ...]:
    """Language of every block: by its own words where it has enough, else of its section, else of the document."""
    own = [vote or _unvoted(text, default) for vote, text in zip(votes, texts, strict=True)]
    sections: dict[int, Counter[str]] = {}
    for block, text, language in zip(document.blocks, texts, own, strict=True):
        if language:
            sections.setdefault(block.section, Counter())[language] += len(text)

    @cache
    def inherited(section: int | None) -> str:
        while section is not None:
            if counts := sections.get(section):
                return _weighed(counts.items())[0][0]
            section = document.sections[section].parent
        return default

    return tuple(language or inherited(block.section) for block, language in zip(document.blocks, own, strict=True))


def _unvoted(text: str, default: str) -> str | None:
    """The detector's word on a long block whose function words are neither Dutch nor English."""
    if len(text) < _LONG:
        return None
    if default not in SUPPORTED:
        return default
    prose = _NO_PROSE.sub(" ", text[:600])
    words = _WORD.findall(prose.lower())
    known = sum(word in _FUNCTION_WORDS["nl"] or word in _FUNCTION_WORDS["en"] for word in words)
    # Lists of nouns and names have few function words too, but also few words in lower case.
    if len(words) < 12 or known * 12 > len(words) or sum(map(str.islower, _WORD.findall(prose))) * 2 < len(words):
        return None
    return _detect(prose, _COMMON)


def _shares(by_block: tuple[str, ...], texts: list[str]) -> tuple[tuple[str, float], ...]:
    weighed = _weighed((language, len(text)) for language, text in zip(by_block, texts, strict=True) if text)
    total = sum(count for _, count in weighed)
    return tuple((language, round(count / total, 4)) for language, count in weighed)


def _weighed(pairs: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sums per language, largest first; ties in alphabetical order."""
    counts: Counter[str] = Counter()
    for language, weight in pairs:
        counts[language] += weight
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _unsupported(what: str) -> UserError:
    return UserError(
        "unsupported-language",
        f"{what}, and policylint reads Dutch and English only",
        "If the text is Dutch or English all the same, say so with --language nl or --language en.",
    )


def _detect(text: str, candidates: tuple[str, ...]) -> str | None:
    """langdetect's best guess among `candidates`, None where the text holds nothing to go by."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory(_COMMON if set(candidates) <= set(_COMMON) else tuple(_NAMES)).create()
    # Most texts are Dutch or English, so short ones in doubt go there; on longer ones the prior has no say.
    detector.set_prior_map({language: 5.0 if language in SUPPORTED else 1.0 for language in candidates})
    detector.append(text.lower())
    try:
        found: str = detector.detect()
    except LangDetectException:
        return None
    return found if found in candidates else None


@cache
def _factory(names: tuple[str, ...]) -> DetectorFactory:
    """A detector factory of our own, with few profiles and a fixed seed: same text, same answer."""
    from langdetect.detector_factory import DetectorFactory

    profiles = resources.files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / language).read_text(encoding="utf-8") for language in names])
    factory.set_seed(0)
    return factory
