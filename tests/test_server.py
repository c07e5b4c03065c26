"""The language server, as an editor meets it: a real client over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.workspace import PositionCodec

from policylint.run import Workshop
from policylint.server.checking import Checked, check_text
from policylint.server.diagnostics import diagnostics, range_of
from policylint.server.fixes import fixes
from policylint.server.texts import Text

ROOT = Path(__file__).parent.parent
WAIT = 30

POLICY = """\
# Privacyverklaring

Bakkerij Zonnekorrel B.V., Dorpsstraat 12, 3511 AB Utrecht, verwerkt persoonsgegevens van haar klanten, zoals uw naam,
uw adres en uw e-mailadres, om uw bestelling te bezorgen.

## Bewaren 🍞

🍞🍞 Wij bewaren uw persoonsgegevens zolang dat nodig is. Daarna verwijderen wij ze.

## Uw rechten

- U hebt het recht op inzage in uw persoonsgegevens.
- U hebt het recht op rectificatie van uw gegevens.

| Gegeven | Bewaartermijn |
|---|---|
| Naam | zo lang als nodig is |
"""


class Editor(LanguageClient):
    """A client that keeps what the server shows of each document."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.shown: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(parameters: lsp.PublishDiagnosticsParams) -> None:
            self.shown.put_nowait(parameters)

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def register(_: lsp.RegistrationParams) -> None:
            return None

    async def diagnostics(self, uri: str) -> lsp.PublishDiagnosticsParams:
        """The next that is shown of a document."""
        while True:
            shown = await asyncio.wait_for(self.shown.get(), WAIT)
            if shown.uri == uri:
                return shown

    def open(self, path: Path, text: str, language: str = "markdown") -> str:
        uri = path.as_uri()
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, language, 1, text)))
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        self.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(version, uri), [lsp.TextDocumentContentChangeWholeDocument(text)]
            )
        )

    async def fixes(self, uri: str, diagnostic: lsp.Diagnostic) -> list[lsp.CodeAction]:
        answer = await self.text_document_code_action_async(
            lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), diagnostic.range, lsp.CodeActionContext([diagnostic]))
        )
        return [action for action in answer or [] if isinstance(action, lsp.CodeAction)]


def able() -> lsp.ClientCapabilities:
    return lsp.ClientCapabilities(
        workspace=lsp.WorkspaceClientCapabilities(
            workspace_edit=lsp.WorkspaceEditClientCapabilities(
                document_changes=True, resource_operations=[lsp.ResourceOperationKind.Create]
            ),
            did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        text_document=lsp.TextDocumentClientCapabilities(
            hover=lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.Markdown]),
        ),
    )


@asynccontextmanager
async def editor(folder: Path, *options: str) -> AsyncIterator[Editor]:
    """An editor whose server runs in a process of its own."""
    client = Editor()
    await client.start_io(sys.executable, "-m", "policylint", "server", *options, cwd=ROOT)
    try:
        answer = await client.initialize_async(lsp.InitializeParams(able(), root_uri=folder.as_uri()))
        assert answer.server_info is not None
        assert answer.server_info.name == "policylint"
        client.initialized(lsp.InitializedParams())
        yield client
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()


def talk(conversation: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(conversation(), 3 * WAIT))


def applied(text: str, action: lsp.CodeAction, uri: str) -> str:
    """The text once an editor has applied an action that changes it alone."""
    assert action.edit is not None
    assert action.edit.changes is not None
    assert list(action.edit.changes) == [uri]
    (edit,) = action.edit.changes[uri]
    lines = text.split("\n")
    line = lines[edit.range.start.line].encode("utf-16-le")
    before = line[: 2 * edit.range.start.character].decode("utf-16-le")
    after = line[2 * edit.range.start.character :].decode("utf-16-le")
    lines[edit.range.start.line] = before + edit.new_text + after
    return "\n".join(lines)


