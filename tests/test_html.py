"""Web pages as a visitor sees them, the policy apart from the site around it, and where every word stands."""

from __future__ import annotations

import re
import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_helpers import headers, lead_in, outline

from policylint.document import Document
from policylint.errors import UserError
from policylint.reading import read
from policylint.reading.html import read_html

LONG = "Wij verwerken uw persoonsgegevens alleen om uw bestelling te leveren en om u daarover te berichten."
MORE = "Uw persoonsgegevens bewaren wij zeven jaar, zoals de belastingwet dat van elke winkel in Nederland vraagt."


def html(text: str) -> Document:
    return read("page.html", text.encode())


def place(document: Document, words: str) -> tuple[int, int]:
    found = document.source_map.place(document.text.index(words))
    return found.line, found.column


def test_headings_lists_and_lead_in() -> None:
    document = html(
        "<h1>Privacy</h1><h2>Gegevens</h2><p>Wij verwerken:</p>"
        "<ul><li>uw <b>naam</b><li>uw adres<ul><li>straat</ul><li>uw leeftijd</ul>"
    )
    assert outline(document) == [
        "# Privacy",
        "## Gegevens",
        "p Wij verwerken:",
        "- uw naam",
        "- uw adres",
        "- straat",
        "- uw leeftijd",
    ]
    assert lead_in(document, "straat") == "uw adres"
    assert lead_in(document, "uw leeftijd") == "Wij verwerken:"


def test_unclosed_and_misnested_tags_are_read_as_browsers_do() -> None:
    document = html(
        f"<p>Een <b>vet<p>twee</b> drie<li>vier<li>vijf <table><tr><td>a<td>b<tr>zes<td>c<td>d</table><p>{LONG}"
    )
    assert outline(document) == [
        "p Een vet",
        "p twee drie",
        "- vier",
        "- vijf zes",
        "| a",
        "| b",
        "| c",
        "| d",
        f"p {LONG}",
    ]


def test_tags_within_a_word_do_not_split_it() -> None:
    document = html("<p>verwerkings<b>verant</b><i>woordelijke</i> en<br>coördi&shy;nator<wbr>en<!-- x -->.</p>")
    assert document.text == "verwerkingsverantwoordelijke en coördinatoren."


def test_character_references() -> None:
    document = html(
        "<p>AT&amp;T &eacute;&eacute;n &euro; 5 &copy &#233;&#xe9; R&D &notit &#150; &lt;b&gt; a&nbsp;b</p>"
    )
    assert document.text == "AT&T één € 5 © éé R&D ¬it – <b> a\u00a0b"


def test_cdata_is_a_comment_in_html_and_text_in_xml() -> None:
    assert html("<p>een <![CDATA[twee]]> drie</p>").text == "een drie"
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>'
    assert (
        read("a.xhtml", f"{page}<body><p>een <![CDATA[twee]]> drie</p></body></html>".encode()).text == "een twee drie"
    )


def test_line_breaks() -> None:
    document = html(
        "<p>Zonnekorrel B.V.<br>Dorpsstraat 1<br/>Utrecht</p><p>Wij geven uw gegevens aan<br>niemand door.</p>"
        "<pre>Bewaartermijn\n\nWij bewaren uw gegevens zeven jaar.\n</pre>"
    )
    assert outline(document) == [
        "p Zonnekorrel B.V.",
        "p Dorpsstraat 1",
        "p Utrecht",
        "p Wij geven uw gegevens aan niemand door.",
        "## Bewaartermijn",
        "p Wij bewaren uw gegevens zeven jaar.",
    ]


def test_a_blank_line_in_preformatted_text_parts_paragraphs() -> None:
    document = html("<pre>(1) uw gegevens worden gemaskeerd; of\n\nAnders vragen wij\nuw goedkeuring.</pre>")
    assert outline(document) == ["- uw gegevens worden gemaskeerd; of", "p Anders vragen wij uw goedkeuring."]


