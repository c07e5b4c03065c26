"""The report as a web page: linked both ways, nothing in it from the policy but words, and good to use in a browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hand_made_result import FAILED, HEDGED, WEBSHOP, run_of

from policylint.cli import run
from policylint.document import Document
from policylint.judging.rulefiles import load_rules
from policylint.lint import lint_bytes
from policylint.reading import read
from policylint.report.html.page import render_html
from policylint.report.marks import Mark, by_block, runs
from policylint.result import Failure, Judgement, Severity

ROOT = Path(__file__).parent.parent
HOSTILE = (
    "# Privacy <b>\n\n"
    "We keep your personal data as long as necessary\\</p>\\<script>alert(1)\\</script>"
    "\\<img src=x onerror=alert(2)>.\n\n"
    "Our \"company' {{ 7*7 }} \\</style> \u202egnp.exe shares your data with javascript:alert(3) partners.\n"
)


class Page(HTMLParser):
    """The tags, anchors and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes
        named = dict(attributes)
        self.ids += [named["id"]] if named.get("id") else []  # type: ignore[list-item]
        self.links += [named["href"]] if named.get("href") else []  # type: ignore[list-item]


def judged(path: str, data: bytes, report_language: str | None = None) -> Judgement:
    rules = load_rules(strict=False)
    return lint_bytes(path, data, rules, as_of=date(2026, 11, 1), report_language=report_language)


def page_of(path: str, data: bytes, report_language: str | None = None) -> str:
    return render_html(run_of(judged(path, data, report_language)), lambda each: read(each.path, data))


def sample(name: str, report_language: str | None = None) -> str:
    return page_of(name, (ROOT / "samples" / name).read_bytes(), report_language)


@pytest.mark.parametrize("name", ["computerwinkel.txt", "app-privacy.md", "complete.md"])
def test_every_link_in_the_page_leads_somewhere_and_anchors_are_unique(name: str) -> None:
    page = Page(sample(name))
    assert len(page.ids) == len(set(page.ids))
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    assert {link for link in page.links if not link.startswith("#")} <= {
        law.url for rule in load_rules(strict=False).rules for law in rule.law
    }


def test_findings_and_evidence_are_linked_with_their_words_both_ways() -> None:
    data = (ROOT / "samples" / "computerwinkel.txt").read_bytes()
    judgement = judged("computerwinkel.txt", data)
    document = read("computerwinkel.txt", data)
    text = render_html(run_of(judgement), lambda _: document)
    page = Page(text)
    targets = {name for name in page.ids if name.startswith("t")}
    for target in targets:
        start, _, key = target.removeprefix("t").partition("-")
        assert key in page.ids
        assert f"#{key}" in page.links
        assert f"#{target}" in page.links
        assert document.text[int(start)] not in " \n"
    starts = {int(target.removeprefix("t").partition("-")[0]) for target in targets}
    for requirement in judgement.requirements:
        for evidence in requirement.evidence:
            assert evidence.location.span[0] + evidence.focus[0] in starts
    assert any(not finding.quote for finding in judgement.findings)
    for finding in judgement.findings:
        assert finding.location.span[0] + finding.focus[0] in starts
        for related in finding.related:
            assert related.location.span[0] in starts


def test_words_of_a_policy_never_become_markup() -> None:
    text = page_of("<i>.md", HOSTILE.encode())
    page = Page(text)
    known = Page(sample("app-privacy.md"))
    assert set(page.tags) <= set(known.tags) | {"details", "summary"}
    assert {name for name, _ in page.attributes} <= {name for name, _ in known.attributes}
    assert "onerror=alert(2)&gt;" in text
    assert "{{ 7*7 }}" in text
    assert "\u202e" not in text
    assert text.count("<script>") == text.count("</script>") == 1
    assert text.count("<style>") == text.count("</style>") == 1