def underlined(text: str, place: lsp.Range) -> str:
    """What a range of one line covers, counted in UTF-16 as editors do."""
    assert place.start.line == place.end.line
    line = text.split("\n")[place.start.line].encode("utf-16-le")
    return line[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")


def coded(shown: lsp.PublishDiagnosticsParams, code: str) -> lsp.Diagnostic:
    return next(each for each in shown.diagnostics if each.code == code)


@pytest.mark.system
def test_an_editor_shows_findings_explains_them_and_mends_them(tmp_path: Path) -> None:
    async def conversation() -> None:
        async with editor(tmp_path) as client:
            uri = client.open(tmp_path / "privacy.md", POLICY)
            shown = await client.diagnostics(uri)
            assert shown.version == 1
            vague = coded(shown, "retention")
            assert vague.severity is lsp.DiagnosticSeverity.Warning
            assert coded(shown, "complaint-authority").severity is lsp.DiagnosticSeverity.Error
            assert vague.source == "policylint"
            assert underlined(POLICY, vague.range) == "🍞🍞 Wij bewaren uw persoonsgegevens zolang dat nodig is."
            assert vague.code_description is not None
            assert vague.code_description.href.startswith("https://")
            assert underlined(POLICY, coded(shown, "right-erasure").range) == "Uw rechten"
            assert underlined(POLICY, coded(shown, "complaint-authority").range) == "# Privacyverklaring"

            hover = await client.text_document_hover_async(
                lsp.HoverParams(lsp.TextDocumentIdentifier(uri), vague.range.start)
            )
            assert hover is not None
            assert isinstance(hover.contents, lsp.MarkupContent)
            assert hover.contents.kind is lsp.MarkupKind.Markdown
            assert "(`retention`)" in hover.contents.value
            assert "art. 13 lid 2 onder a AVG" in hover.contents.value

            model, accept = await client.fixes(uri, vague)
            assert model.title.startswith("Voorbeeldtekst invoegen")
            lines = applied(POLICY, model, uri).split("\n")
            at = lines.index("🍞🍞 Wij bewaren uw persoonsgegevens zolang dat nodig is. Daarna verwijderen wij ze.")
            assert lines[at + 1] == ""
            assert lines[at + 2].startswith("Wij bewaren bestelgegevens en facturen [7 jaar]")
            assert lines[at + 3 : at + 5] == ["", "## Uw rechten"]

            unsigned = applied(POLICY, accept, uri)
            assert "verwijderen wij ze. <!-- policylint: accept retention:vague -- -->\n" in unsigned
            client.change(uri, 2, unsigned)
            shown = await client.diagnostics(uri)
            assert shown.version == 2
            # An exception without a reason accepts nothing.
            assert coded(shown, "retention")
            assert "reden" in coded(shown, "invalid-exception").message
            client.change(uri, 3, unsigned.replace("-- -->", "-- besluit 12 -->"))
            shown = await client.diagnostics(uri)
            assert {"retention", "invalid-exception"}.isdisjoint({each.code for each in shown.diagnostics})

            client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
            assert (await client.diagnostics(uri)).diagnostics == ()

    talk(conversation)


@pytest.mark.system
def test_the_configuration_of_the_folder_holds_and_is_read_again_when_it_is_saved(tmp_path: Path) -> None:
    (tmp_path / "policylint.toml").write_text('select = ["retention"]\nexclude = ["draft.md"]\n', "utf-8")
    (tmp_path / "site").mkdir()

    async def conversation() -> None:
        async with editor(tmp_path) as client:
            uri = client.open(tmp_path / "site" / "privacy.md", POLICY)
            shown = await client.diagnostics(uri)
            assert {each.code for each in shown.diagnostics} == {"retention"}
            draft = client.open(tmp_path / "draft.md", POLICY)
            assert (await client.diagnostics(draft)).diagnostics == ()

            (tmp_path / "policylint.toml").write_text('selec = ["retention"]\n', "utf-8")
            toml = lsp.TextDocumentIdentifier((tmp_path / "policylint.toml").as_uri())
            client.text_document_did_save(lsp.DidSaveTextDocumentParams(toml))
            (fault,) = (await client.diagnostics(uri)).diagnostics
            assert fault.code == "bad-configuration"
            assert "policylint.toml:1" in fault.message
            assert "select" in fault.message

            (tmp_path / "policylint.toml").write_text('select = ["complaint-authority"]\n', "utf-8")
            client.workspace_did_change_watched_files(
                lsp.DidChangeWatchedFilesParams([lsp.FileEvent(toml.uri, lsp.FileChangeType.Changed)])
            )
            shown = await client.diagnostics(uri)
            assert {each.code for each in shown.diagnostics} == {"complaint-authority"}

    talk(conversation)


@pytest.mark.system
def test_what_cannot_be_judged_is_said_and_the_server_lives_on(tmp_path: Path) -> None:
    async def conversation() -> None:
        async with editor(tmp_path) as client:
            empty = client.open(tmp_path / "empty.md", "")
            (shown,) = (await client.diagnostics(empty)).diagnostics
            assert (shown.code, shown.severity) == ("empty", lsp.DiagnosticSeverity.Information)
            other = client.open(tmp_path / "readme.md", "# Install\n\nRun the program.\n")
            (shown,) = (await client.diagnostics(other)).diagnostics
            assert shown.severity is lsp.DiagnosticSeverity.Information
            broken = client.open(tmp_path / "broken.md", "\ud800\x00\x1b[31m" + POLICY)
            for each in (await client.diagnostics(broken)).diagnostics:
                assert "\x1b" not in each.message
            assert await client.fixes(empty, shown) == []
            # A PDF that an editor opens as text is none; a program is no policy.
            client.open(tmp_path / "policy.pdf", "%PDF-1.7", "plaintext")
            client.open(tmp_path / "program.py", "print(1)", "python")
            last = client.open(tmp_path / "privacy.md", POLICY)
            assert (await client.diagnostics(last)).diagnostics
            assert client.shown.empty()

    talk(conversation)


@pytest.mark.system
def test_only_the_last_of_quick_changes_is_shown(tmp_path: Path) -> None:
    async def conversation() -> None:
        async with editor(tmp_path) as client:
            uri = client.open(tmp_path / "privacy.md", POLICY)
            await client.diagnostics(uri)
            for version in range(2, 12):
                client.change(uri, version, POLICY + f"\nRegel {version}.\n" * version)
            assert (await client.diagnostics(uri)).version == 11

    talk(conversation)


@pytest.mark.system
def test_an_exception_for_plain_text_goes_to_the_file_beside_it(tmp_path: Path) -> None:
    text = "Privacyverklaring\n\n" + POLICY.split("\n\n", 1)[1].replace("## ", "")
    (tmp_path / "privacy.txt.exceptions.toml").write_text(
        '[[exception]]\nrules = "complaint-authority"\nreason = "besluit 1"', "utf-8"
    )

    async def conversation() -> None:
        async with editor(tmp_path) as client:
            uri = client.open(tmp_path / "privacy.txt", text, "plaintext")
            shown = await client.diagnostics(uri)
            assert "complaint-authority" not in {each.code for each in shown.diagnostics}
            *_, accept = await client.fixes(uri, coded(shown, "retention"))
            assert accept.edit is not None
            create, change = accept.edit.document_changes or ()
            assert isinstance(create, lsp.CreateFile)
            assert create.options is not None
            assert create.options.ignore_if_exists
            assert isinstance(change, lsp.TextDocumentEdit)
            assert change.text_document.uri == create.uri == (tmp_path / "privacy.txt.exceptions.toml").as_uri()
            (edit,) = change.edits
            assert isinstance(edit, lsp.TextEdit)
            assert edit.range.start == edit.range.end == lsp.Position(2, 20)
            assert edit.new_text.startswith('\n\n[[exception]]\nrules = ["retention:vague"]\nquote = "')
            assert edit.new_text.endswith('reason = ""\n')

    talk(conversation)


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from policylint.cli import run

    monkeypatch.setitem(sys.modules, "pygls", None)
    assert run(["server"]) == 2
    assert "pip install '.[server]'" in capsys.readouterr().err


# ---- in one process: what is offered, and what comes of it

NAMES = {".md": "privacy.md", ".html": "privacy.html"}
PAGE = """<!DOCTYPE html>
<html lang="nl"><head><title>Privacy</title></head>
<body>
<h1>Privacyverklaring</h1>
<p>Bakkerij Zonnekorrel verwerkt persoonsgegevens van haar klanten, zoals uw naam, adres en e-mailadres.</p>
<h2>Bewaren</h2>
<ul>
<li>Wij bewaren uw persoonsgegevens zolang dat nodig is.
<li>Daarna verwijderen wij ze &amp; is het klaar.
</ul>
<h2>Uw rechten</h2>
<p>U hebt het recht op inzage in uw persoonsgegevens.</p>
<p>Klant zijn bij ons is leuk.</p>
</body></html>
"""


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return Workshop({}, isolated=True)


def checked(workshop: Workshop, name: str, source: str, codec: PositionCodec | None = None) -> Checked:
    return check_text(name, 1, Text(source, codec or PositionCodec()), workshop, lambda _: None)


def offered(result: Checked, rule: str) -> dict[str, str]:
    """The text after each fix for the first finding of a rule, by the first word of the fix."""
    assert result.judgement is not None
    assert result.judgement.failure is None
    finding = next(each for each in result.judgement.findings if each.rule == rule and each.suppressed is None)
    source = result.text.source
    return {
        fix.title.split()[0]: source[: fix.offset] + fix.text + source[fix.offset :]
        for _, fix in fixes(result, [finding])
        if fix.offset is not None
    }


def rules_open(result: Checked) -> set[str]:
    assert result.judgement is not None
    return {each.rule for each in result.judgement.findings if each.suppressed is None}


@pytest.mark.parametrize(("name", "source"), [("privacy.md", POLICY), ("privacy.html", PAGE)])
@pytest.mark.parametrize("rule", ["retention", "right-erasure", "complaint-authority"])
def test_a_signed_exception_of_a_fix_accepts_its_finding_and_no_other(
    workshop: Workshop, name: str, source: str, rule: str
) -> None:
    before = checked(workshop, name, source)
    unsigned = offered(before, rule)["Aanvaarden"]
    assert rules_open(checked(workshop, name, unsigned)) == rules_open(before) | {"invalid-exception"}
    signed = checked(workshop, name, unsigned.replace("-- -->", "-- besluit 12 -->"))
    assert rules_open(signed) == rules_open(before) - {rule}


@pytest.mark.parametrize(("name", "source"), [("privacy.md", POLICY), ("privacy.html", PAGE)])
def test_model_wording_that_is_filled_in_mends_its_finding(workshop: Workshop, name: str, source: str) -> None:
    for rule in ("right-erasure", "complaint-authority"):
        before = checked(workshop, name, source)
        assert rule in rules_open(before)
        source = offered(before, rule)["Voorbeeldtekst"]
    assert {"right-erasure", "complaint-authority"}.isdisjoint(rules_open(checked(workshop, name, source)))


def test_wording_goes_where_it_belongs(workshop: Workshop) -> None:
    absent = offered(checked(workshop, "privacy.html", PAGE), "right-erasure")["Voorbeeldtekst"]
    assert absent.index("is leuk.</p>") < absent.index("<p>U kunt") < absent.index("</body>")
    vague = offered(checked(workshop, "privacy.html", PAGE), "retention")["Voorbeeldtekst"]
    assert vague.index("</ul>") < vague.index("<p>Wij bewaren") < vague.index("<h2>Uw rechten")
    # What belongs nowhere yet gets a heading of its own at the end.
    homeless = offered(checked(workshop, "privacy.md", POLICY), "complaint-authority")["Voorbeeldtekst"]
    assert "| Naam | zo lang als nodig is |\n\n## " in homeless


def test_an_exception_in_a_table_does_not_break_it(workshop: Workshop) -> None:
    text = POLICY.replace(
        "🍞🍞 Wij bewaren uw persoonsgegevens zolang dat nodig is. Daarna verwijderen wij ze.", "Zie onder."
    )
    unsigned = offered(checked(workshop, "privacy.md", text), "vague-retention")["Aanvaarden"]
    assert "| Naam | zo lang als nodig is <!-- policylint: accept vague-retention -- --> |" in unsigned


def test_an_exception_does_not_stand_in_front_matter(workshop: Workshop) -> None:
    unsigned = offered(checked(workshop, "privacy.md", f"---\ntitle: Privacy\n---\n\n{POLICY}"), "complaint-authority")
    assert unsigned["Aanvaarden"].startswith("---\ntitle: Privacy\n---\n\n<!-- policylint: accept-file complaint-")


def test_lines_end_as_in_the_document(workshop: Workshop) -> None:
    crlf = POLICY.replace("\n", "\r\n")
    for fixed in offered(checked(workshop, "privacy.md", crlf), "right-erasure").values():
        assert "\n" not in fixed.replace("\r\n", "")
    # A line separator within a line ends none in an editor.
    odd = POLICY.replace("Bakkerij Zonnekorrel", "Bakkerij\u2028 Zonnekorrel\x0c")
    (vague,) = (
        each for each in diagnostics(checked(workshop, "a.md", odd), "file:///a.md") if each.code == "retention"
    )
    assert odd.split("\n")[vague.range.start.line].startswith("🍞🍞 Wij bewaren")


@pytest.mark.parametrize(
    ("encoding", "end"),
    [(lsp.PositionEncodingKind.Utf8, 61), (lsp.PositionEncodingKind.Utf16, 57), (lsp.PositionEncodingKind.Utf32, 55)],
)
def test_columns_count_as_the_editor_asks(workshop: Workshop, encoding: lsp.PositionEncodingKind, end: int) -> None:
    result = checked(workshop, "privacy.md", POLICY, PositionCodec(encoding))
    assert result.judgement is not None
    finding = next(each for each in result.judgement.findings if each.rule == "retention")
    assert range_of(finding.location, result.text).end.character == end


def test_what_a_policy_quotes_is_only_text(workshop: Workshop) -> None:
    text = POLICY.replace("zolang dat nodig is", "zolang dat nodig is \x1b[31m\u202e")
    for each in diagnostics(checked(workshop, "privacy.md", text), "file:///privacy.md"):
        assert not {"\x1b", "\u202e"} & set(each.message)


def test_a_fault_of_ours_is_a_diagnostic(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no such luck")

    monkeypatch.setattr("policylint.run.accept", broken)
    (shown,) = diagnostics(checked(workshop, "privacy.md", POLICY), "file:///privacy.md")
    assert shown.code == "internal"
    assert shown.severity is lsp.DiagnosticSeverity.Error


def test_what_another_document_of_the_notice_says_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / "policylint.toml").write_text('[[together]]\nname = "site"\nfiles = ["*.md"]\n', "utf-8")
    path = str(tmp_path / "privacy.md")
    assert "complaint-authority" in rules_open(checked(Workshop({}), path, POLICY))
    said = "# Klachten\n\nU kunt over uw persoonsgegevens een klacht indienen bij de Autoriteit Persoonsgegevens.\n"
    (tmp_path / "complaints.md").write_text(said, "utf-8")
    result = checked(Workshop({}), path, POLICY)
    assert "complaint-authority" not in rules_open(result)
    assert "right-erasure" in rules_open(result)