def test_the_page_number_of_a_word_processor_is_left_out() -> None:
    document = html(f"<div title=header><p>3</p></div><p>{LONG}</p><div title=footer><p>Pagina 4</p></div>")
    assert outline(document) == [f"p {LONG}"]
    assert "Zonnekorrel" in html(f"<p>{LONG}</p><div title=footer><p>Zonnekorrel B.V., Utrecht</p></div>").text


@pytest.mark.parametrize(
    ("picture", "count"),
    [
        ("<img src=policy-1.jpg>", 1),
        ("<img src=policy-1.jpg alt=' '>", 1),
        ("<img src=policy-1.jpg width=800 height=1100px>", 1),
        ("<img src=policy-1.jpg alt='Ons team in Utrecht'>", 0),
        ("<img src=kruisje.png width=24 height=24>", 0),
        ("<img src=logo.png>", 0),
        ("<img src=x.png class=site-logo>", 0),
        ("<img src='data:image/svg+xml;base64,AA'>", 0),
        ("<img src=a.jpg role=presentation>", 0),
        ("<div hidden><img src=policy-1.jpg></div>", 0),
        ("<nav><img src=policy-1.jpg></nav>", 0),
    ],
)
def test_pictures_that_may_hold_text_are_counted(picture: str, count: int) -> None:
    document = html(f"<p>{LONG}</p>{picture}<p>{MORE}</p>")
    assert document.coverage.pictures == count


@pytest.mark.parametrize("alt", ["", " alt=Privacyverklaring"])
def test_a_policy_in_pictures_is_an_error(alt: str) -> None:
    with pytest.raises(UserError) as caught:
        html(f"<h1>Privacyverklaring</h1><img src=1.png{alt}><img src=2.png{alt}>")
    assert caught.value.code == "no-text" and "(2)" in caught.value.message and "OCR" in caught.value.hint
    assert html("<img src=logo.png><p>Wij bewaren niets.</p>").text == "Wij bewaren niets."


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>Geheim</script>",
        "<style>Geheim</style>",
        "<template><p>Geheim</p></template>",
        "<noscript>Geheim</noscript>",
        "<!-- Geheim -->",
        "<p hidden>Geheim</p>",
        "<div style='color: red; display: none'><p>Geheim</p></div>",
        "<div style='visibility:hidden'>Geheim</div>",
        "<i aria-hidden='true'>Geheim</i>",
        "<select><option>Geheim</select>",
        "<textarea>Geheim</textarea>",
        "<input value='Geheim'>",
        "<svg><title>Geheim</title><text>Geheim</text></svg>",
        "<img alt='Geheim'>",
        "<iframe>Geheim</iframe>",
        "<object>Geheim</object>",
    ],
)
def test_what_no_visitor_reads(hidden: str) -> None:
    assert html(f"<p>{LONG}</p>{hidden}<p>{MORE}</p>").text == f"{LONG}\n{MORE}"


@pytest.mark.parametrize(
    "shown",
    [
        "<div id=a style='display:none'>{}</div><a href='#a'>Meer</a>",
        "<div id=a hidden>{}</div><button aria-controls=a aria-expanded=false>Meer</button>",
        "<div class='accordion-body' style='display: none'>{}</div>",
        "<div role=tabpanel hidden>{}</div>",
        "<div hidden=until-found>{}</div>",
        "<details><summary>Meer</summary>{}</details>",
        "<div aria-hidden=true><p>{}</p></div>",
    ],
)
def test_what_is_a_click_away_is_read(shown: str) -> None:
    assert MORE in html(f"<p>{LONG}</p>" + shown.format(MORE)).text


