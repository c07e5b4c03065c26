"""Countries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylint.analysis.recognisers.value import Value

_EEA = frozenset(
    re.findall(r"\w+", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK")
)
_COUNTRIES = {
    "AE": "United Arab Emirates|Verenigde Arabische Emiraten|UAE", "AR": "Argentina|Argentinië",
    "AT": "Austria|Oostenrijk", "AU": "Australia|Australië", "BE": "Belgium|België|Belgie",
    "BG": "Bulgaria|Bulgarije", "BR": "Brazil|Brazilië", "CA": "Canada", "CH": "Switzerland|Zwitserland",
    "CL": "Chile|Chili", "CN": "China", "CO": "Colombia", "CW": "Curaçao", "CY": "Cyprus",
    "CZ": "Czech Republic|Czechia|Tsjechië", "DE": "Germany|Duitsland|Deutschland", "DK": "Denmark|Denemarken",
    "EE": "Estonia|Estland", "EG": "Egypt|Egypte", "ES": "Spain|Spanje", "FI": "Finland",
    "FR": "France|Frankrijk",
    "GB": "United Kingdom|Verenigd Koninkrijk|Great Britain|Groot-Brittannië|Northern Ireland|Noord-Ierland|England|"
          "Engeland|Scotland|Schotland|Wales|U\\.K\\.|UK|VK|GB",
    "GR": "Greece|Griekenland", "HK": "Hong Kong|Hongkong", "HR": "Croatia|Kroatië", "HU": "Hungary|Hongarije",
    "ID": "Indonesia|Indonesië", "IE": "Ireland|Ierland", "IL": "Israel|Israël", "IN": "India",
    "IS": "Iceland|IJsland", "IT": "Italy|Italië", "JP": "Japan", "KR": "South Korea|Zuid-Korea|Republic of Korea",
    "LI": "Liechtenstein", "LT": "Lithuania|Litouwen", "LU": "Luxembourg|Luxemburg", "LV": "Latvia|Letland",
    "MA": "Morocco|Marokko", "MT": "Malta", "MX": "Mexico", "MY": "Malaysia|Maleisië",
    "NL": "Netherlands|Nederland|Holland", "NO": "Norway|Noorwegen", "NZ": "New Zealand|Nieuw-Zeeland",
    "PH": "Philippines|Filipijnen|Filippijnen", "PK": "Pakistan", "PL": "Poland|Polen", "PT": "Portugal",
    "RO": "Romania|Roemenië", "RS": "Serbia|Servië", "RU": "Russia|Rusland|Russian Federation",
    "SE": "Sweden|Zweden", "SG": "Singapore", "SI": "Slovenia|Slovenië", "SK": "Slovakia|Slowakije",
    "SR": "Suriname", "TH": "Thailand", "TN": "Tunisia|Tunesië", "TR": "Turkey|Türkiye|Turkije",
    "TW": "Taiwan", "UA": "Ukraine|Oekraïne",
    "US": "United States of America|United States|Verenigde Staten van Amerika|Verenigde Staten|U\\.S\\.A\\.|"
          "U\\.S\\.|V\\.S\\.|USA|US|VS|Amerika",
    "VN": "Vietnam", "ZA": "South Africa|Zuid-Afrika",
}  # fmt: skip
_CODE_OF = {name.replace("\\", ""): code for code, names in _COUNTRIES.items() for name in names.split("|")}
_COUNTRY = re.compile(
    "(?:"
    + "|".join(sorted((name for names in _COUNTRIES.values() for name in names.split("|")), key=len, reverse=True))
    + r")(?![\w@]|-[A-Za-z]|\.[a-z])"
)
_SHOUTED = re.compile(r"\b(?!THE |EU |EEA |IN |FROM |TO |AND |OR )[A-Z]{2,}[ &]+$")
_FIRM = re.compile(r"^(?: [A-Z]\w+)?,? (?:Limited|Ltd|B\.?V|N\.?V|LLC|Inc|GmbH|S\.?A|PLC|plc|LLP|Corp)\b")


def is_third_country(code: str) -> bool:
    """Whether an ISO country code lies outside the European Economic Area."""
    return code not in _EEA


def find_countries(text: str) -> Iterator[Value]:
    """Countries, with their ISO codes; not those in the name of a firm."""
    for match in _COUNTRY.finditer(text):
        name = match.group()
        # A lookbehind in the pattern would make the search for its first letters slow.
        if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "_@/.-"):
            continue
        before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 24]
        if (len(name) == 2 and _SHOUTED.search(before)) or before.endswith("New ") or _FIRM.match(after):
            continue
        yield Value("country", match.start(), match.end(), _CODE_OF[name])
