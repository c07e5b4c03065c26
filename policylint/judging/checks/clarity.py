"""Checks of plain language (GDPR art. 12(1)): hedging, long sentences, readability, forms of address, languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import mul

from policylint.analysis.clauses import Polarity, Speaker
from policylint.analysis.units import Analysis, Unit
from policylint.analysis.vocabulary import LANGUAGES
from policylint.judging.checks.case import Case, Spot

# WP260 gives no number. Three of the narrow kind that is counted here fire on texts that lawyers call dense.
_HEDGES_PER_THOUSAND = 3
_FEWEST_HEDGES = 3
_HEDGED_SENTENCES = 8
_EXAMPLES = 3


def hedging_density(case: Case) -> Iterator[Spot]:
    """One spot if three words in a thousand hedge what the controller does with data.

    Hedges are `hedging-verb` and `hedging-word` in a sentence on processing (`hedging-subject`) and not on something
    else (`hedging-elsewhere`), except where they tell of an ability (`hedging-ability`), are denied, or are what
    readers or others may do. The spot is the sentence that hedges most, with up to seven more as related places;
    the value is the number per thousand words.
    """
    analysis = case.analysis
    hedges: Counter[int] = Counter()
    for name in ("hedging-verb", "hedging-word"):
        for number in analysis.by_name.get(name, ()):
            unit = analysis.units[number]
            if "hedging-subject" in unit.hits and "hedging-elsewhere" not in unit.hits and not unit.is_heading:
                able = [range(hit.start, hit.end) for hit in unit.hits.get("hedging-ability", ())]
                hedges[number] += sum(
                    hit.speaker is Speaker.CONTROLLER
                    and hit.polarity is Polarity.AFFIRMED
                    and not any(hit.start in words for words in able)
                    for hit in unit.hits[name]
                )
    total = hedges.total()
    if total < _FEWEST_HEDGES or total * 1000 < _HEDGES_PER_THOUSAND * analysis.words:
        return
    densest = [number for number, count in sorted(hedges.items(), key=lambda item: (-item[1], item[0])) if count]
    yield _spot(analysis, densest[:_HEDGED_SENTENCES], f"{total * 1000 / analysis.words:.0f}")


_LONG_SENTENCE = 40
_LONG_SHARE = 0.15
_FEWEST_LONG = 3


def long_sentences(case: Case) -> Iterator[Spot]:
    """One spot, the longest sentence, if 15% of the sentences have over 40 words; the value is their share."""
    analysis = case.analysis
    lengths = {sentence.number: sentence.length for sentence in case.running_text}
    long = sorted((number for number, count in lengths.items() if count > _LONG_SENTENCE), key=lambda n: -lengths[n])
    if len(long) >= _FEWEST_LONG and len(long) >= _LONG_SHARE * len(lengths):
        yield _spot(analysis, long[:_EXAMPLES], f"{100 * len(long) / len(lengths):.0f}%")


_FEWEST_WORDS = 100
_HARD = 30
# Flesch's formula (1948) and Douma's for Dutch (1960): constant, weight of words per sentence, of syllables per word.
_FORMULAS = {"nl": (206.84, 0.93, 77.0), "en": (206.835, 1.015, 84.6)}


def readability(case: Case) -> Iterator[Spot]:
    """One spot, the longest paragraph, if the text scores under 30 ("very difficult") by Flesch or Flesch-Douma.

    The value is the score. Texts of under 100 words are not judged.
    """
    analysis = case.analysis
    languages = Counter(unit.language for unit in analysis.units)
    language = languages.most_common(1)[0][0] if languages else case.language
    if language not in _FORMULAS:
        return
    words = case.tally.words.get(language, Counter())
    units = [unit for unit, _ in case.tally.sentences if unit.language == language]
    total = words.total()
    if total < _FEWEST_WORDS:
        return
    syllables = sum(map(mul, words.values(), map(syllables_of, words, repeat(language))))
    constant, per_sentence, per_word = _FORMULAS[language]
    score = constant - per_sentence * total / len(units) - per_word * syllables / total
    if score < _HARD:
        blocks = [analysis.document.blocks[number] for number in {unit.block for unit in units}]
        longest = max(blocks, key=lambda block: (block.end - block.start, -block.start))
        yield Spot(longest.start, longest.end, value=f"{score:.0f}")


_VOWELS_NL = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|ëi|[aeiouyàáâãäåèéêëìíîïòóôöùúûü]")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_SILENT_EN = re.compile(r"(?:(?<=[^aeiouyl])|(?<=[aeiouy]l)|(?<=ll))e(?:s|d)?$")
_SOUNDED_EN = re.compile(r"(?:[cgsxz]|[cs]h)es$|[td]ed$")
_APART_EN = re.compile(r"i(?:a|o|u)(?!n|us)|eo|ua(?!r|l)|ui(?:t|n)(?:y|g)|[aeiouy]ing$")


@lru_cache(maxsize=2_000)
def syllables_of(word: str, language: str) -> int:
    """Syllables of a word in lower case, by its vowels: every Dutch vowel sign is one, English has a silent e."""
    if language == "nl":
        return len(_VOWELS_NL.findall(word)) or 1
    count = len(_VOWELS_EN.findall(word)) + len(_APART_EN.findall(word))
    if _SILENT_EN.search(word) and not _SOUNDED_EN.search(word):
        count -= 1
    return max(1, count)


_ADDRESS = re.compile(r"[uUjJ](?<!\w.)(?:(?<=[uU])(?:w|zelf)?|(?<=[jJ])(?:e|ij|ouw?|ezelf))(?![\w'-]|\.\w)")
_FORMAL = frozenset({"u", "uw", "uzelf"})
_PART_OF_MORE = re.compile(r"[.'-]\Z")
_HOURS = re.compile(r"\d\s?$")


def mixed_address(case: Case) -> Iterator[Spot]:
    """The first place where a Dutch text says u among je, je among u, or Uw among uw; the value is the other form."""
    analysis = case.analysis
    text = analysis.document.text
    if case.vocabulary.isdisjoint(_FORMAL):
        return
    forms: dict[str, list[tuple[int, int]]] = {"formal": [], "informal": [], "capital": [], "small": []}
    starts = [unit.start for unit in analysis.units]
    for match in _ADDRESS.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        unit = analysis.units[max(0, bisect_right(starts, match.start()) - 1)]
        if _PART_OF_MORE.search(before) or _HOURS.search(before) or not unit.start <= match.start() < unit.end:
            continue
        place = (match.start(), _few_words(text, unit, match.end()))
        forms["formal" if match[0][0] in "uU" else "informal"].append(place)
        if match[0][0] in "uU" and unit.start <= match.start() - 2 and _WITHIN.search(before):
            forms["capital" if match[0][0] == "U" else "small"].append(place)
    for one, other in (("informal", "formal"), ("capital", "small")):
        fewer, more = sorted((forms[one], forms[other]), key=len)
        if fewer and len(more) >= _FEWEST_FORMS:
            yield Spot(*fewer[0], related=(more[0],), value=text[slice(*more[0])])
            return


_FEWEST_FORMS = 2
_WITHIN = re.compile(r"[\w,)] $")
"""What stands before a word in mid-sentence."""


def _few_words(text: str, unit: Unit, end: int) -> int:
    """The end of the words behind `end` that belong to it, two at most: a preposition opens what does not."""
    match = _BELONGING.match(text, end, unit.end)
    return match.end() if match else end


_BELONGING = re.compile(
    r"(?: (?!(?:aan|als|bij|binnen|buiten|dan|dat|de|die|dit|door|doordat|een|en|er|het|hier|in|indien|maar|met|"
    r"na|naar|of|om|omdat|onder|ook|op|over|per|te|tegen|ten|ter|tot|uit|van|via|volgens|voor|waar|wanneer|want|worden|"
    r"wordt|zoals|zodat|zodra|zonder)\b)[\w-]+){0,2}"
)


_FUNCTION_WORDS = {
    "nl": frozenset("de het een en van wij we uw je te dat die niet voor met op aan zijn wordt worden onze ook bij kan "
                    "kunnen als naar deze dit of om door hebben heeft u er".split()),
    "en": frozenset("the and of to a you your that this for with are be by our not may can from it which will "
                    "have has on as or any these us if at their they".split()),
}  # fmt: skip
_FEWEST_IN_FRAGMENT = 7
_FRAGMENT_SHARE = 0.3
_BILINGUAL = 0.3


def mixed_languages(case: Case) -> Iterator[Spot]:
    """The first sentence in the other language, unless the text is written in two languages throughout."""
    sentences = [(unit, words) for unit, words in case.tally.sentences if len(words) >= _FEWEST_IN_FRAGMENT]
    totals = {
        language: sum(count[word] for count in case.tally.words.values() for word in _FUNCTION_WORDS[language])
        for language in LANGUAGES
    }
    main, other = sorted(totals, key=lambda language: -totals[language])
    is_main, is_other = _FUNCTION_WORDS[main].__contains__, _FUNCTION_WORDS[other].__contains__
    found = [
        (unit, words)
        for unit, words in sentences
        if (others := sum(map(is_other, words))) >= _FRAGMENT_SHARE * len(words)
        and others > 3 * sum(map(is_main, words))
    ]
    if found and sum(len(words) for _, words in found) < _BILINGUAL * sum(len(words) for _, words in sentences):
        first, *rest = (unit for unit, _ in found)
        yield Spot(first.start, first.end, related=tuple((unit.start, unit.end) for unit in rest[: _EXAMPLES - 1]))


def _spot(analysis: Analysis, numbers: Sequence[int], value: str) -> Spot:
    """The first of these units, with the others as related places."""
    first, *others = ((analysis.units[number].start, analysis.units[number].end) for number in numbers)
    return Spot(*first, related=tuple(others), value=value)
