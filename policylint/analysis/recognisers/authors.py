"""Names that a policy gives its author: as a subject, after set phrases, in the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from policylint.analysis.recognisers.cues import Cue
from policylint.analysis.recognisers.names import (
    CONNECTORS,
    NO_NAME,
    NO_START,
    is_domain,
    is_name_word,
    name_end,
    name_start,
    organisation_value,
)
from policylint.analysis.recognisers.value import Value

# A name as the subject of what a policy says of its author; a match opens with the last word of the name.
# It names its first character first, so that Python searches for that alone.
_LAST_WORD = r"[A-Z0-9](?<![\w.-].)(?<!te .|in .)[\w&'-]{0,40}[\")]{0,2},?"
_VERBS_NL = (
    *("respecteert", "respecteren", "hecht", "hechten", "acht", "vindt", "neemt", "nemen", "gaat", "gaan", "omgaat"),
    *("omgaan", "verwerkt", "verwerken", "verzamelt", "verzamelen", "gebruikt", "bewaart", "bewaren", "verstrekt"),
    *("deelt", "delen", "verkoopt", "draagt", "houdt", "waarborgt", "doet", "beschermt", "registreert", "behandelt"),
    *("streeft", "garandeert", "bepaalt", "legt", "spant", "stelt"),
)
_AUXILIARIES_NL = ("kan", "zal", "heeft", "wil", "moet", "mag")
_SUBJECT_NL = re.compile(
    rf"{_LAST_WORD} (?=(?:{'|'.join(_VERBS_NL)}|"
    rf"(?:{'|'.join(_AUXILIARIES_NL)}) (?:uw|jouw|enkele|bepaalde|persoonsgegevens|zich|de volgende))\b"
    r"(?! (?:wij|we|u|ik|zij|je|jij|men|het|er)\b))"
)
_VERBS_EN = (
    *(
        "respect",
        "respects",
        "values",
        "takes",
        "cares",
        "collects",
        "processes",
        "uses",
        "stores",
        "shares",
        "handles",
    ),
    *("understands", "recognises", "recognizes", "appreciates", "promises", "operates", "maintains", "protects"),
    *(
        "keeps",
        "attaches",
        "believes",
        "complies",
        "needs",
        "holds",
        "provides",
        "ensures",
        "treats",
        "aims",
        "strives",
    ),
    *("undertakes", "acknowledges", "considers", "obtains", "gathers", "wants"),
)
_AUXILIARIES_EN = ("is", "are", "has", "have", "as", "acting", "may", "will", "does", "shall")
_SUBJECT_EN = re.compile(
    rf"{_LAST_WORD} (?=(?:{'|'.join(_VERBS_EN)}|"
    r"(?:is|are) (?:fully |strongly )?(?:committed|dedicated|known as the)|"
    r"(?:has|have) (?:adopted|created|developed|published)|(?:as|acting as) (?:(?:the|a|your) )?(?:data )?controller|"
    r"(?:may|will|does|shall) (?:not |never |only )?(?:sell|collect|use|share|process|change|disclose|update|keep))\b)"
)
_SUBJECTS = {
    "nl": (_SUBJECT_NL, Cue(tuple(f" {verb}" for verb in _VERBS_NL + _AUXILIARIES_NL))),
    "en": (_SUBJECT_EN, Cue(tuple(f" {verb}" for verb in _VERBS_EN + _AUXILIARIES_EN))),
}
# What follows a name with an apposition: "Acme, 1 High Street, York, is the controller".
_APPOSITION = re.compile(
    r",[^;:]{5,200}?,? (?:is (?:de )?(?:verwerkings-?)?verantwoordelijke?\b|is responsible for|"
    r"(?:is|are) (?:the|a|your) (?:data )?controllers?\b)",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|(?<=[.:!?] ))(?=[A-Z0-9])")
_ROLE_CUE = Cue(("erantwoordelijk", "ontroller", "esponsible"))
# Phrases of a policy that its author's name stands behind; the last only if "we" follow.
_AUTHOR = re.compile(
    r"\b(?:[Ww]elkom bij|[Ww]ij,? van|[Pp]rivacy-?(?: ?(?:verklaring|beleid|statement|policy|reglement)) van|"
    r"[Ww]elcome to|[Ww]e,? at|[Pp]rivacy (?:[Pp]olicy|[Nn]otice|[Ss]tatement) (?:of|for)) (?=[A-Z0-9\"'])"
)
_AUTHOR_CUE = Cue(
    (
        *("elkom bij", "Wij van", "wij van", "ij, van", "verklaring van", "beleid van", "statement van", "policy van"),
        *("reglement van", "elcome to", "We at", "we at", "We, at", "we, at", "olicy of", "olicy for", "otice of"),
        *("otice for", "tatement of", "tatement for"),
    )
)
_AT_AUTHOR = re.compile(r" (?=[A-Z0-9\"'])(?:(?<=\b[Bb]ij )|(?<=\b[Aa]t )|(?<=\b[Aa]ls ))")
_AT, _OURS = Cue(("bij ", "at ", "als ")), Cue((" wij", " we", " ons", " our", " your"))
_WE = re.compile(r",?(?: \w+){0,2} (?:wij|we|ons|our|your)\b")
# A title: the name before or behind the words for the policy, and nothing else.
_POLICY_TITLE = re.compile(
    r"\bprivacy[ -]?(?:(?:policy|notice|statement|verklaring|beleid|reglement|and cookies? policy|"
    r"en cookie(?:beleid|verklaring))\b)(?: (?:van|of|for)\b)?",
    re.IGNORECASE,
)
_POLICY = Cue(("privacy",))
_LONGEST_TITLE = 100
# What a text calls itself. The first stands behind the name: Acme ("we"), Acme B.V. (hierna: wij).
_CALLED_WE = re.compile(
    r"\((?:[^()]{0,60}[\"'] ?(?:,|or|and|of|en|/)? ?|"
    r"(?:hierna|hereinafter|hereafter|collectively|together)[^()]{0,30} )?"
    r"[\"']?(?:[Ww]e|WE|[Uu]s|US|[Oo]ur|[Ww]ij|[Oo]ns|[Oo]nze)\b(?! (?:are|will|have|use))[^()]{0,60}\)"
)
# These stand before it: "I am Jo Carter, ...", "we" refers to Acme, this site is run by Acme, © 2024 Acme. Each with
# strings of which one must stand in the text.
_SELF: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"\b([Ww]e(?: are|'re)|I(?: am|'m)|[Ww]ij zijn|[Ww]e zijn|[Ii]k ben)",
        ("e are", "e're", "I am", "I'm", "Wij zijn", "wij zijn", "We zijn", "we zijn", "k ben"),
    ),
    (
        r"\b(?:[Mm](?:y name is|ijn naam is)|(?:[Ww]e|[Ww]ij|I|[Ii]k),)",
        ("y name is", "ijn naam is", "We,", "we,", "Wij,", "wij,", "I,", "Ik,", "ik,"),
    ),
    (
        r"\b(?:[Ww]e|[Uu]s|[Oo]ur|[Cc]ompany)[\"']?,?(?: [^.:;]{0,80})? (?:refers? to|means?|we mean)",
        ("refer", "mean"),
    ),
    (
        r"[\"'](?:[Ww]ij|[Ww]e|[Oo]ns|[Oo]nze)[\"'][^.;]{0,40} "
        r"(?:bedoeld|bedoelen we|verstaan(?: we| wij)?|verwijst naar)",
        ("bedoel", "verstaan", "verwijst naar"),
    ),
    (
        r"\b(?:[Tt]his|[Oo]ur|[Tt]he) (?:website|web site|site|shop|webshop|blog|notice|policy) is "
        r"(?:a (?:business|service|website|site|project) of|(?:[a-z]+ and )?"
        r"(?:owned|operated|run|managed|maintained|issued|published|provided)(?: and [a-z]+)? by)",
        ("site is ", "shop is ", "blog is ", "notice is ", "policy is "),
    ),
    (
        r"\b(?:[Dd]eze|[Oo]nze|[Dd]e) (?:website|site|webshop|webwinkel|privacyverklaring|verklaring|pagina) is "
        r"(?:eigendom |een (?:uitgave|initiatief|dienst) )?van|"
        r"\b[Dd]eze (?:website|site)(?: \([^()]{1,60}\))? van",
        ("site is ", "shop is ", "winkel is ", "verklaring is ", "pagina is ", "site van", "site ("),
    ),
    (
        r"\b[Pp]rivacy-?(?: ?(?:verklaring|beleid|statement|policy|reglement|notice)) van",
        ("verklaring van", "beleid van", "statement van", "policy van", "reglement van", "notice van"),
    ),
    (
        r"\b(?:entity|organi[sz]ation|company|person|party) responsible for[^.;:]{0,80} is|"
        r"\b[Vv]erantwoordelijk (?:voor|van)[^.;:]{0,80} is",
        ("responsible for", "erantwoordelijk v"),
    ),
    (
        r"\b(?:(?:[Tt]his|[Oo]ur|[Tt]he) (?:website|site|blog) belongs to|"
        r"(?:[Tt]oepassing|[Bb]etrekking) op[^.:;]{0,60} van|(?:[Aa]pplies to|[Cc]overs)[^.:;]{0,60} (?:by|of))",
        ("belongs to", "passing op", "trekking op", "pplies to", "overs"),
    ),
    (
        r"\b[Aa](?:ls (?:lid|klant|leerling|vrijwilliger|ouder) van|s an? (?:member|customer|client|pupil|volunteer|"
        r"student) of)",
        ("ls lid", "ls klant", "ls leerling", "ls vrijwilliger", "ls ouder", "s a ", "s an "),
    ),
    (
        r"(?:\u00a9|\b[Cc]opyright|\([Cc]\))(?: \u00a9)?(?: ?(?:19|20)\d\d(?: ?[-\u2013] ?(?:19|20)?\d\d)?)?,?(?: by)?",
        ("\u00a9", "opyright", "(c)", "(C)"),
    ),
)
_TO_NAME = r":? ?(?:the |de |het |een |a )?(?!from|with|based|under|naar|vanuit)(?:[a-z]{4,25} )?(?=[A-Z0-9\"'])"
_SELVES = tuple((re.compile(f"(?:{phrase}){_TO_NAME}"), Cue(strings)) for phrase, strings in _SELF)
"""Only the first, a plain "we are", has a group."""
# Behind a plain "we are", a name is followed by what somebody is, or by nothing: "we are GDPR compliant" is no name.
_AFTER_SELF = re.compile(r"\.?(?:$|[,.;!(\n]| (?:and|en|a|an|the|een|uit|from|van|based|and)\b)")
# A line that is a name and nothing else, or a name before an address: "Jan de Boer, Dorpsweg 1".
_NAME_LINE = re.compile(
    r"(?>(?:(?:(?:[Bb]edrijfs|[Hh]andels|[Pp]raktijk)?[Nn]aam|[Oo]rganisatie|[Nn]ame|(?:[Cc]ompany|[Bb]usiness) name|"
    r"[Oo]rgani[sz]ation|(?:[Dd]ata )?[Cc]ontroller|[Vv]erwerkings-?verantwoordelijke)\b[^:\n]{0,40}: ?|"
    r"(?:[Dd]at|[Dd]it) (?:is|zijn) |(?:[Tt]his|[Tt]hat) is |The |[-*\u2022] )?(?:[Dd]e )?"
    r"(?P<title>(?:heer|[Mm]evrouw|[Dd]hr\.|[Mm]evr\.|[Mm]w\.|[Dd]rs?\.|Mrs?\.?|Ms\.?) )?(?=[A-Z]))"
    # Most lines are sentences: no name goes on with a word in small letters that does not link names.
    rf"(?!\S*\w (?!(?:{'|'.join(sorted(map(re.escape, CONNECTORS)))}) )[a-z]+ )"
)
_LINE = re.compile(r"[^\n|]+")
_JOB = frozenset(
    "Team Support Department Officer Manager Service Desk Helpdesk Afdeling Functionaris Phone Email E-mail Address "
    "Telephone Adres Telefoon Date Datum Rights Rechten Policy Act Regulation Protection AVG-proof AVG GDPR ISO Dutch "
    "British English European Irish American Belgian".split()
)
_NO_SELF = NO_NAME | _JOB
_NO_LINE = NO_START | NO_NAME


_PARENTHESIS = Cue(("(",))
_SELF_CUES = frozenset(cue for _, cue in _SELVES)
CUES = frozenset({*(cue for _, cue in _SUBJECTS.values()), _AT, _OURS, _POLICY, _ROLE_CUE, _AUTHOR_CUE, _PARENTHESIS})
CUES |= _SELF_CUES


def find_authors(text: str, language: str, heard: Set[Cue]) -> Iterator[Value]:
    """Names without a legal form that a policy gives its author: as a subject, after set phrases, in the title."""
    subject, cue = _SUBJECTS["en" if language == "en" else "nl"]
    for match in subject.finditer(text) if cue in heard else ():
        end = match.end() - 1
        start = name_start(text, end - (text[end - 1] == ","))
        if start is not None and not is_domain(text[start:end]):
            yield organisation_value(text, start, end)
    for match in _AUTHOR.finditer(text) if _AUTHOR_CUE.given(text, heard) else ():
        stop = name_end(text, match.end(), False)
        if stop is not None:
            yield organisation_value(text, match.end(), stop)
    for match in _AT_AUTHOR.finditer(text) if _AT in heard and _OURS in heard else ():
        stop = name_end(text, match.end(), False)
        if stop is not None and _WE.match(text, stop):
            yield organisation_value(text, match.end(), stop)
    for match in _SENTENCE_START.finditer(text) if _ROLE_CUE.given(text, heard) else ():
        stop = name_end(text, match.end(), False)
        if stop is not None and _APPOSITION.match(text, stop):
            yield organisation_value(text, match.end(), stop)
    title = _POLICY_TITLE.search(text) if _POLICY in heard and len(text) <= _LONGEST_TITLE else None
    if title:
        for part in (text[: title.start()], text[title.end() :]):
            name = part.strip(" |:-\u2013\u2014#*")
            words = name.split()
            if not words or is_domain(words[0]) or not _NO_LINE.isdisjoint((words[0], words[-1])):
                continue
            if all(is_name_word(word) or word.lower() in CONNECTORS for word in words):
                start = text.index(name)
                yield organisation_value(text, start, start + len(name))


def _selves(text: str, heard: Set[Cue]) -> Iterator[re.Match[str]]:
    """Phrases that the author's own name stands behind, one for each name."""
    if _SELF_CUES.isdisjoint(heard):
        return
    ends: set[int] = set()
    for pattern, cue in _SELVES:
        for match in pattern.finditer(text) if cue.given(text, heard) else ():
            if match.end() not in ends:
                ends.add(match.end())
                yield match