@pytest.mark.parametrize(
    "title",
    [
        "<p><strong>Bewaartermijnen</strong></p>",
        "<div role=heading aria-level=3>Bewaartermijnen</div>",
        "<details><summary>Bewaartermijnen</summary>",
        "<button aria-expanded=false>Bewaartermijnen</button>",
        "<button class=accordion>Bewaartermijnen</button>",
        "<div><a data-toggle=collapse href='#c'>Bewaartermijnen</a></div>",
        "<h3><button aria-controls=c><span>Bewaartermijnen</span></button></h3>",
        "<p style='font-weight:bold'>Bewaartermijnen</p>",
        "<ol start=4><li>Bewaartermijnen</li></ol>",
    ],
)
def test_titles_that_look_like_titles(title: str) -> None:
    lines = outline(html(f"<h1>Privacy</h1><p>{LONG}</p>{title}<p>{MORE}</p>"))
    assert re.fullmatch("##+ Bewaartermijnen", lines[2])
    assert lines[3] == f"p {MORE}"


def test_questions_and_their_answers() -> None:
    document = html(
        "<h1>Privacy</h1>"
        "<dl><dt>Hoe lang bewaren wij uw gegevens?<dd>Zeven jaar.<dt>Aan wie geven wij ze?<dd>Niemand.</dl>"
    )
    assert outline(document) == [
        "# Privacy",
        "## Hoe lang bewaren wij uw gegevens?",
        "p Zeven jaar.",
        "## Aan wie geven wij ze?",
        "p Niemand.",
    ]


def test_terms_introduce_their_definitions() -> None:
    document = html(
        "<dl><dt>Bewaartermijn</dt><dd>zeven jaar</dd><dt>Ontvangers</dt><dd>de bank</dd><dd>de post</dd></dl>"
    )
    assert lead_in(document, "zeven jaar") == "Bewaartermijn"
    assert lead_in(document, "de post") == "Ontvangers"


def test_items_with_a_title_and_text_of_their_own() -> None:
    document = html(f"<ul><li><p><b>Inzage</b></p><p>{LONG}</p></li><li><b>Wissen</b><p>{MORE}</p></li></ul>")
    assert outline(document) == ["## Inzage", f"p {LONG}", "## Wissen", f"p {MORE}"]


def test_table_headers_and_spans() -> None:
    document = html(
        "<table><thead><tr><th>Gegeven<th>Termijn<th>Doel</thead>"
        "<tr><th scope=row rowspan=2>Naam<td>2 jaar<td><p>bezorgen</p><ul><li>en bellen</ul>"
        "<tr><td>3 jaar<td>factuur<tr><td>Adres<td colspan=2>altijd</table>"
    )
    assert headers(document, "2 jaar") == ["Termijn", "Naam"]
    assert headers(document, "en bellen") == ["Doel", "Naam"]
    assert headers(document, "factuur")[0] == "Doel"
    assert headers(document, "altijd") == ["Termijn", "Adres"]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    inner = "<table><tr><th>Naam<th>Termijn<tr><td>sid<td>een dag</table>"
    document = html(f"<table><tr><td><h2>Cookies</h2><p>{LONG}</p><td>{inner}</table><table><tr><td>Los</table>")
    assert outline(document)[:3] == ["## Cookies", f"p {LONG}", "| Naam"]
    assert outline(document)[-1] == "p Los"
    assert headers(document, "een dag") == ["Termijn", "sid"]


def test_links_keep_their_address_and_contents_are_no_evidence() -> None:
    document = html(
        "<ul><li><a href='#c'>Cookies</a><li><a href='#r'>Uw rechten</a></ul>"
        f"<h2 id=c>Cookies</h2><p>{LONG}</p><h2 id=r>Uw rechten</h2>"
        "<p><a href='mailto:info@zon.example'>Mail ons</a> of zie <a href='#nergens'>hier</a>.</p>"
    )
    assert outline(document)[:3] == ["c Cookies", "c Uw rechten", "## Cookies"]
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("Mail ons", "mailto:info@zon.example")
    ]


def test_template_tags_are_left_out_and_placeholders_stay() -> None:
    document = html("{% extends 'a' %}<p>{{ naam }} en <% x %>wij</p>")
    assert document.text == "en wij"
    assert html("<p>Neem contact op met {{ naam }}.</p>").text == "Neem contact op met {{ naam }}."
    assert html(f"<?php if ($a > 3): ?><p>{LONG}</p>").text == LONG


