"""Names of organisations: by legal form, by kind of body, by the phrase that names a controller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from policylint.analysis.recognisers.authors import find_authors
from policylint.analysis.recognisers.cues import Cue
from policylint.analysis.recognisers.names import name_end, name_start, organisation_value
from policylint.analysis.recognisers.value import Value, longest

# A legal form that closes a name. Short ones need exact case, or they are words.
_FORM = re.compile(
    r" (?=[A-Zabceinpsv])(?:B\.V\.?|BV|N\.V\.?|NV|V\.O\.F\.?|VOF|v\.o\.f\.|C\.V\.|(?:b|n)v(?= )|(?:b|n)v$|bvba|BVBA|"
    r"cvba|CVBA|i?vzw|I?VZW|[Cc]omm\.?V|U\.A\.|Pty\.? Ltd\.?|Pvt\.? Ltd\.?|Co\.,? Ltd\.?|Ltd\.?|LTD\.?|"
    r"Limited|LIMITED|LLP|PLC|plc|Plc|CIC|Inc\.?|INC\.?|LLC|L\.L\.C\.|Corp\.?|Corporation|GmbH(?: & Co\. KG)?|AG|UG|KG|"
    r"e\.V\.|SARL|S\.A\.R\.L\.|S\.A\.S\.|SAS|SA|S\.A\.|S\.r\.l\.|S\.p\.A\.|SE|Oy|ApS|A/S|a\.s\.|"
    r"s\.r\.o\.|Sp\. z o\.o\.|DAC|CLG)(?![\w-])"
)
# A kind of body that closes a name in English.
_BODY = re.compile(
    r" (?=[A-Z])(?:(?:Borough |County |City |Parish |Town |District )?Council|University|College|"
    r"(?:NHS )?(?:Foundation )?Trust|Association|Society|Foundation|Institute|Charity|School|Church|Club|Federation|"
    r"Partnership|Academy)\b(?! of)"
)
# A kind of body that opens a name.
_OPENING_NL = re.compile(
    r"\b(?:[A-Z][a-z]+e )?(?:[Ss]tichting|[Vv]ereniging|[A-Z][a-z]{2,20}vereniging|[Cc]oöperatie(?:ve)?|[Mm]aatschap|"
    r"[Gg]emeente|[Pp]rovincie|[Ww]aterschap|[Mm]inister(?:ie)? van|Universiteit(?: van)?|Hogeschool|FOD|Stad|OCMW|"
    r"VZW|vzw|[Hh]uisartsenpraktijk|[Tt]andartspraktijk)(?= [A-Z\"'])"
)
_BODIES_EN = (
    *("Department", "Ministry", "Office", "Bank", "City", "University", "College", "Institute", "Church", "Society"),
    *("Diocese", "Borough", "Parish", "County", "Town", "Municipality", "Trustees", "Friends", "Academy"),
)
_OPENING_EN = re.compile(
    rf"\b(?:{'|'.join(_BODIES_EN)}|Royal \w+) (?:for|of)(?: the)?(?= [A-Z\"'])|\bStichting(?= [A-Z\"'])"
)
_CUE_NL = Cue(("tichting", "ereniging", "oöperatie", "aatschap", "emeente", "rovincie", "aterschap", "inister",
               "niversiteit", "ogeschool", "FOD", "Stad ", "OCMW", "VZW", "vzw", "praktijk"))  # fmt: skip
_CUE_EN = Cue((*_BODIES_EN, "Royal", "Stichting"))
_NO_BODY = re.compile(r"Information Commissioner|Data Protection|Privacy Commission", re.IGNORECASE)

_CONTROLLER_NL = r"(?:(?:de|een|gezamenlijke?) )?(?:verwerkings-?verantwoordelijken?|verantwoordelijke?\b)"
# Phrases that a name stands before.
_AFTER_NAME = re.compile(
    rf" (?:is|zijn|treedt op als|geldt als|is aan te merken als) {_CONTROLLER_NL}(?! (?:of|om|niet|gehouden))|"
    r" (?:zijn wij|ben ik) (?:de )?(?:verwerkings)?verantwoordelijk|"
    r",? (?:statutair )?(?:gevestigd|kantoorhoudend|kantoor houdende?)(?:e)? (?:te|in|aan|op)\b|"
    r",? ingeschreven (?:bij|in) (?:de|het) (?:Kamer|KvK|handelsregister|Handelsregister)|"
    r",? (?:\(|- )?hierna(?:[: ,]| te noemen| ook| genoemd)|"
    r" \((?:hierna|\"?'?(?:wij|we|us|our|ons|onze)\b)|"
    r" (?:is|are|acts? as|will be|shall be) (?:(?:the|a|your|joint|our) )?(?:data )?controllers?\b|"
    r" is (?:the )?(?:data controller|responsible for (?:the )?(?:processing|your personal))|"
    r",? \(?(?:hereinafter|hereafter)\b|,? \(?(?:company|registered) (?:number|no|in|at|office|charity)\b|"
    r",? a company (?:registered|incorporated|established)|"
    r", (?:the (?:data )?controller|de verwerkings-?verantwoordelijke)\b"
)
_AFTER_CUE = Cue(
    (
        *(
            "verantwoordelijk",
            "gevestigd",
            "kantoor",
            "ingeschreven",
            "hierna",
            "ontroller",
            "responsible",
            "hereinafter",
        ),
        *("hereafter", "company", "registered", "(wij", "(we", "(us", "(our", "(ons", "('", '("'),
    )
)
# Phrases that a name stands behind.
_BEFORE_NAME = re.compile(
    r"\b(?:[Vv]erwerkings-?verantwoordelijke (?:is|:|voor deze (?:website|verwerking(?:en)?) is)|"
    r"[Vv]erwerkings-?verantwoordelijke:|[Vv]erantwoordelijke(?: voor de (?:gegevens)?verwerking)? is|"
    r"(?:data |Data )?[Cc]ontroller(?: (?:for|of) (?:this|the|your) [\w ]{3,30})? is|[Cc]ontroller:|"
    r"(?:owned|operated|provided|run|managed|controlled|published)(?: and (?:owned|operated|run|managed))? by|"
    r"(?:dienst|onderdeel|handelsnaam|winkelnaam|merknaam|initiatief|product|label|website|webshop) van|"
    r"trading name of|[Tt]rading as|handelend onder de naam|[Ee]igenaa?re?s? van|owner of|[Tt]he data controller is)"
    r"(?: the| de| het)? (?=[A-Z0-9\"'])"
)

_BEFORE_CUE = Cue(
    (
        *("erantwoordelijke", "ontroller", "ed by ", "run by ", "rading ", "onder de naam", "igenar", "igenaa"),
        *("owner of", "dienst van", "deel van", "naam van", "initiatief van", "product van", "label van", "site van"),
        "shop van",
    )
)
_FORM_CUE = Cue(
    (
        *(
            " B.V",
            " BV",
            " N.V",
            " NV",
            " V.O.F",
            " VOF",
            " C.V.",
            " bv",
            " nv",
            " cv",
            " vzw",
            " ivzw",
            " VZW",
            " IVZW",
        ),
        *(
            " comm",
            " U.A.",
            " Pty",
            " Pvt",
            " Co.",
            " Ltd",
            " Limited",
            " LLP",
            " PLC",
            " CIC",
            " Inc",
            " LLC",
            " L.L.C",
        ),
        *(" Corp", " GmbH", " AG", " UG", " KG", " e.V.", " SA", " S.A", " S.r.l", " S.p.A", " SE", " Oy"),
        *(" ApS", " A/S", " a.s.", " s.r.o", " Sp.", " DAC", " CLG"),
    )
)
_BODY_CUE = Cue(
    (
        *(
            " Council",
            " Borough",
            " County",
            " City",
            " Parish",
            " Town",
            " District",
            " University",
            " College",
            " NHS",
        ),
        *(" Foundation", " Trust", " Association", " Society", " Institute", " Charity", " School", " Church", " Club"),
        *(" Federation", " Partnership", " Academy"),
    )
)
CUES = frozenset({_FORM_CUE, _BODY_CUE, _CUE_NL, _CUE_EN, _AFTER_CUE, _BEFORE_CUE})


def find_organisations(text: str, language: str, heard: Set[Cue]) -> Iterator[Value]:
    """Organisations with their names as values; the longest of overlapping ones."""
    if text.islower():
        return
    found: list[Value] = []
    for match in _FORM.finditer(text) if _FORM_CUE in heard else ():
        start = name_start(text, match.start(), form=True)
        if start is not None:
            found.append(organisation_value(text, start, match.end()))
    for match in _BODY.finditer(text) if _BODY_CUE in heard else ():
        start = name_start(text, match.start())
        if start is not None:
            found.append(organisation_value(text, start, match.end()))
    opening, cue = (_OPENING_EN, _CUE_EN) if language == "en" else (_OPENING_NL, _CUE_NL)
    for match in opening.finditer(text) if cue.given(text, heard) else ():
        end = name_end(text, match.end() + 1, match.group().lower().startswith("minister"))
        if end is not None:
            found.append(organisation_value(text, match.start(), end))
    for match in _AFTER_NAME.finditer(text) if _AFTER_CUE.given(text, heard) else ():
        start = name_start(text, match.start())
        if start is not None:
            found.append(organisation_value(text, start, match.start()))
    for match in _BEFORE_NAME.finditer(text) if _BEFORE_CUE.given(text, heard) else ():
        end = name_end(text, match.end(), False)
        if end is not None:
            found.append(organisation_value(text, match.end(), end))
    found += find_authors(text, language, heard)
    for value in longest(found):
        if not _NO_BODY.search(str(value.value)):
            yield value
