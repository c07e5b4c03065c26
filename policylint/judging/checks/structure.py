"""Checks of how a document hangs together: promised parts, paragraphs printed twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice

from policylint.analysis.units import Analysis, Unit
from policylint.document import BlockKind, Document
from policylint.judging.checks.case import Case, Spot
from policylint.judging.checks.tally import Sentence
from policylint.needles import near

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_GENERAL = frozenset(
    "hoe wij onze ons jouw jullie uw wat welke waar waarom wie wanneer het een van voor met door aan bij naar over "
    "zijn worden wordt kunnen hebben heeft deze dit dat die als ook niet geen hun "
    "perso gegev priva infor verwe gebru beleid belei verkl site website webs delen diens "
    "how our your you the and for with what which who why when are will this that these their about from not "
    "data policy polic proce use used using collect colle verza share stat state notice notic right recht".split()
)
"""Words and stems that any heading of a policy may hold: alike in these is not alike."""

_FEWEST_ENTRIES = 4
_MATCHING_ENTRIES = 0.5


def missing_section(case: Case) -> Iterator[Spot]:
    """Entries of a list of contents without their part, sections referred to by a title that is nowhere, and
    sentences that announce a list or part at the end of a section."""
    document = case.analysis.document
    text, narrow = case.text, case.narrow
    spots = [
        *_entries_without_part(document, text),
        *_titles_nowhere(text, narrow),
        *_announced_nothing(document, text, case),
        *_numbers_nowhere(document, text, case),
        *_sub_numbers_nowhere(document, text, case),
        *_annexes_nowhere(document, text, case),
        *_contact_nowhere(case, text, narrow),
    ]
    for start, end in sorted(set(spots)):
        yield Spot(start, end)


def _entries_without_part(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Entries of a list of which most have a heading, that share no telling word with a heading or the text."""
    for first, last in _contents_lists(document):
        entries = document.blocks[first:last]
        titles = frozenset[str]().union(
            *(
                _stems(text[block.start : block.end])
                for block in document.blocks[last:]
                if block.kind is BlockKind.HEADING
            )
        )
        wanted = [_stems(text[block.start : block.end]) for block in entries]
        matching = [bool((stems - _GENERAL) & titles) or frozenset() < stems <= titles for stems in wanted]
        if sum(matching) < max(_FEWEST_ENTRIES, _MATCHING_ENTRIES * len(entries)):
            continue
        telling = [
            frozenset[str]() if matches else stems - _GENERAL for stems, matches in zip(wanted, matching, strict=True)
        ]
        if any(telling):
            known = _stems(text[: entries[0].start]) | _stems(text[entries[-1].end :])
            for block, stems in zip(entries, telling, strict=True):
                if stems and not stems & known:
                    yield block.start, block.end


def _contents_lists(document: Document) -> Iterator[tuple[int, int]]:
    """Runs of contents entries or short items near the top of the document, as [first, last) block numbers."""
    blocks = document.blocks
    n = 0
    while n < min(len(blocks), _NEAR_THE_TOP):
        kind = blocks[n].kind
        last = n + 1
        if kind in (BlockKind.CONTENTS, BlockKind.ITEM):
            while last < len(blocks) and blocks[last].kind is kind:
                last += 1
            short = all(block.end - block.start <= _LONGEST_ENTRY for block in blocks[n:last])
            if last - n >= _FEWEST_ENTRIES and short:
                yield n, last
        n = last


_NEAR_THE_TOP = 40
_LONGEST_ENTRY = 120


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()))


_TITLE_REFERENCE = re.compile(
    r"\b(?:sectie|paragraaf|hoofdstuk|onderdeel|kopje|rubriek|vindt (?:u|je) onder|zie (?:ook )?onder|section|"
    r"heading|chapter|paragraph)(?: (?:getiteld|genaamd|headed|titled|entitled|called))? "
    r"\[?(?P<quote>[\"'])(?P<title>[A-Z][^\"\n]{8,90}?)(?P=quote)(?=[\s.,;)\]]|$)"
)
_TITLE_NEEDLES = (b' "', b" '", b'["', b"['")
_PART_WORDS = frozenset("sectie paragraaf hoofdstuk onderdeel punt section chapter paragraph clause".split())
_ARTICLE_WORDS = frozenset({"artikel", "article"})
_REACH = 250
"""Characters, more than any reference has."""
_ELSEWHERE = re.compile(
    r"[\"'\]]*,? (?:van (?:uw|je|de app|de browser|ons cookie)|in (?:uw|je|your|de instellingen)|"
    r"of (?:the|your|our cookie)|op (?:de|deze|onze) |on (?:the|our|your) )"
)
_MOST_REFERENCES = 100


