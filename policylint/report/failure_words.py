"""What readers and settings say of a document that could not be judged, in Dutch, by what they say in English.

`{}` is what is filled in, in the order of the English; it is looked up here too. The full stop at an end is left out.
"""

DUTCH = {
    # What is wrong.
    "this is larger than {} MB": "dit bestand is groter dan {} MB, en dat is een privacyverklaring nooit",
    "this {} file holds {} parts of {} bytes unpacked": "dit {}-bestand bevat {} onderdelen van samen {} bytes",
    "the part {} of this {} file unpacks to more than a policy can be": (
        "het onderdeel {} van dit {}-bestand is uitgepakt groter dan een privacyverklaring kan zijn"
    ),
    "this PDF has more pages than a policy can have": (
        "deze PDF heeft meer pagina's dan een privacyverklaring kan hebben"
    ),
    "this PDF holds more than can be read within bounds of memory": (
        "deze PDF bevat meer dan binnen de grenzen van het geheugen te lezen is"
    ),
    "this file has more paragraphs, or more changes of lettering, than a policy can have": (
        "dit bestand heeft meer alinea's of meer wisselingen van letter dan een privacyverklaring kan hebben"
    ),
    "this document could not be judged within {} seconds": (
        "dit document kon niet binnen {} seconden worden beoordeeld"
    ),
    "this PDF could not be read within {} seconds": "deze PDF kon niet binnen {} seconden worden gelezen",
    "this RTF file nests its groups {} deep": "de onderdelen van dit RTF-bestand zijn {} diep genest",
    "this text nests its lists and quotes more than {} deep": (
        "de lijsten en citaten van deze tekst zijn meer dan {} diep genest"
    ),
    "the part {} of this {} file nests its elements {} deep": (
        "de elementen van het onderdeel {} van dit {}-bestand zijn {} diep genest"
    ),
    "the file is empty": "dit bestand is leeg",
    "there is no visible text in this file": "in dit bestand staat geen tekst die een bezoeker ziet",
    "this is a binary file, not text": "dit is een binair bestand, geen tekst",
    "this is {}, not text": "dit is {}, geen tekst",
    "this is no text in UTF-8, UTF-16 or Windows-1252": "dit is geen tekst in UTF-8, UTF-16 of Windows-1252",
    "this is a zip file, not a document": "dit is een zipbestand, geen document",
    "this OpenDocument file is no text (a spreadsheet or a presentation)": (
        "dit OpenDocument-bestand is geen tekst (maar een rekenblad of presentatie)"
    ),
    "{} files are not read": "een bestand van {} wordt niet gelezen",
    "unknown format {}": "het formaat {} is niet bekend",
    "this is no Word document, whatever its name says": "dit is geen Word-document, wat de naam ook zegt",
    "this is no file of a word processor, whatever its name says": (
        "dit is geen bestand van een tekstverwerker, wat de naam ook zegt"
    ),
    "this is a file of an old Word version (.doc), which is not read": (
        "dit is een bestand van een oude versie van Word (.doc), die niet wordt gelezen"
    ),
    "this {} file is protected with a password and was not read": (
        "dit {}-bestand is met een wachtwoord beveiligd en is niet gelezen"
    ),
    "this PDF is locked with a password": "deze PDF is met een wachtwoord beveiligd",
    "this RTF file is damaged: it breaks off before its end": "dit RTF-bestand is beschadigd: het breekt halverwege af",
    "this {} file is damaged: {}": "dit {}-bestand is beschadigd: {}",
    "it is not a complete zip package": "het is geen volledig zipbestand",
    "its part {} is missing": "het onderdeel {} ontbreekt",
    "its part {} is packed in an unknown way": "het onderdeel {} is op een onbekende manier ingepakt",
    "its part {} cannot be unpacked": "het onderdeel {} kan niet worden uitgepakt",
    "its part {} is not well-formed XML": "het onderdeel {} is geen welgevormde XML",
    "this is no PDF, whatever its name says": "dit is geen PDF, wat de naam ook zegt",
    "this PDF is damaged and cannot be read": "deze PDF is beschadigd en kan niet worden gelezen",
    "this PDF is damaged, or made so that reading it uses up all memory": (
        "deze PDF is beschadigd, of zo gemaakt dat het lezen ervan al het geheugen opgebruikt"
    ),
    "the part {} of this {} file declares a document type, which no word processor does": (
        "het onderdeel {} van dit {}-bestand geeft een documenttype op, en dat doet geen tekstverwerker"
    ),
    "this Word file takes in text from another file or format, which was not read": (
        "dit Word-bestand neemt tekst op uit een ander bestand of formaat, die niet is gelezen"
    ),
    "reading {} needs a library that is not installed": (
        "voor het lezen van {} is een bibliotheek nodig die niet is geïnstalleerd"
    ),
    "{} of the {} characters of this file could not be decoded": (
        "{} van de {} tekens van dit bestand waren niet te herkennen"
    ),
    "the fonts of this PDF do not tell which letters they draw, so it cannot be read": (
        "de lettertypen van deze PDF zeggen niet welke letters zij tekenen, dus kan de tekst niet worden gelezen"
    ),
    "the text of this file is in its pictures ({}), where it cannot be read": (
        "de tekst van dit bestand staat in afbeeldingen ({}) en kan daar niet worden gelezen"
    ),
    "the text of this page is in its pictures ({}), where it cannot be read": (
        "de tekst van deze pagina staat in afbeeldingen ({}) en kan daar niet worden gelezen"
    ),
    "the page of this PDF holds no text, only a picture of it or nothing": (
        "op de pagina van deze PDF staat geen tekst, alleen een afbeelding ervan of niets"
    ),
    "{} of the {} pages of this PDF hold no text, only pictures of it or nothing": (
        "op {} van de {} pagina's van deze PDF staat geen tekst, alleen een afbeelding ervan of niets"
    ),
    "this text never speaks of personal data or privacy, so it was not judged": (
        "deze tekst spreekt nergens over persoonsgegevens of privacy en is daarom niet beoordeeld"
    ),
    "this looks like no privacy policy ({}), and the rule that says so was not selected": (
        "dit lijkt geen privacyverklaring ({}), en de regel die dat meldt is niet gekozen"
    ),
    "{}, and policylint reads Dutch and English only": "{}, en policylint leest alleen Nederlands en Engels",
    "text is {}": "de tekst is in het {} gesteld",
    "text is written in {} script": "de tekst is in {} schrift gesteld",
    "language {} is not supported": "de taal {} wordt niet gelezen",
    "the text holds no words to tell a language by": "de tekst bevat geen woorden waaraan de taal te herkennen is",
    "this is a device or a pipe, not a file": "dit is een apparaat of een pijp, geen bestand",
    "this is a web address; policylint reads files alone and never goes online": (
        "dit is een webadres; policylint leest alleen bestanden en gaat nooit het internet op"
    ),
    "no file fits this pattern": "er is geen bestand dat bij dit patroon past",
    "there is no policy in this folder": "in deze map staat geen privacyverklaring",
    "there is no file or folder of this name": "er is geen bestand of map met deze naam",
    "this cannot be read: {}": "dit kan niet worden gelezen: {}",
    "unexpected fault {} ({})": "onverwachte fout {} in policylint ({})",
    "the process that judged this document ended before it was done": (
        "het proces dat dit document beoordeelde, eindigde voordat het klaar was"
    ),
    # What to do.
    "Give the policy alone, without the rest of the file": "Geef alleen de verklaring, zonder de rest van het bestand",
    "Check it alone with a longer --timeout, or give the policy without the rest of the file": (
        "Controleer het document apart met een langere --timeout, of geef de verklaring zonder de rest van het bestand"
    ),
    "Save the pages that hold the policy to a PDF of their own": (
        "Bewaar de pagina's met de verklaring in een eigen PDF"
    ),
    "Open it in a PDF viewer and print the pages that hold the policy to a new PDF": (
        "Open de PDF en druk de pagina's met de verklaring af naar een nieuwe PDF"
    ),
    "Open it in a PDF viewer and save or print it to PDF again, then check that file": (
        "Open de PDF, bewaar hem opnieuw of druk hem af naar een nieuwe PDF, en controleer dat bestand"
    ),
    "Check the part of the text that is the policy, in a file of its own": (
        "Controleer alleen het deel dat de verklaring is, in een eigen bestand"
    ),
    "Do not trust this file; ask its author for a fresh export of the policy": (
        "Vertrouw dit bestand niet; vraag de maker om een nieuwe export van de verklaring"
    ),
    "Export the text of the policy anew": "Exporteer de tekst van de verklaring opnieuw",
    "Take out the signs of lists and quotes that nobody meant, or check the web page made from it": (
        "Haal de tekens van lijsten en citaten weg die niet zo bedoeld zijn, of controleer de webpagina die ervan "
        "gemaakt is"
    ),
    "Open it in a word processor, save it again and check the new file": (
        "Open het in een tekstverwerker, bewaar het opnieuw en controleer het nieuwe bestand"
    ),
    "Give a file that holds the text of the policy": "Geef een bestand met de tekst van de verklaring",
    "Give a file that holds the text of the policy, not only markup or front matter": (
        "Geef een bestand met de tekst van de verklaring, niet alleen opmaak of metagegevens"
    ),
    "Save it as plain text or Markdown in UTF-8 and check that file": (
        "Bewaar het als platte tekst of Markdown in UTF-8 en controleer dat bestand"
    ),
    "Save it again in UTF-8 and check that file": "Bewaar het opnieuw in UTF-8 en controleer dat bestand",
    "Pictures are not read: give the text itself, or have text recognition (OCR) make a text of it": (
        "Afbeeldingen worden niet gelezen: geef de tekst zelf, of laat tekstherkenning (OCR) er tekst van maken"
    ),
    "Take the policy out of it and check that file": "Haal de verklaring eruit en controleer dat bestand",
    "If it is a Word or OpenDocument file, let its name end in .docx or .odt again; else take the policy out": (
        "Is het een bestand van Word of OpenDocument, laat de naam dan weer eindigen op .docx of .odt; haal anders de "
        "verklaring eruit"
    ),
    "Let its name end in {} again and check that file": ("Laat de naam weer eindigen op {} en controleer dat bestand"),
    "Give the file the suffix of what it is (.docx, .txt), or save it as PDF, then check that file": (
        "Geef het bestand de uitgang van wat het is (.docx, .txt), of bewaar het als PDF, en controleer dat bestand"
    ),
    "Open the page in a browser, save it as a file (Ctrl+S, on a Mac Command+S) and check that file": (
        "Open de pagina in een browser, bewaar die als bestand (Ctrl+S, op een Mac Command+S) en controleer dat"
    ),
    "Unpack it and check the documents in it": "Pak het uit en controleer de documenten die erin zitten",
    "Save the text of the policy as .odt or .docx and check that file": (
        "Bewaar de tekst van de verklaring als .odt of .docx en controleer dat bestand"
    ),
    "Save the text as .docx in a word processor": "Bewaar de tekst in een tekstverwerker als .docx",
    "Save the text as .docx or .odt in a word processor, or name a text file .txt or .md": (
        "Bewaar de tekst in een tekstverwerker als .docx of .odt, of noem een tekstbestand .txt of .md"
    ),
    "Formats that are read: {}. Save or export the text in one of them": (
        "Bewaar of exporteer de tekst in een formaat dat wordt gelezen: {}"
    ),
    "Formats that are read: {}": "Deze formaten worden gelezen: {}",
    "Open it in Word or LibreOffice, save it as .docx and check that file": (
        "Open het in Word of LibreOffice, bewaar het als .docx en controleer dat bestand"
    ),
    "Open it with the password, save it without one and check that file": (
        "Open het met het wachtwoord, bewaar het zonder en controleer dat bestand"
    ),
    "Save a copy without the password (for instance with {}) and check that one": (
        "Bewaar een kopie zonder wachtwoord (bijvoorbeeld met {}) en controleer die"
    ),
    "Open it in Word and save it again, so that all text is its own, and check that file": (
        "Open het in Word, bewaar het opnieuw zodat alle tekst er zelf in staat, en controleer dat bestand"
    ),
    "Run in the folder of policylint: {}, or {}": "Typ in de map van policylint: {}, of {}",
    "Run text recognition (OCR) on it first, for instance with: {}, or check the text from which the PDF was made": (
        "Laat er eerst tekstherkenning (OCR) op los, bijvoorbeeld met: {}, of controleer de tekst waarvan de PDF is "
        "gemaakt"
    ),
    "Run text recognition (OCR) on the pictures and check the text that it gives": (
        "Laat tekstherkenning (OCR) op de afbeeldingen los en controleer de tekst die dat geeft"
    ),
    "Give the privacy policy itself; if this is one, say which words it uses instead": (
        "Geef de privacyverklaring zelf; is dit er een, meld dan welke woorden zij wel gebruikt"
    ),
    "Give the privacy policy itself, or select the rule {} too": (
        "Geef de privacyverklaring zelf, of kies ook de regel {}"
    ),
    "If the text is Dutch or English all the same, say so with --language nl or --language en": (
        "Is de tekst toch Nederlands of Engels, zeg dat dan met --language nl of --language en"
    ),
    "Use nl or en": "Gebruik nl of en",
    "Check that the file holds the text of the policy, or name the language with --language": (
        "Controleer of het bestand de tekst van de verklaring bevat, of noem de taal met --language"
    ),
    "Name a file or a folder, or use - to read standard input": (
        "Noem een bestand of een map, of gebruik - voor de standaardinvoer"
    ),
    "Check the pattern and the folder you are in": "Controleer het patroon en de map waarin u bent",
    "Name a folder that holds {}, or the file itself": "Noem een map met {}, of het bestand zelf",
    "Did you mean {}? Check the spelling and the folder you are in": (
        "Bedoelt u {}? Controleer de spelling en de map waarin u bent"
    ),
    "Check the spelling and the folder you are in": "Controleer de spelling en de map waarin u bent",
    "Check that the file can be opened and that you may read it": (
        "Controleer of het bestand te openen is en of u het mag lezen"
    ),
    "Please report this with the id; -v shows where it happened": (
        "Meld dit met het nummer van de fout; -v laat zien waar het misging"
    ),
    "The system may have ended it for want of memory; check the document alone, or with --jobs 1": (
        "Het systeem kan het hebben beëindigd omdat er te weinig geheugen was; controleer het document apart, of met "
        "--jobs 1"
    ),
    # What is filled in.
    "{} files": "bestanden van {}",
    "a PDF document": "een PDF-document",
    "a zip archive (a Word, OpenDocument or zip file)": "een zipbestand (van Word of OpenDocument, of een ander)",
    "a PNG image": "een PNG-afbeelding",
    "a JPEG image": "een JPEG-afbeelding",
    "a GIF image": "een GIF-afbeelding",
    "a gzip archive": "een gzip-archief",
    "a bzip2 archive": "een bzip2-archief",
    "a 7-Zip archive": "een 7-Zip-archief",
    "an old Word or Excel file": "een oud bestand van Word of Excel",
    "an RTF document": "een RTF-document",
    "a program": "een programma",
    "plain text (.txt), Markdown (.md), web pages (.html), {} and RTF (.rtf)": (
        "platte tekst (.txt), Markdown (.md), webpagina's (.html), {} en RTF (.rtf)"
    ),
    "terms": "voorwaarden",
    "cookie-statement": "cookieverklaring",
    "other": "een ander document",
    "Permission denied": "geen toegang",
    "Input/output error": "fout van de schijf",
    "File name too long": "de naam is te lang",
    "Too many open files": "er zijn te veel bestanden open",
    "German": "Duits",
    "French": "Frans",
    "Spanish": "Spaans",
    "Italian": "Italiaans",
    "Portuguese": "Portugees",
    "Polish": "Pools",
    "Danish": "Deens",
    "Swedish": "Zweeds",
    "Norwegian": "Noors",
    "Czech": "Tsjechisch",
    "Romanian": "Roemeens",
    "Hungarian": "Hongaars",
    "Turkish": "Turks",
    "Finnish": "Fins",
    "Arabic": "Arabisch",
    "Cjk": "Chinees",
    "Cyrillic": "Cyrillisch",
    "Greek": "Grieks",
    "Hangul": "Koreaans",
    "Hebrew": "Hebreeuws",
    "Hiragana": "Japans",
    "Katakana": "Japans",
}