SITE = f"""<!DOCTYPE html>
<html lang="nl"><head><title>Zonnekorrel</title></head><body>
<header><a href="/">Zonnekorrel</a><nav><ul><li><a href="/a">Winkel</a><li><a href="/b">Merken</a></ul></nav></header>
<div class="breadcrumb"><a href="/">Home</a> &gt; Privacy</div>
BEFORE<h1>Privacyverklaring</h1><p>{LONG}</p><h2>Bewaren</h2><p>{MORE}</p>
<footer><p>Zonnekorrel B.V., Dorpsstraat 1</p></footer>AFTER
<aside><h3>Lees ook</h3><a href="/x">Tien tips voor uw tuin</a></aside>
<div class="share-buttons"><a href="https://s.example">Deel dit</a></div>
<form action="/n"><label>Schrijf u in voor de nieuwsbrief</label><input name="e"><button>Inschrijven</button></form>
<div id="cookie-banner"><p>Wij gebruiken cookies om onze website te verbeteren en te meten wat u bekijkt. Akkoord?</p>
<button>Akkoord</button></div>
<footer><a href="/v">Voorwaarden</a> <a href="/c">Contact</a> <a href="/p">Privacy</a> <a href="/m">Merken</a></footer>
</body></html>"""
POLICY = ["# Privacyverklaring", f"p {LONG}", "## Bewaren", f"p {MORE}", "p Zonnekorrel B.V., Dorpsstraat 1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<main>", "</main>"),
        ("<div role=main>", "</div>"),
        ("<article>", "</article>"),
        ("<div class=content>", "</div>"),
        ("<form id=aspnetForm><div>", "</div></form>"),
        ("<aside class='sidebar'><div>", "</div></aside>"),
        ("<table><tr><td>", "</table>"),
    ],
)
def test_the_policy_is_found_in_a_saved_page(before: str, after: str) -> None:
    document = html(SITE.replace("BEFORE", before).replace("AFTER", after))
    assert outline(document) == POLICY
    assert 0.3 < document.coverage.left_out < 0.7


def test_a_title_outside_the_main_part_is_kept() -> None:
    document = html(
        f"<header><div><h1>Privacyverklaring</h1></div><a href=/>Home</a></header><main><p>{LONG}</p></main>"
    )
    assert outline(document) == ["# Privacyverklaring", f"p {LONG}"]


@pytest.mark.parametrize("tag", ["nav", "footer", "header", "aside", "dialog", "form"])
def test_a_policy_in_an_odd_place_is_not_lost(tag: str) -> None:
    document = html(f"<body><p>Welkom</p><{tag}><h2>Privacy</h2>{f'<p>{LONG}</p>' * 3}</{tag}></body>")
    assert document.text.count(LONG) == 3


def test_a_list_of_receivers_at_the_end_is_no_menu() -> None:
    receivers = "".join(f"<li><a href='https://{n}.example/privacy'>Bedrijf {n}</a></li>" for n in "abcde")
    document = html(f"<h1>Privacy</h1><p>{LONG}</p><p>Wij geven ze aan:</p><ul>{receivers}</ul>")
    assert "- Bedrijf e" in outline(document)
    menu = "".join(f"<li><a href='/{n}'>Afdeling {n}</a></li>" for n in "abcde")
    assert "Afdeling" not in html(f"<ul>{menu}</ul><h1>Privacy</h1><p>{LONG}</p>").text


def test_nothing_but_a_menu_is_read_all_the_same() -> None:
    assert html("<nav>Privacy</nav>").text == "Privacy"


def test_positions_count_the_lines_and_columns_of_the_file() -> None:
    document = html("<p>\r\n Eén <b>t</b>wee\r  &amp; drie</p>\n\n<ul><li>😀 vier</ul><table><tr><p>vijf</p></table>")
    assert place(document, "Eén") == (2, 2)
    assert place(document, "wee") == (2, 14)
    assert place(document, "&") == (3, 3)
    assert place(document, "drie") == (3, 9)
    assert place(document, "vier") == (5, 11)
    assert place(document, "vijf") == (5, 34)