def _titles_nowhere(text: str, narrow: bytes) -> Iterator[tuple[int, int]]:
    """Titles in quotation marks, referred to as parts of the text, that stand nowhere else in it."""
    lowered = ""
    for match in islice(near(_TITLE_REFERENCE, text, narrow, _TITLE_NEEDLES, _REACH), _MOST_REFERENCES):
        title = match["title"].strip(" ?.:").lower()
        lowered = lowered or text.lower()
        if not _stands_unquoted(title, lowered) and not _ELSEWHERE.match(text, match.end("title")):
            yield match.span("title")


def _stands_unquoted(title: str, text: str) -> bool:
    """Whether a title begins anywhere but inside a word and behind a quotation mark: by `find`, for texts are long."""
    place = text.find(title)
    while place >= 0:
        before = text[place - 1 : place]
        if not (before.isalnum() or (before and before in "_\"'")):
            return True
        place = text.find(title, place + 1)
    return False


_PART_NUMBER = re.compile(
    r"\b(?i:sectie|paragraaf|hoofdstuk|onderdeel|punt|section|chapter|paragraph|clause) "
    r"(?P<number>\d{1,2})(?:\.\d{1,2}){0,2}(?![\d(]|\.\d)(?P<after>.{0,40})"
)
_OWN_ARTICLE = re.compile(
    r"\b(?:artikel|article) (?P<number>\d{1,2})(?:\.\d{1,2})? "
    r"(?P<after>(?:van|in|uit) (?:deze|dit) \w*(?:beleid|verklaring|statement|policy|reglement|document)|"
    r"(?:of|in) this (?:privacy )?(?:policy|notice|statement|document)|hieronder|below)",
    re.IGNORECASE,
)
_OF_A_LAW = re.compile(
    r"\W{0,2}(?:lid\b|van de\b|van het\b|van die\b|uit\b|of the (?!polic|notice|statement)|"
    r"of (?:regul|direct|act|our terms|that)|"
    r"under the|AVG|UAVG|GDPR|BW|Tw|TDDDG|TTDSG|TMG|and \d)|[^.]{0,30}\b(?:Act|wet|Wet|wetboek|Code|Directive|"
    r"Regulation|voorwaarden|[Tt]erms)\b",
)
_OPENING_NUMBER = re.compile(
    r"(?:(?:artikel|article|hoofdstuk|chapter|section|paragraaf|§) ?)?(\d{1,2})(?=\D)", re.IGNORECASE
)
_FEWEST_PARTS = 4


def _numbers_nowhere(document: Document, text: str, case: Case) -> Iterator[tuple[int, int]]:
    """References to a numbered part of a text whose parts are numbered, but not that far."""
    blocks = document.blocks
    headings = {
        int(match[1])
        for block in blocks
        if block.kind is BlockKind.HEADING and (match := _OPENING_NUMBER.match(text[block.start : block.end]))
    }
    if len(headings) < _FEWEST_PARTS:
        return
    others: set[int] = set()
    for pattern, words in ((_PART_NUMBER, _PART_WORDS), (_OWN_ARTICLE, _ARTICLE_WORDS)):
        for match in islice(case.near(words, pattern, _REACH), _MOST_REFERENCES):
            others = others or _opening_numbers(document, text)
            there = int(match["number"]) in headings | others
            if not there and not _OF_A_LAW.match(match["after"]) and not _inside_link(document, match.start()):
                yield match.start(), match.start("after") if pattern is _PART_NUMBER else match.end()


def _opening_numbers(document: Document, text: str) -> set[int]:
    return {
        int(match[1])
        for block in document.blocks
        if (match := _OPENING_NUMBER.match(block.marker + text[block.start : block.end]))
    }


_SUB_NUMBER = re.compile(
    r"\b(?i:sectie|paragraaf|onderdeel|punt|artikel|section|paragraph|clause|article) "
    r"(?P<number>(?P<above>\d{1,2})\.\d{1,2})(?![\d(]|\.\d)(?P<after>.{0,40})"
)
_OPENING_SUB_NUMBER = re.compile(
    r"\W*(?:(?:artikel|article|section|paragraaf|clause|§) ?)?(\d{1,2}\.\d{1,2})(?!\d)", re.IGNORECASE
)
_FEWEST_SIBLINGS = 2