def test_the_page_may_load_nothing_and_run_its_own_script_alone() -> None:
    text = sample("app-privacy.md")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    told = policy[1].replace("&#39;", "'")
    assert told.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in told
    assert not re.search(r"\b(?:src|srcset|style|on\w+)=", re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL))
    assert "url(" not in text and "@import" not in text


@pytest.mark.parametrize(("language", "heading"), [("nl", "Eerst te doen"), ("en", "What to fix first")])
def test_the_page_speaks_the_language_of_the_report_and_quotes_in_that_of_the_policy(
    language: str, heading: str
) -> None:
    text = sample("computerwinkel.txt", language)
    assert f'<html lang="{language}">' in text
    assert f">{heading}</h3>" in text
    assert '<q lang="nl">' in text
    assert '<div class="policy" lang="nl">' in text
    assert '<blockquote lang="nl">' in text


def test_the_page_says_what_made_it_and_what_it_is_worth() -> None:
    text = render_html(run_of(WEBSHOP), lambda _: None)
    for told in (WEBSHOP.sha256, "geen juridisch advies", "24 november 2025", "2026.11"):
        assert str(told) in text
    assert "De tekst is na de beoordeling veranderd" in text
    assert "citaat uit een brief van 2009" in text


def test_several_documents_and_one_that_failed_stand_under_an_index() -> None:
    page = Page(text := render_html(run_of(WEBSHOP, replace(WEBSHOP, path="b.txt"), FAILED), lambda _: None))
    assert {"d1", "d2", "d3"} <= set(page.ids)
    assert {"#d1", "#d2", "#d3"} <= set(page.links)
    assert text.count('<article id="d') == 3
    assert FAILED.failure is not None
    assert FAILED.failure.message in text


def test_a_page_tells_a_failure_in_the_language_of_the_report() -> None:
    failed = Judgement("scan.pdf", failure=Failure("empty", "the file is empty", "Give a file."), report_language="nl")
    dutch, english = (
        render_html(run_of(replace(failed, report_language=language)), lambda _: None) for language in ("nl", "en")
    )
    assert '<span lang="nl">Dit bestand is leeg. ' in dutch
    assert "the file is empty" not in dutch
    assert '<span lang="en">the file is empty. Give a file.</span>' in english


def test_a_page_without_the_text_has_no_links_into_it() -> None:
    page = Page(render_html(run_of(WEBSHOP), lambda _: None))
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.ids)
    assert not [name for name in page.ids if name.startswith("t")]


def test_what_is_missing_stands_where_it_belongs_or_above_the_text() -> None:
    text = "# Privacy\n\nWe process your personal data.\n\n# Your rights\n\nYou may see your data.\n"
    judgement = judged("a.md", text.encode())
    page = page_of("a.md", text.encode(), "en")
    homes = [each for each in judgement.findings if not each.quote]
    assert {bool(each.location.section) for each in homes} == {True, False}
    assert (
        page.index("Found nowhere:")
        < page.index('<div class="policy"')
        < page.index("What was not found belongs here:")
    )
    assert page.index(">Your rights<") < page.index("What was not found belongs here:")


def test_signs_of_items_and_headers_of_cells_are_shown() -> None:
    page = page_of(
        "a.md", b"# Privacy of personal data\n\n3. Third\n4. Fourth\n\n| Data | Why |\n|---|---|\n| Name | to write |\n"
    )
    assert '<span class="marker">3. </span>Third' in page
    assert '<span class="headers">Why: </span><span class="headers">Name: </span>to write' in page


def test_a_layered_notice_is_shown_by_requirement_and_leads_to_its_documents(tmp_path: Path) -> None:
    for name in ("complete.md", "club-notice.txt"):
        (tmp_path / name).write_bytes((ROOT / "samples" / name).read_bytes())
    output = tmp_path / "out" / "report.html"
    run(["check", str(tmp_path), "--together", "--exit-zero", "--output", f"html:{output}"])
    text = output.read_text("utf-8")
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.ids)
    notice = text[text.index('<section class="notice"') : text.index('<article id="d1"')]
    assert "what one of them states need not stand in the others" in notice
    assert "2 documents judged as one policy" in notice
    assert text.count('<p class="coverage">') == 1
    assert re.search(r'<a class="place" href="#d[12]">[^<]*complete\.md, line', notice)


