"""Checks of what was left behind: template texts, addresses that cannot be right, sentences cut off."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from policylint.document import Block, BlockKind, Document
from policylint.judging.checks.case import Case, Spot
from policylint.judging.checks.words import misspelt_domains
from policylint.needles import around, near

_TAG = r"(?:li|ul|ol|p|div|span|strong|em|b|i|a|br|table|td|tr|h[1-6])"
_RESIDUE = re.compile(
    rf"(?<=[\w.,;:!?)])</?{_TAG}(?: [^<>\n]{{0,100}})?/?>|(?<=\w)/{_TAG}>|(?<=\w)</?{_TAG}(?=[\s.,]|$)|"
    r"&(?:nbsp|amp|quot|lt|gt|[a-z]{1,5}(?:acute|grave|uml|cedil)|#\d{2,4});|"
    r"(?<=[\w.!?:;])(?:\[[a-z]{1,2}\]){2,}(?=\s|$)|\b(?:Opmerking|Commented|Comment) \[[A-Z]{1,4}\d{1,3}\]|"
    r"\[\s?[•●]\s?\]|"
    r"(?<![\w-])\[/?[a-z]+(?:_[a-z]+)+(?:\s[^\[\]\n]{0,200})?\]|"
    r"(?<![\w-])\[[a-z][\w-]{2,30}(?: [a-z_-]{2,20}=[\"“”'][^\"“”'\[\]\n]{0,80}[\"“”']){1,6}[^\[\]\n]{0,60}\]|"
    r"\b(?:06|\+31 ?6)[- ]?12 ?34 ?56 ?78\b|\b0\d{2}[- ]?123 ?45 ?67\b|\b0123[- ]456 ?789\b|\b012[- ]345 ?67 ?89\b|"
    r"(?<!\d)\(?555\)?[- ]555[- ]5555\b|(?<=\D )(?:12345678|123456789)(?!\d)"
)
"""Stray tags, entities and shortcodes, marks that a word processor puts for comments, blanks of lawyers' models,
and numbers that only count up."""
_RESIDUE_START = re.compile(r"<|/|&|\[|\(|\+|0|1|5|Opmerking|Comment")
"""What each of them begins with: few characters of a text are, and a search for those alone is fast."""


# What a form asks of the reader in these very words.
_ASKED_OF_READERS = ("uw bedrijfsnaam", "jouw bedrijfsnaam")


def leftover_text(case: Case) -> Iterator[Spot]:
    """Placeholders, notes to oneself (concept `template-note`) and machine residue.

    An address that is only an example (concept `example-of-address`) is none.
    """
    analysis = case.analysis
    spots = []
    for name in ("placeholder", "template-note"):
        for number in analysis.by_name.get(name, ()):
            unit = analysis.units[number]
            if name == "placeholder" and "example-of-address" in unit.hits:
                continue
            spots += [
                unit.span(hit)
                for hit in unit.hits[name]
                if hit.value not in _ASKED_OF_READERS
                and not ("blank-for-reader" in unit.hits and str(hit.value).startswith(("__", "..")))
            ]
    text = analysis.document.text
    starts = (start.start() for start in _RESIDUE_START.finditer(text))
    spots += [match.span() for start in starts if (match := _RESIDUE.match(text, start))]
    reached = 0
    for start, end in sorted(set(spots)):
        if start >= reached:
            yield Spot(start, end)
            reached = end


_URL_START = re.compile(r"h ?t ?t ?p|hht|httt|htps?:|www|ww\.")
_BROKEN_URL = re.compile(
    r"(?:h ttps?|ht tps?|htt ps?|http s):?//\S+|"  # a space in the scheme
    r"https?:/(?!/)[\w.-]+\S*|"
    r"https?//:?\S+|"
    r"https?:///+\S+|"
    r"https?://(?:https?:|www\.?(?=[\s)]))\S*|"
    r"https?:(?:(?://)? )?www\.[\w.-]+|"
    r"(?:htps?|hhtt?ps?|httt+ps?|httpps?):/\S*|https?(?:;/|:\\)\S+|"
    r"https?://(?:localhost|127\.0\.0\.1)\b\S*|"
    r"(?:wwww+|ww)\.[\w-]+\.\S+|www\.[a-z0-9-]{2,60},(?:nl|be|com|org|net|eu)\b|"
    r"www\.[a-z0-9-]{2,60}(?=[\s;)]|[.,](?:\s|$)|$)|"
    r"www[.,] ?(?<=[, ])[a-z0-9-]+\.[a-z]{2,4}\b|"
    r"https?://[^\s()]{4,300}[\w/]- [a-z][\w-]*/?(?=[-/\w]*[\s).,]|$)"  # broken off at a hyphen
)
_ENDING = r"(?:nl|be|com|org|net|eu|uk|ie)"
_BROKEN_MAIL = re.compile(
    r"(?<![\w.@+-])(?:"
    r"(?:mailto@)?[\w.+-]{1,64}@[\w.-]{1,80}@[\w.-]{1,80}|"
    r"[\w.+-]{2,64}@@[\w.-]{1,80}|"
    rf"[\w.+-]{{1,64}}@ (?:[a-z0-9-]{{2,40}}\.){{1,2}}{_ENDING}\b|"
    r"(?:info|privacy|contact|support|avg|gdpr|dpo|fg|mail|hello|hallo|administratie|klantenservice) "
    rf"@[a-z0-9-]{{2,40}}\.{_ENDING}\b|"
    rf"[\w.+-]{{1,64}}@[a-z0-9-]{{2,40}}(?:[,;_]{_ENDING}| \.{_ENDING}|\. (?:nl|com|org|net)(?=[\s.,;)]|$))\b|"
    rf"[\w.+-]{{1,64}}@[\w-]{{2,40}}(?:\.(?P<end>{_ENDING})\.(?P=end))(?![\w-]|\.\w)|"
    r"[\w.+-]{1,64}@(?:\.|-|www\.)[\w.-]{2,60}|[\w+-]{1,64}\.@[\w.-]{2,60}|"
    r"[\w.+-]{2,64}@[a-z][a-z0-9-]{2,40}(?=[\s,;)]|\.(?:\s|$)|$)(?!\s?(?:[\[({.]|punt|dot)\s?\S)|"
    r"[\w.+-]{1,64}@[a-z0-9-]{2,40}\.\.[a-z]{2,6}\b)"
)
_LONGEST_MAIL = 70
_NO_MAIL = re.compile(
    r"\b(?:e-?mail\w*|mail(?:en)?)(?: (?:ons|us))?(?::| naar| to| at| op) (?P<handle>@[a-z0-9-]{2,40}\.[a-z]{2,4})\b|"
    r"\b(?:e-?mail\w*|mail\w*|schrijf|stuur\w*|bereik\w*|contact\w*|write|reach|send|call|bel)\b[^.\n]{0,60}"
    r"(?P<nothing>\b(?:naar|op|via|aan|at|to|on|by|e-?mail|e-?mailadres|address|nummer|"
    r"telefoonnummer|number):? \.)(?=\s|$)|"
    r"\b(?:e-?)?mail(?:en)?(?: (?:ons|us))? (?P<gone>(?:naar|to|at) (?:of|or) (?:bel|call|schrijf|write|via|by))\b",
    re.IGNORECASE,
)
_NO_MAIL_NEEDLES = (b" @", b" .", b"ar of ", b"ar or ", b"to of ", b"to or ", b"at of ", b"at or ")
_MAIL_TO_DOMAIN = re.compile(
    r"\b(?:e-?mail\w*|mail\w*)\b[^.\n]{0,30}\b(?:naar|to|at|op|via) "
    rf"(?P<domain>(?:info|privacy|contact|support|avg|gdpr)[a-z0-9-]{{3,40}}\.{_ENDING})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_MAILBOXES = (b"info", b"privacy", b"contact", b"support", b"avg", b"gdpr")
_REACH = 250
"""Characters, more than any of these matches has."""
_MAIL_LABEL = re.compile(r"(?<!\w)e-?mail(?:-?adres| address)?\s?:\s*", re.IGNORECASE)
_NO_AT = re.compile(
    r"(?!www\.)[a-z0-9][a-z0-9-]{2,62}(?:\.[a-z0-9-]{2,62}){0,2}\.(?:[a-z]{2,3}|info|example)(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[\w-]{3,63}\.(?:nl|be|com|org|net|eu|co\.uk|ie)\)")
_LONGEST_ENDING = len(".co.uk)")
_STUB = re.compile(r"\b(?:via|op|naar|at|to|on) ([a-z][a-z0-9-]{3,30})\.?$")
_REACHING = re.compile(r"\b(?:contact|mail\w*|schrijf|bereik\w*|write|reach|e-mail\w*)\b", re.IGNORECASE)
_POINTS_AT = re.compile(
    r"(?:(?<!dit )(?<!deze )(?<!this )(?<!our )(?<!ons )"
    r"\b(?:privacybeleid|privacyverklaring|privacy ?statement|cookiebeleid|privacy policy|cookie policy)"
    r"(?: (?:van|of) [\w. -]{2,40})?|"
    r"\b(?:via|op) (?:de|deze|onderstaande|volgende)(?: volgende)? (?:link|website|pagina|url)|"
    r"\b(?:at|via) the(?: following)? (?:link|website|page|url|address))\s?:$",
    re.IGNORECASE,
)
_SAYS_WHERE = re.compile(
    r"\b(?:vind\w*|lees|lezen|zie|raadpleeg|raadplegen|bekijk\w*|meer informatie|find|found|see|read|visit|consult|"
    r"more information)\b",
    re.IGNORECASE,
)
_LONGEST_POINTER = 200
_LEADS_ON = re.compile(
    r"https?:|www\.|@|\w\.(?:nl|be|com|org|net|eu|uk|ie|io|example)\b|\d{4}|^[\"'(\[•-]", re.IGNORECASE
)
_EXTERNAL = re.compile(
    r"\((?:link is external|externe link|external link|opens in a new (?:tab|window))\)", re.IGNORECASE
)
_SHORTEST_SENTENCE = 8


def broken_contact(case: Case) -> Iterator[Spot]:
    """E-mail addresses and links that cannot be right as printed."""
    document = case.analysis.document
    text, narrow = case.text, case.narrow
    spots = {
        *_broken_addresses(text),
        *_broken_targets(document, text),
        *_addresses_without_at(document, text, narrow),
        *misspelt_domains(case),
        *_left_empty(case),
        *_closed_not_opened(case),
        *_stubs(document, text),
        *_pointers_to_nothing(document, text),
    }
    reached = 0
    for start, end in sorted(spots):
        if start >= reached:
            yield Spot(start, end)
            reached = end


def _broken_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Addresses that are wrong by their own characters."""
    for found in _URL_START.finditer(text):
        before = text[found.start() - 1 : found.start()]
        match = _BROKEN_URL.match(text, found.start())
        if match is not None and not before.isalnum():
            yield found.start(), match.start() + len(match.group().rstrip(".,;:)"))
    at = text.find("@")
    while at >= 0:
        limit = at + 2 * _LONGEST_MAIL
        match = _BROKEN_MAIL.search(text, max(0, at - _LONGEST_MAIL), limit)
        if match is not None and match.end() < limit - 2:  # not one that the window cut off
            yield match.start(), match.start() + len(match.group().rstrip("."))
        at = text.find("@", match.end() if match is not None and match.end() > at else at + 1)