def _sub_numbers_nowhere(document: Document, text: str, case: Case) -> Iterator[tuple[int, int]]:
    """References to a part 3.5 of a text that has 3.1 and 3.2 and nothing numbered 3.5."""
    numbers = {
        match[1]
        for block in document.blocks
        if (match := _OPENING_SUB_NUMBER.match(block.marker + text[block.start : block.end]))
    }
    siblings = Counter(number.partition(".")[0] for number in numbers)
    if max(siblings.values(), default=0) < _FEWEST_SIBLINGS:
        return
    for match in islice(case.near(_PART_WORDS | _ARTICLE_WORDS, _SUB_NUMBER, _REACH), _MOST_REFERENCES):
        if (
            match["number"] not in numbers
            and siblings[match["above"]] >= _FEWEST_SIBLINGS
            and not _OF_A_LAW.match(match["after"])
            and not _inside_link(document, match.start())
            and not re.search(rf"(?<![\w.]){re.escape(match['number'])}\.? [A-Z]", text)
        ):
            yield match.start(), match.end("number")


def _inside_link(document: Document, place: int) -> bool:
    first = bisect_right(document.links, place, key=lambda link: link.end)
    return first < len(document.links) and document.links[first].start <= place


_ANNEX = re.compile(
    r"\b(?P<name>bijlage|annex|appendix|schedule) (?P<sign>\d{1,2}|[A-Z]\b|[IVX]{1,4}\b)"
    r"[^.]{0,40}?\b(?:hieronder|onderaan|achteraan|bij (?:deze|dit)|van (?:deze|dit)|below|at the end|to this|of this)",
    re.IGNORECASE,
)
_ANNEX_WORDS = frozenset({"bijlage", "annex", "appendix", "schedule"})


def _annexes_nowhere(document: Document, text: str, case: Case) -> Iterator[tuple[int, int]]:
    """Annexes said to belong to the text, of which no line opens with the name."""
    openings: set[str] = set()
    for match in islice(case.near(_ANNEX_WORDS, _ANNEX, _REACH), _MOST_REFERENCES):
        title = f"{match['name']} {match['sign']}".lower()
        openings = openings or {text[block.start : block.start + 14].lower() for block in document.blocks}
        if not any(opening.startswith(title) for opening in openings) and not _inside_link(document, match.start()):
            yield match.start(), match.end("sign")


_CONTACT_BELOW = re.compile(
    r"\b(?:(?:contactgegevens|adresgegevens|contact ?informatie|e-mailadres|telefoonnummer|adres)\b[^.:\n]{0,40}"
    r"\b(?:hieronder|onderaan|hierna|aan het (?:eind|einde|slot))\b|"
    r"\b(?:onderstaande?|hieronder (?:vermelde|genoemde)|onderaan (?:vermelde|genoemde)) "
    r"(?:contactgegevens|e-?mail\w*|adres|telefoonnummer|gegevens om contact)|"
    r"(?:contact (?:details|information)|e-?mail address|address|phone number)\b[^.:\n]{0,40}"
    r"\b(?:below|at the (?:end|bottom))\b)",
    re.IGNORECASE,
)
_BELOW_NEEDLES = (
    *(b"hieronder", b"onderaan", b"hierna", b"aan het eind", b"aan het slot", b"onderstaand"),
    *(b"below", b"at the end", b"at the bottom"),
)
_SOME_CONTACT = re.compile(
    r"@|^\W*(?:e-?mail|tel|telefoon|phone|adres|address|postbus|post)\b", re.IGNORECASE | re.MULTILINE
)
CONTACT = frozenset({"email", "phone", "postal-address", "url", "link"})
"""Values of which one keeps the promise of contact details further down."""


def _contact_nowhere(case: Case, text: str, narrow: bytes) -> Iterator[tuple[int, int]]:
    """Contact details that are said to stand below, with no address, number or link from there on."""
    units, by_name = case.analysis.units, case.analysis.by_name
    last = max((units[by_name[name][-1]].end for name in CONTACT if by_name.get(name)), default=0)
    for match in islice(near(_CONTACT_BELOW, text, narrow, _BELOW_NEEDLES, _REACH, last), _MOST_REFERENCES):
        if last <= match.end() and not _SOME_CONTACT.search(case.analysis.document.text, match.end()):
            yield match.span()