def test_ten_thousand_findings_stay_a_page_that_opens() -> None:
    many = tuple(replace(HEDGED, rule=f"r{number}", fingerprint=f"{number:016x}") for number in range(10_000))
    text = render_html(run_of(replace(WEBSHOP, findings=many)), lambda _: None)
    assert text.count('<section class="card') == 1_000
    assert "en nog 9.000 bevindingen; het JSON-rapport noemt alles" in text
    assert len(text) < 3_000_000


def test_a_finding_in_ten_thousand_places_is_bounded_too() -> None:
    many = tuple(replace(HEDGED, group="again", fingerprint=f"{number:016x}") for number in range(10_000))
    text = render_html(run_of(replace(WEBSHOP, findings=many)), lambda _: None)
    assert text.count('<li id="d1-f1-') == 1_000
    assert "en nog 9.000 bevindingen; het JSON-rapport noemt alles" in text


def test_of_a_very_long_text_only_what_is_marked_is_shown() -> None:
    filler = "This paragraph says nothing in particular about anything.\n\n" * 12_000
    text = (
        f"# Privacy\n\nWe keep your personal data for two years.\n\n{filler}# Your rights\n\nYou may see your data.\n"
    )
    judgement = replace(judged("a.md", text.encode()[:2000]), path="a.md")
    page = render_html(run_of(judgement), lambda _: read("a.md", text.encode()))
    assert "paragraphs without marks are left out" in page
    assert ">Your rights<" in page
    assert page.count("says nothing in particular") < 200
    assert len(page) < 500_000


def marks(*spans: tuple[int, int]) -> list[Mark]:
    return [Mark(*span, f"k{number}", f"{number}", "", "met", number) for number, span in enumerate(spans)]


def read_text(text: str) -> Document:
    return read("a.txt", text.encode())


@pytest.mark.parametrize("spans", [[(2, 6), (4, 9)], [(0, 11)], [(3, 3)], [(11, 11)], [(0, 4), (0, 4), (4, 11)], []])
def test_overlapping_marks_become_runs_that_hold_the_whole_text(spans: list[tuple[int, int]]) -> None:
    document = read_text("hello world")
    found = runs(document, document.blocks[0], marks(*spans))
    assert "".join(each.text for each in found) == "hello world"
    assert sorted(mark.key for each in found for mark in each.begins) == [f"k{number}" for number in range(len(spans))]
    ended = [mark.key for each in found for mark in each.ends]
    assert sorted(ended) == [f"k{number}" for number, (start, end) in enumerate(spans) if start < end]


def test_a_mark_over_two_blocks_touches_both_and_begins_once() -> None:
    document = read_text("One line here.\n\nAnother line there.")
    own = by_block(document, marks((4, 25)))
    assert [len(each) for each in own] == [1, 1]
    pieces = [run for block, each in zip(document.blocks, own, strict=True) for run in runs(document, block, each)]
    assert sum(len(each.begins) for each in pieces) == 1


def test_a_file_that_is_no_report_of_ours_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = ROOT / "samples" / "complete.md"
    output = tmp_path / "report.html"
    output.write_text("<p>mine</p>")
    arguments = ["check", str(policy), "--output", f"html:{output}"]
    assert run(arguments) == 2
    assert "this file is there already" in capsys.readouterr().err
    assert output.read_text() == "<p>mine</p>"
    assert run([*arguments, "--force"]) == 0
    first = output.read_text()
    assert run(arguments) == 0
    assert output.read_text() == first