def _broken_targets(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Links whose target is no address, and labels that lost their link."""
    for link in document.links:
        target = link.target.strip()
        label = text[link.start : link.end]
        is_address = _NO_AT.fullmatch(label) is not None or "@" in label
        if (
            target.lower().startswith(("mailto@", "http//", "https//", "htp:", "htps:", "file:"))
            or not link.target
            or target.lower() in ("mailto:", "http://", "https://")
            or re.match(r"https?://(?:localhost|127\.0\.0\.1)\b", target, re.IGNORECASE)
            or (target.lower().startswith("mailto:") and not _plausible_mail(target[7:]))
            or re.match(r"https?:/(?!/)|https?:///", target, re.IGNORECASE)
            or (is_address and re.fullmatch(r"\w{0,20}", target))
        ):
            yield link.start, link.end
    if document.links:
        ends = [link.end for link in document.links]
        for match in _EXTERNAL.finditer(text):
            before = bisect_left(ends, match.start() - 3)
            if not (before < len(ends) and ends[before] <= match.end()):
                start = text.rfind(" ", 0, max(0, match.start() - 1)) + 1
                yield start, match.end()


def _plausible_mail(address: str) -> bool:
    """Whether a mail link leads somewhere; an empty one, or one that a template fills in, is not judged."""
    local = address.partition("?")[0].strip()
    return (
        not local or "{" in local or "%" in local or (local.count("@") == 1 and not local.endswith("@")) or "," in local
    )


def _addresses_without_at(document: Document, text: str, narrow: bytes) -> Iterator[tuple[int, int]]:
    """A label "e-mail:" with a domain behind it, in the same block or alone in the next."""
    for match in near(_MAIL_LABEL, text, narrow, (b"mail",), _REACH):
        domain = _NO_AT.match(text, match.end())
        if domain is not None and not _has_link(document, *domain.span()):
            yield domain.span()


def _left_empty(case: Case) -> Iterator[tuple[int, int]]:
    """Places where an address should stand: "mail ons op .", a label "e-mail:" at the end of a section."""
    document, text, narrow = case.analysis.document, case.text, case.narrow
    boxes = [place for place in case.domains if narrow.startswith(_MAILBOXES, narrow.rfind(b" ", 0, place) + 1)]
    for match in chain(
        near(_NO_MAIL, text, narrow, _NO_MAIL_NEEDLES, _REACH), around(_MAIL_TO_DOMAIN, text, boxes, _REACH)
    ):
        start, end = match.span(match.lastgroup or 0)
        if not _has_link(document, start, end):
            yield start, end
    for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        ends = following is None or following.kind is BlockKind.HEADING
        if ends and text[block.end - 1] == ":" and block.kind in _RUNNING:
            label = _LAST_LABEL.search(text, max(block.start, block.end - _LONGEST_STUB), block.end)
            if label is not None:
                yield label.start(), block.end


def _has_link(document: Document, start: int, end: int) -> bool:
    """Whether a link touches [start, end)."""
    first = bisect_left(document.links, start + 1, key=lambda link: link.end)
    return first < len(document.links) and document.links[first].start < end


def _closed_not_opened(case: Case) -> Iterator[tuple[int, int]]:
    """Domains before a closing bracket that nobody opened."""
    text = case.text
    if not any(text.find(")", place, place + _LONGEST_ENDING) > 0 for place in case.domains):
        return
    for block in case.analysis.document.blocks:
        if text.count("(", block.start, block.end) < text.count(")", block.start, block.end):
            depth, reached = 0, block.start
            for match in _CLOSED.finditer(text, block.start, block.end):
                depth += text.count("(", reached, match.end()) - text.count(")", reached, match.end())
                reached = match.end()
                if depth < 0:
                    yield match.span()


def _stubs(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Ends of blocks where an address broke off: "mail naar" and a name that elsewhere has its capital."""
    words: Counter[str] | None = None
    for block in document.blocks:
        if block.kind not in _RUNNING:
            continue
        stub = _STUB.search(text, max(block.start, block.end - _LONGEST_STUB), block.end)
        if stub is not None and _REACHING.search(text, max(block.start, block.end - 160), block.end):
            words = words or Counter(_LONE_WORD.findall(text))
            if words[stub[1].capitalize()] >= _OFTEN and words[stub[1]] == 1:
                yield stub.span(1)


def _pointers_to_nothing(document: Document, text: str) -> Iterator[tuple[int, int]]:
    """Colons behind the name of a page or policy, with a sentence or heading behind them instead of its address."""
    for block, following in pairwise(document.blocks):
        if text[block.end - 1] == ":" and block.kind in _RUNNING:
            pointer = _POINTS_AT.search(text, max(block.start, block.end - 100), block.end)
            words = text[following.start : following.end]
            goes_on = following.kind is BlockKind.PARAGRAPH and words.count(" ") >= _SHORTEST_SENTENCE
            if (
                pointer is not None
                and _SAYS_WHERE.search(text, max(block.start, block.end - _LONGEST_POINTER), block.end)
                and (following.kind is BlockKind.HEADING or (goes_on and not _LEADS_ON.search(words[:120])))
                and not _has_link(document, block.start, following.end)
            ):
                yield pointer.span()


_LAST_LABEL = re.compile(
    r"\b(?:e-?mail(?:-?adres| address)?|(?:deze|onderstaande|volgende|this|following) (?:link|website|pagina|page))"
    r"(?: is| at| to| op| naar)?\s?:$",
    re.IGNORECASE,
)
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_LONGEST_STUB = 60
_OFTEN = 3
_LONE_WORD = re.compile(r"(?<![\w.@/-])[\w-]+(?![\w@]|\.\w)")

_NEVER_LAST = {
    "nl": re.compile(r"(?<!,) (?:de|het|een|onze|uw|jouw|mijn|en/of|zoals|tenzij|omdat|waarvan)\.?$"),
    "en": re.compile(r"(?<!,) (?:the|an|our|your|their|its|and/or|such as|unless|because|whose|including)\.?$"),
}


def cut_off(case: Case) -> Iterator[Spot]:
    """Paragraphs that end in a word that cannot end a sentence, and brackets or quotations never closed."""
    document = case.analysis.document
    text = case.text
    languages = {unit.block: unit.language for unit in case.analysis.units}
    for number, block in enumerate(document.blocks):
        if block.kind not in _RUNNING:
            continue
        own = text[block.start : block.end]
        following = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
        never_last = _NEVER_LAST.get(languages.get(number, case.language))
        last = never_last.search(own[-40:]) if never_last else None
        ahead = text[following.start : following.end] if following is not None else ""
        ends = own.endswith(".") or following is None or following.kind is BlockKind.HEADING
        if last is not None and ends and own.count(" ") >= _FEWEST_SPACES:
            yield _tail(own, block)
        elif own.startswith('"') and own.count('"') == 1 and '"' not in ahead:
            yield Spot(block.start, block.end)
        elif _bracket_left_open(own, ahead):
            yield Spot(block.start + own.rfind("("), block.end)


_FEWEST_SPACES = 4
_TAIL = 8


def _tail(own: str, block: Block) -> Spot:
    """The last words of a block."""
    words = own.split(" ")
    return Spot(block.end - len(" ".join(words[-_TAIL:])), block.end)


def _bracket_left_open(own: str, ahead: str) -> bool:
    """Whether a block that ends as a sentence opens a bracket that neither it nor the next one closes."""
    if own[-1] not in ".!?;" or own.endswith("...") or "(" not in own:
        return False
    return own.count("(") == own.count(")") + 1 and ")" not in own[own.rfind("(") :] + ahead