def find_self_names(text: str, heard: Set[Cue]) -> Iterator[Value]:
    """An `author` is a name that the text says is its own; a `name` is a line that is a name alone."""
    for match in _CALLED_WE.finditer(text) if _PARENTHESIS in heard else ():
        end = len(text[: match.start()].removesuffix(" ").removesuffix(","))
        start = name_start(text, end)
        if start is not None:
            yield replace(organisation_value(text, start, end), name="author")
    for match in _selves(text, heard):
        stop = name_end(text, match.end(), False)
        openings = (text[match.end() : stop].strip("\"'"), text[match.end() :].split(maxsplit=1)[0])
        if stop is None or not _NO_SELF.isdisjoint(openings):
            continue
        if match.re.groups == 0 or _AFTER_SELF.match(text, stop):
            yield replace(organisation_value(text, match.end(), stop), name="author")
    for line in _LINE.finditer(text):
        words = line.group().rstrip(" .*")
        opening = _NAME_LINE.match(words)
        stop = name_end(words, opening.end(), False) if opening else None
        if opening is None or stop is None or words[stop : stop + 1].strip("\"')") not in {"", ",", "("}:
            continue
        name = words[opening.end() : stop].split()
        if (len(name) > 1 or opening["title"]) and not _JOB.intersection(name) and name[0] not in _NO_LINE:
            start = line.start() + opening.end()
            yield Value("name", start, line.start() + stop, words[opening.end() : stop])