class _Texts(HTMLParser):
    """Where the standard library's parser sees text: an independent route to places."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[tuple[int, int], str]] = []

    def handle_data(self, data: str) -> None:
        self.found.append((self.getpos(), data))


WORDS = st.text("abcé 😀\u0301", min_size=1, max_size=8)
TAGS = st.sampled_from(
    "<p> </p> <b> </b> <i> </i> <ul> <li> </ul> <table> <tr> <td> <th> </table> <h2> </h2> <div> </div> <br> <pre> "
    "</pre> <dl> <dt> <dd> <a> </a> <details> <summary> <!--c--> &amp; \n \r\n".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, TAGS, st.just("\n")), max_size=40).map("".join))
def test_another_parser_sees_every_word_in_the_same_place(text: str) -> None:
    parser = _Texts()
    parser.feed(text)
    parser.close()
    lines = text.split("\n")
    seen = set()
    for (line, column), data in parser.found:
        offset = sum(len(line) + 1 for line in lines[: line - 1]) + column
        seen.update(range(offset, offset + len(data)))
    try:
        document = read("a.html", b"\xef\xbb\xbf" + text.encode())
    except UserError as error:
        assert error.code == "empty"
        return
    read_from = set()
    for offset, character in enumerate(document.text):
        source = document.source_map.source_offset(offset)
        if not character.isspace() and character != "&":
            assert source in seen
            assert text[source] == unicodedata.normalize("NFD", character)[0] or text[source] == character
            read_from.add(source)
    unread = {text[source] for source in seen - read_from}
    assert all(character.isspace() or character == "\u0301" for character in unread)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<div>" * 100_000 + f"<p>{LONG}</p>", LONG),
        ("<ul><li>" * 20_000 + LONG, LONG),
        ("<b><p>" * 20_000 + LONG, LONG),
        ("<table><tr><td>" * 20_000 + LONG, LONG),
        ("<a href='/x'><div>" * 10_000 + LONG, LONG),
        (f"<p>{'woord ' * 200_000}</p>", "woord"),
        ("<p>" + "a,<br>" * 20_000, "a,"),
        ("<pre>" + "a\n" * 20_000, "a"),
        (f"<p title='{'x' * 2_000_000}'>{LONG}</p>", LONG),
        ("<table><tr>" + "<td rowspan=65000 colspan=1000>a" * 2000 + "<tr><td>b" * 2000, "b"),
        ("<" * 1_000_000, "<"),
        ("{%" * 200_000 + LONG, LONG),
        ("<![CDATA[" * 50_000 + f"><p>{LONG}", LONG),
    ],
    ids=lambda value: value[:12],
)
def test_hostile_pages_take_linear_time(text: str, words: str) -> None:
    started = time.perf_counter()
    assert words in html(text).text
    # Quadratic time would be minutes; a busy machine may take a few seconds.
    assert time.perf_counter() - started < 30


def test_odd_characters_do_no_harm() -> None:
    document = html("<p>een\u202etwee\u200bdrie &#0;&#xD800;&#x202e; \U000f0000\U00100001 vier</p>")
    assert document.text == "eentweedrie \ufffd\ufffd \U000f0000\U00100001 vier"


def test_half_characters_do_no_harm() -> None:
    blocks = list(read_html("<p \ud800a=\udfff>een \ud800 twee").blocks)
    assert "".join(piece.text for piece in blocks[0].pieces) == "een \ufffd twee"


def test_the_format_is_seen_on_standard_input() -> None:
    assert read("-", b"<!DOCTYPE html><p>Wij bewaren niets.").format == "html"
    assert read("-", b"<?xml version='1.0'?>\n<!-- x --><html><p>Wij bewaren niets.").format == "html"
    assert read("-", b"<!-- --> " * 2000 + b"Wij bewaren niets.").format == "text"
    fragment = b"<div><p>a</p><p>b</p><p>c</p><p>d</p><p>e</p></div>"
    assert read("-", fragment).format == "html"
    assert read("policy.htm", b"Wij bewaren niets.").format == "html"
