"""Why a document could not be judged, in the language of the report.

Readers and settings say it in English, with what they know; a Dutch report says the same of the code.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policylint.result import Failure

_ID = re.compile(r"\b[0-9a-f]{8}\b")

DUTCH = {
    # Code: what is wrong, and what to do; an empty text leaves what is said in English (a command to type).
    "binary": (
        "Dit bestand is geen tekst, maar een afbeelding, een archief of iets anders dan de naam zegt.",
        "Geef de tekst zelf. Is het een Word- of PDF-bestand, laat de naam dan weer eindigen op .docx of .pdf; laat op "
        "een afbeelding tekstherkenning (OCR) los.",
    ),
    "damaged": (
        "Dit bestand is beschadigd, of is niet wat de naam zegt.",
        "Open het in het programma waarmee het is gemaakt en bewaar het opnieuw, of geef het de uitgang van wat het is "
        "(.docx, .pdf, .txt).",
    ),
    "empty": (
        "Dit bestand bevat geen tekst die een bezoeker leest.",
        "Geef het bestand met de tekst van de verklaring.",
    ),
    "encrypted": (
        "Dit bestand is met een wachtwoord beveiligd en is niet gelezen.",
        "Bewaar een kopie zonder wachtwoord.",
    ),
    "internal": (
        "Onverwachte fout {} in policylint.",
        "Meld dit met het nummer van de fout; -v laat zien waar het misging.",
    ),
    "missing-extra": ("Voor dit bestandsformaat is een bibliotheek nodig die niet is geïnstalleerd.", ""),
    "no-language": (
        "De tekst bevat geen woorden waaraan de taal te herkennen is.",
        "Controleer of het bestand de tekst van de verklaring bevat, of noem de taal met --language.",
    ),
    "no-text": (
        "De tekst staat in afbeeldingen en kan niet worden gelezen.",
        "Laat eerst tekstherkenning (OCR) op het bestand los, bijvoorbeeld met ocrmypdf.",
    ),
    "not-a-file": ("Dit is geen gewoon bestand.", "Noem een bestand, of gebruik - voor de standaardinvoer."),
    "not-a-policy": (
        "Deze tekst gaat niet over privacy of persoonsgegevens, of is een ander soort stuk, en is niet beoordeeld.",
        "Geef de privacyverklaring zelf.",
    ),
    "not-found": (
        "Er is geen bestand of map met deze naam of dit patroon.",
        "Controleer de spelling en de map.",
    ),
    "nothing-to-check": (
        "In deze map staat geen privacyverklaring, of geen bestand past op dit patroon.",
        "Noem een andere map, of het bestand zelf.",
    ),
    "old-format": (
        "Dit is een oud Word-bestand (.doc), dat niet wordt gelezen.",
        "Bewaar het in een tekstverwerker als .docx.",
    ),
    "timeout": (
        "De controle van dit document duurde te lang en is afgebroken.",
        "Geef met --timeout meer tijd, of geef alleen het deel dat de verklaring is.",
    ),
    "too-deep": (
        "De onderdelen van dit bestand zijn dieper genest dan een schrijver ooit doet.",
        "Bewaar de tekst opnieuw vanuit een tekstverwerker.",
    ),
    "too-large": (
        "Dit bestand is groter dan een privacyverklaring kan zijn.",
        "Geef alleen het deel dat de verklaring is.",
    ),
    "too-slow": (
        "Deze PDF kon niet binnen de gestelde tijd worden gelezen.",
        "Druk de pagina's van de verklaring af naar een nieuwe PDF.",
    ),
    "unreadable": (
        "Dit bestand kan niet worden gelezen.",
        "Controleer of het te openen is en of u het mag lezen.",
    ),
    "unreadable-text": (
        "De meeste letters van dit bestand zijn niet te herkennen.",
        "Bewaar de tekst in UTF-8; laat op een PDF tekstherkenning (OCR) los.",
    ),
    "unread-part": (
        "Een deel van dit Word-bestand staat in een ander formaat en is niet gelezen.",
        "Open het in Word en bewaar het opnieuw.",
    ),
    "unsafe-xml": (
        "Dit bestand bevat een onderdeel dat geen tekstverwerker maakt.",
        "Vertrouw het niet; vraag om een nieuwe export.",
    ),
    "unsupported-format": (
        "Dit bestandsformaat wordt niet gelezen.",
        "Exporteer de tekst als tekst, Markdown, HTML, Word, OpenDocument, RTF of PDF.",
    ),
    "unsupported-language": (
        "Deze tekst is niet in het Nederlands of het Engels gesteld.",
        "Is de tekst toch Nederlands of Engels, zeg dat dan met --language nl of --language en.",
    ),
    "web-address": (
        "Dit is een webadres; policylint leest alleen bestanden en gaat nooit het internet op.",
        "Open de pagina in een browser, bewaar haar als bestand (Ctrl+S, op een Mac Command+S) en geef dat bestand.",
    ),
}


def in_language(failure: Failure, language: str | None) -> Failure:
    """A failure in the words of a language; in its own where there are no others."""
    if language != "nl" or failure.code not in DUTCH:
        return failure
    message, hint = DUTCH[failure.code]
    number = _ID.search(failure.message)
    if "{}" in message and number is None:
        return failure
    return replace(failure, message=message.format(number and number.group()), hint=hint or failure.hint)