def test_the_text_on_standard_input_is_shown_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((ROOT / "samples" / "complete.md").read_bytes())))
    output = tmp_path / "report.html"
    assert run(["check", "-", "--stdin-filename", "p.md", "--output", f"html:{output}"]) == 0
    assert '<div class="policy"' in output.read_text()


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("needs chromium")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {
        "nl": sample("computerwinkel.txt", "nl"),
        "en": sample("app-privacy.md", "en"),
        "hostile": page_of("a.md", HOSTILE.encode()),
        "several": render_html(run_of(WEBSHOP, replace(WEBSHOP, path="b.txt"), FAILED), lambda _: None),
    }
    layers = [str(ROOT / "samples" / name) for name in ("complete.md", "club-notice.txt")]
    run(["check", *layers, "--together", "--exit-zero", "--output", f"html:{folder / 'together.html'}"])
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in NAMES}


NAMES = ["nl", "en", "hostile", "several", "together"]


@pytest.mark.system
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_shut_out(browser: Any, files: dict[str, Path], name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_page(color_scheme=scheme)
    page.goto(files[name].as_uri())
    results = axe.Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in results.response["violations"]] == []
    page.close()


@pytest.mark.system
@pytest.mark.parametrize("name", NAMES)
def test_a_telephone_shows_it_without_scrolling_sideways_and_nothing_complains(
    browser: Any, files: dict[str, Path], name: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert told == []
    assert asked == [files[name].as_uri()]
    page.close()


@pytest.mark.system
def test_filters_hide_findings_by_keyboard_and_a_link_shows_them_again(browser: Any, files: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(files["nl"].as_uri())
    cards = page.locator(".card:visible").count()
    page.locator("input[data-severity=error]").focus()
    page.keyboard.press("Space")
    hidden = page.locator(".card.error").count()
    assert hidden > 0
    assert page.locator(".card:visible").count() == cards - hidden
    assert page.locator(".shown").inner_text() == f"{cards - hidden} van {cards} getoond"
    assert (
        page.locator(".absent .ref.off, .policy sup a.off").count() == page.locator(".card.error [href^='#t']").count()
    )
    page.locator(".actions li.error a").first.click()
    assert page.locator(".card.error:visible").count() == 1
    page.close()


@pytest.mark.system
def test_a_mark_leads_to_its_finding_and_back(browser: Any, files: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(files["nl"].as_uri())
    mark = page.locator(".policy sup a").first
    mark.focus()
    page.keyboard.press("Enter")
    finding = page.evaluate("document.querySelector(':target').id")
    assert mark.get_attribute("href") == f"#{finding}"
    page.locator(f".card:has(#{finding}) .place").first.click()
    target = page.locator(".policy :target")
    assert target.get_attribute("id").endswith(finding)
    assert target.locator("xpath=ancestor::*[contains(@class, 'block')]").bounding_box()["y"] < 720
    page.close()


@pytest.mark.system
def test_without_a_script_everything_is_there(browser: Any, files: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["nl"].as_uri())
    assert page.locator(".filter:visible").count() == 0
    assert page.locator(".card:visible").count() == page.locator(".card").count() > 5
    context.close()


@pytest.mark.system
def test_it_prints(browser: Any, files: dict[str, Path]) -> None:
    import io

    from pypdf import PdfReader

    page = browser.new_page()
    page.goto(files["en"].as_uri())
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(unicodedata.normalize("NFKC", " ".join(each.extract_text() for each in pages)).split())
    assert "What to fix first" in text
    assert "it is not legal advice" in text
    page.close()


def test_what_is_accepted_is_never_shown_as_open() -> None:
    text = render_html(run_of(WEBSHOP), lambda _: None)
    accepted = next(each for each in WEBSHOP.findings if each.suppressed)
    assert not re.search(rf"<section class=\"card[^>]*>(?:(?!</section>).)*{accepted.rule}", text, re.DOTALL)
    assert accepted.severity in list(Severity)
