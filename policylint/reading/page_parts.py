"""The parts of a web page: which of them hold the policy, and which surround the text of any page of the site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from policylint.reading.assembly import Piece
from policylint.reading.page import Element, End, Page
from policylint.reading.thresholds import SMALL_PICTURE

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p "
    "pre search section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_AROUND_TAGS = frozenset(("nav", "aside", "form", "search", "menu"))
_AROUND_ROLES = frozenset("navigation banner contentinfo complementary search menu menubar toolbar form".split())
_AROUND_NAMES = re.compile(
    r"(?<![\w-])(?:(?:site|page|main|top|primary|secondary|mobile|global|header|footer|sub|nav|entry|post)[-_]*)?"
    r"(?:nav|navbar|navigation|navigatie|menu|menus|breadcrumbs?|kruimelpad|share|sharing|social|socials|sharedaddy|"
    r"social[-_](?:links|media|icons|share|buttons)|share[-_]buttons|related|related[-_]posts|sidebar|widget[-_]area|"
    r"pagination|pager|comments|newsletter|nieuwsbrief|topbar|skip[-_]link|back[-_]to[-_]top|offcanvas|modal|popup)"
    r"(?![\w-])|addtoany|yarpp",
    re.IGNORECASE,
)
_EDGE_NAMES = re.compile(
    r"(?<![\w-])(?:site|page|main|global)?[-_]*(?:header|footer|masthead|colophon)(?![\w-])", re.IGNORECASE
)
_CONSENT = re.compile(
    r"cookiebot|onetrust|ot-sdk|cmplz|\bcky-|borlabs|didomi|usercentrics|cookieconsent|eu-cookie|moove_gdpr|\bcc-window|"
    r"privacy[-_ ]?(?:bar|banner|popup)\b|"
    r"(?:cookies?|gdpr|avg|consent)[-_ ]?(?:bar|banner|consent|notice|popup|pop-up|modal|dialog|law|message|"
    r"melding|balk|overlay|alert)\b",
    re.IGNORECASE,
)
_POLICY_WORDS = re.compile(
    r"persoonsgegevens|persoonlijke gegevens|personal (?:data|information)|privacy|AVG|GDPR", re.IGNORECASE
)
_PROSE_CHARACTERS, _PROSE_SPACES = 60, 7
# So much running text is no menu and no banner; with these words in it, it is a policy in an odd place.
_MUCH_PROSE = 400
_POLICY_PROSE, _POLICY_MENTIONS = 1500, 3
_MENU_LINKS = 4
_PAGE_NUMBER = 8
_DECORATION = re.compile(
    r"logo|icon|avatar|emoji|flag|badge|pixel|spacer|banner|hero|header|background|presentation|\.svg\b|\.gif\b|\.ico\b|"
    r"image/(?:svg|gif)",
    re.IGNORECASE,
)
_NAME_SEEN = 500
_HOSTS_SEEN = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """What to leave out of a page (outermost elements), and the share of its visible text that it is."""

    left_out: frozenset[Element]
    share: float


def find_policy(page: Page) -> Parts:
    """Find what surrounds the policy. In doubt text stays: what is left out cannot be judged."""
    amounts = _Amounts(page)
    around = [element for element in _shown_elements(page) if _is_around(element, amounts)]
    main = _main(page, amounts, around)
    choices = [
        [*around, *_outside(page, main), *_menus(page, amounts)],
        [element for element in around if element.tag == "nav" or _CONSENT.search(_names(element))],
    ]
    for choice in choices:
        outer = _outermost(choice)
        characters = sum(amounts.characters_in(element) for element in outer)
        much = 2 * sum(amounts.prose_in(element) for element in outer) > amounts.prose[-1]
        if not much and characters < amounts.characters[-1]:
            return Parts(frozenset(outer), characters / max(amounts.characters[-1], 1))
    return Parts(frozenset(), 0.0)


class _Amounts:
    """How much visible text of which sort stands before each event of a page."""

    def __init__(self, page: Page) -> None:
        size = len(page.events) + 1
        characters, linked, links, controls, prose, mentions = ([0] * size for _ in range(6))
        self._linking: list[int] = []
        self._hosts: list[str] = []
        current: Element | None = None
        link: Element | None = None
        block: list[str] = []
        block_linked = 0
        last = 0
        for n, event in enumerate(page.events, start=1):
            if isinstance(event, Piece):
                if current is None or current.shown:
                    length = len(event.text) if len(event.text) < 2 else len(" ".join(event.text.split()))
                    characters[n] = length
                    block.append(event.text)
                    last = n
                    if link is not None:
                        linked[n] = length
                        block_linked += length
                continue
            element = event.element if isinstance(event, End) else event
            if element.tag in BLOCKS and block:
                prose[last], mentions[last] = _prose("".join(block), block_linked)
                block, block_linked = [], 0
            if isinstance(event, Element):
                current = event
                controls[n] = event.tag in ("a", "button", "input")
                if event.tag == "a" and event.shown and event.get("href").strip("#"):
                    link = event
                    if not event.get("href").startswith("#"):
                        links[n] = 1
                        self._linking.append(n)
                        self._hosts.append(_host(event.get("href")))
            else:
                current = element.parent
                link = None if element is link else link
        self.characters, self.linked, self.links, self.controls, self.prose, self.mentions = (
            list(accumulate(amount)) for amount in (characters, linked, links, controls, prose, mentions)
        )

    def characters_in(self, element: Element) -> int:
        """Characters of visible text."""
        return _within(self.characters, element)

    def prose_in(self, element: Element) -> int:
        """Characters of running text."""
        return _within(self.prose, element)

    def links_in(self, element: Element) -> int:
        """Links to other pages."""
        return _within(self.links, element)

    def can_be_answered(self, element: Element) -> bool:
        """Whether there is something to click in it, as in every request for consent."""
        return _within(self.controls, element) > 0

    def hosts_in(self, element: Element) -> set[str]:
        """The sites that the first links lead to; the empty name is this site."""
        first = bisect_right(self._linking, element.opened)
        last = bisect_right(self._linking, element.closed)
        return set(self._hosts[first : min(last, first + _HOSTS_SEEN)])

    def link_share(self, element: Element) -> float:
        """Share of the text that is linked."""
        return _within(self.linked, element) / max(self.characters_in(element), 1)

    def is_policy(self, element: Element) -> bool:
        """Whether so much running text about personal data stands here that it must be read wherever it is."""
        return self.prose_in(element) >= _POLICY_PROSE and _within(self.mentions, element) >= _POLICY_MENTIONS


def _within(amount: list[int], element: Element) -> int:
    return amount[element.closed] - amount[element.opened]


def _prose(text: str, linked: int) -> tuple[int, int]:
    """Characters of running text in a block and how often it speaks of personal data."""
    text = " ".join(text.split())
    if len(text) < _PROSE_CHARACTERS or text.count(" ") < _PROSE_SPACES or 2 * linked > len(text):
        return 0, 0
    return len(text), sum(1 for _ in _POLICY_WORDS.finditer(text))


def _host(href: str) -> str:
    return href.split("/", 3)[2].lower() if "//" in href[:8] and href.count("/") >= 2 else ""


def _names(element: Element) -> str:
    return f"{element.get('class')} {element.get('id')}"


def _shown_elements(page: Page) -> Iterator[Element]:
    return (event for event in page.events if isinstance(event, Element) and event.shown)


def _is_around(element: Element, amounts: _Amounts) -> bool:
    """Whether the element serves the site and not the text: a menu, a banner, a form, a list of articles."""
    if element.tag in ("html", "body", "main", "article", "a") or element.tag in _HEADINGS:
        return False
    names = _names(element)
    prose = amounts.prose_in(element)
    if 2 * prose > amounts.prose[-1]:
        return False
    if _CONSENT.search(names):
        return amounts.can_be_answered(element) and not amounts.is_policy(element)
    if amounts.is_policy(element):
        return False
    if element.tag in ("header", "footer") or _EDGE_NAMES.search(names):
        return _is_edge(element, amounts)
    if element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog"):
        return True
    if element.tag == "button":
        in_text = element.parent is not None and element.parent.tag in ("p", "li", "td", "span")
        return not in_text and not is_disclosure(element)
    if element.tag == "div" and element.get("title") in ("header", "footer"):
        # A word processor's, with the number of the page.
        return amounts.characters_in(element) <= _PAGE_NUMBER
    if element.tag == "aside" and not amounts.links_in(element):
        return False
    if element.tag in _AROUND_TAGS or element.get("role") in _AROUND_ROLES or _AROUND_NAMES.search(names):
        return prose < _MUCH_PROSE or amounts.link_share(element) > 0.5
    return False


def is_disclosure(element: Element) -> bool:
    """Whether a click on the element shows the text that it is the title of."""
    if element.tag in ("html", "body") or element.get("aria-haspopup"):
        return False
    if "aria-expanded" in element.attributes or "aria-controls" in element.attributes:
        return True
    opens = element.get("data-toggle") or element.get("data-bs-toggle")
    return opens == "collapse" or (element.tag in ("a", "button") and "accordion" in _names(element).lower())


def may_hold_text(element: Element) -> bool:
    """Whether a picture may be one of text: not small, and by its names no decoration."""
    sides = [element.get(side).removesuffix("px") for side in ("width", "height")]
    if any(side.isdecimal() and len(side) < 6 and int(side) < SMALL_PICTURE for side in sides):
        return False
    return not _DECORATION.search(f"{_names(element)} {element.get('src')[:_NAME_SEEN]} {element.get('role')}")


def _is_edge(element: Element, amounts: _Amounts) -> bool:
    """Whether a header or footer is that of the site: it does not belong to an article, and links lead elsewhere."""
    parent = element.parent
    while parent is not None:
        if parent.tag in ("main", "article", "section", "blockquote") or parent.get("role") in ("main", "article"):
            return False
        parent = parent.parent
    return amounts.links_in(element) >= _MENU_LINKS or amounts.link_share(element) > 0.3


def _main(page: Page, amounts: _Amounts, around: list[Element]) -> Element | None:
    """The element that the page names as its main part, if most running text stands there."""
    outside = sum(amounts.prose_in(element) for element in _outermost(around))
    rest = amounts.prose[-1] - outside
    for is_main in (_says_main, _says_article):
        found = _outermost(filter(is_main, _shown_elements(page)))
        best = max(found, key=amounts.prose_in, default=None)
        if best is not None and amounts.prose_in(best) > 0 and amounts.prose_in(best) >= 0.6 * rest:
            return best
    return None


def _says_main(element: Element) -> bool:
    return element.tag == "main" or element.get("role") == "main"


def _says_article(element: Element) -> bool:
    return element.tag == "article" or element.get("role") == "article"


def _outside(page: Page, main: Element | None) -> Iterator[Element]:
    """The elements outside `main`; the way down to it and the title of the page are not among them."""
    if main is None:
        return
    titles = [e for e in _shown_elements(page) if e.tag == "h1"]
    kept = titles if not any(main.opened < title.opened < main.closed for title in titles) else []
    path: set[Element] = set()
    for element in (main, *kept):
        step: Element | None = element
        while step is not None and step not in path:
            path.add(step)
            step = step.parent
    for element in _shown_elements(page):
        if element.parent in path and element not in path and not main.opened < element.opened < main.closed:
            inside_title = any(title.opened < element.opened < title.closed for title in kept)
            if not inside_title:
                yield element


def _menus(page: Page, amounts: _Amounts) -> Iterator[Element]:
    """Lists of links before the first running text or after the last one, as a site shows them on every page."""
    total = amounts.prose[-1]
    for element in _shown_elements(page):
        if (
            element.tag in ("ul", "ol", "div", "table", "p", "center", "section")
            and amounts.links_in(element) >= _MENU_LINKS
            and amounts.link_share(element) > 0.7
            and not amounts.prose_in(element)
            and amounts.prose[element.opened] in (0, total)
            and len(amounts.hosts_in(element)) <= 2
        ):
            yield element


def _outermost(elements: Iterable[Element]) -> list[Element]:
    """The elements that stand in none of the others, in the order of the page."""
    result: list[Element] = []
    for element in sorted(elements, key=lambda element: element.opened):
        if not result or element.opened > result[-1].closed:
            result.append(element)
    return result