_ANNOUNCES = re.compile(
    r"(?:\b(?:de|het|the) (?:volgende|onderstaande|following)\b[^.:\n]{0,80}|"
    r"\b(?:hieronder|als volgt|as follows|below)\b[^.:\n]{0,40}|\b(?:to|om|voor|namelijk|include|includes|are)\s?):$",
    re.IGNORECASE,
)


def _last_unit(analysis: Analysis, block: int) -> Unit | None:
    """The last unit of a block, None for one without."""
    number = bisect_right(analysis.units, block, key=lambda unit: unit.block) - 1
    return analysis.units[number] if number >= 0 and analysis.units[number].block == block else None


def _announced_nothing(document: Document, text: str, case: Case) -> Iterator[tuple[int, int]]:
    """Sentences that announce what follows, with nothing behind them in their section."""
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if text[block.end - 1] != ":" or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        level = document.sections[block.section].level
        ends = following is None or (
            following.kind is BlockKind.HEADING and document.sections[following.section].level <= level
        )
        unit = _last_unit(case.analysis, number) if ends else None
        if unit is None or not _ANNOUNCES.search(text, max(unit.start, unit.end - 160), unit.end):
            continue
        # Where levels are muddled, the headings that follow may be what is announced: they speak of the same.
        title = _stems(text[following.start : following.end]) if following is not None else frozenset()
        if not (_stems(text[unit.start : unit.end]) - _GENERAL) & title:
            yield unit.start, unit.end


_GRAM = 5
_Gram = tuple[str, str, str, str, str]
"""Words in a row."""
_FEWEST_WORDS = 18
_SAME = 0.8
_MOST_WORDS = 200_000


def doubled_paragraph(case: Case) -> Iterator[Spot]:
    """Long sentences that stand in one earlier paragraph too, (almost) word for word; adjacent ones are one spot.

    The related place is the earlier paragraph. What stands there three times is the build of the text, no slip.
    Only the first 200,000 words are compared.
    """
    again: dict[int, dict[int, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    for number, earlier, spot in _repeated(case):
        spots = again[earlier][number]
        if spots and spots[-1].end + 1 >= spot.start:
            spot = spots.pop()._replace(end=spot.end)
        spots.append(spot)
    found = [spot for later in again.values() if len(later) == 1 for spots in later.values() for spot in spots]
    yield from sorted(found, key=lambda spot: spot.start)


def _repeated(case: Case) -> Iterator[tuple[int, int, Spot]]:
    """Sentences that an earlier block holds too: number of the block, of the earlier block, spot."""
    blocks = case.analysis.document.blocks
    read: list[tuple[Sentence, list[_Gram]]] = []
    words = 0
    for _, sentences in groupby(case.sentences, key=lambda sentence: sentence.unit.block):
        if words > _MOST_WORDS:
            break
        for sentence in sentences:
            words += len(sentence.words)
            read.append((sentence, _grams(sentence.words)))
    first: dict[_Gram, int] = {}
    for sentence, grams in reversed(read):
        first.update(dict.fromkeys(grams, sentence.unit.block))
    for sentence, grams in read:
        number = sentence.unit.block
        if len(sentence.words) >= _FEWEST_WORDS and min(map(first.__getitem__, grams)) < number:
            earlier = _earlier(grams, first, number)
            if earlier is not None:
                place = (blocks[earlier].start, blocks[earlier].end)
                yield number, earlier, Spot(sentence.unit.start, sentence.unit.end, related=(place,))


def _grams(words: Sequence[str]) -> list[_Gram]:
    return list(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))


def _earlier(grams: Sequence[_Gram], first: Mapping[_Gram, int], number: int) -> int | None:
    """The block before this one that holds nearly all words of a sentence with these runs of words, if there is one."""
    blocks = Counter(block for gram in grams if (block := first[gram]) < number)
    best, shared = blocks.most_common(1)[0]
    wanted = _SAME * (len(grams) + _GRAM - 1)
    if shared * _GRAM < wanted:
        return None
    covered = {word for n, gram in enumerate(grams) if first[gram] == best for word in range(n, n + _GRAM)}
    return best if len(covered) >= wanted else None
