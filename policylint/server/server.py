"""The server itself: which messages of an editor it answers, and when it checks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from policylint import __version__
from policylint.config.sidecar import SUFFIX
from policylint.reading import SUFFIXES
from policylint.run import Workshop
from policylint.server.checking import Checked, check_text
from policylint.server.diagnostics import SOURCE, diagnostics, findings_within
from policylint.server.fixes import Fix, fixes
from policylint.server.hover import memos
from policylint.server.texts import Text

DELAY = 0.4
"""Seconds without typing before a changed document is checked."""

_TEXT_FORMATS = ("markdown", "text", "html")
_BY_LANGUAGE = {"markdown": ".md", "html": ".html", "plaintext": ".txt"}
_WATCHED = ("**/policylint.toml", "**/.policylint.toml", "**/pyproject.toml", f"**/*{SUFFIX}", "**/*.yaml")
_MOST_FIXED = 8
"""Findings at one place for which fixes are offered; further ones make a menu that nobody reads."""


class PolicyServer(LanguageServer):
    """Checks the open documents, one at a time beside the conversation with the editor.

    `workshop` makes what documents are judged with, `told` is given tracebacks of faults of ours.
    """

    def __init__(self, workshop: Callable[[], Workshop], told: Callable[[str], None]) -> None:
        # Whole texts: the library counts lines at more breaks than the protocol has, which changes would fall between.
        super().__init__("policylint", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.made = workshop
        self.current = workshop()
        self.told = told
        self.worker = ThreadPoolExecutor(1, "policylint")
        self.checked: dict[str, Checked] = {}
        self.waiting: dict[str, asyncio.Task[None]] = {}

    def path_of(self, uri: str) -> str | None:
        """The path of an open document (made up for one that is no file yet), None if it is no text to check."""
        language = self.workspace.get_text_document(uri).language_id or ""
        scheme = urlsplit(uri).scheme
        if scheme == "untitled":
            root = self.workspace.root_path or "."
            suffix = _BY_LANGUAGE.get(language)
            return str(Path(root) / f"untitled{suffix}") if suffix else None
        path = to_fs_path(uri) if scheme == "file" else None
        if path is None:
            return None
        suffix = PurePath(path).suffix.lower()
        known = SUFFIXES.get(suffix)
        # A template such as policy.html.j2 is what its editor takes it for; plain text would be any file at all.
        as_text = known in _TEXT_FORMATS or (known is None and language in ("markdown", "html"))
        return path if as_text else None

    async def checked_now(self, uri: str) -> Checked | None:
        """What came of the text as it is now, checked first if need be."""
        document = self.workspace.text_documents.get(uri)
        if document is None:
            return None
        known = self.checked.get(uri)
        if known is not None and known.version == document.version and known.text.source == document.source:
            return known
        path = self.path_of(uri)
        if path is None:
            return None
        workshop = self.current
        text = Text(document.source, self.workspace.position_codec)
        checked = await asyncio.get_running_loop().run_in_executor(
            self.worker, check_text, path, document.version, text, workshop, self.told
        )
        # What was read anew meanwhile counts; what was closed is no longer asked for.
        if workshop is self.current and uri in self.workspace.text_documents:
            self.checked[uri] = checked
        return checked

    def plan(self, uri: str, delay: float = 0.0) -> None:
        """Check a document after `delay` seconds, unless it changes again before."""
        before = self.waiting.pop(uri, None)
        if before is not None:
            before.cancel()
        self.waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, delay))

    async def _check(self, uri: str, delay: float) -> None:
        await asyncio.sleep(delay)
        checked = await self.checked_now(uri)
        document = self.workspace.text_documents.get(uri)
        # What is out of date has a later check planned, or was closed.
        if checked is None or self.checked.get(uri) is not checked or document is None:
            return
        if document.version != checked.version:
            return
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, diagnostics(checked, uri), checked.version)
        )

    def begin_anew(self) -> None:
        """Read configuration, rules and exceptions again, and check every open document by them."""
        self.current = self.made()
        self.checked.clear()
        for uri in list(self.workspace.text_documents):
            self.plan(uri)

    def forget(self, uri: str) -> None:
        """A document was closed: nothing is shown of it."""
        before = self.waiting.pop(uri, None)
        if before is not None:
            before.cancel()
        self.checked.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def build(workshop: Callable[[], Workshop], told: Callable[[str], None]) -> PolicyServer:
    """A server that is ready to be started. `workshop` and `told` as `PolicyServer` takes them."""
    server = PolicyServer(workshop, told)

    @server.feature(lsp.INITIALIZED)
    async def initialized(ls: PolicyServer, _: lsp.InitializedParams) -> None:
        workspace = ls.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            watchers = [lsp.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await ls.client_register_capability_async(lsp.RegistrationParams([registration]))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: PolicyServer, parameters: lsp.DidOpenTextDocumentParams) -> None:
        ls.plan(parameters.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: PolicyServer, parameters: lsp.DidChangeTextDocumentParams) -> None:
        ls.plan(parameters.text_document.uri, DELAY)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: PolicyServer, parameters: lsp.DidSaveTextDocumentParams) -> None:
        # Not every editor watches files: what is saved in it may be a configuration, a rule or exceptions.
        if parameters.text_document.uri.endswith((".toml", ".yaml")):
            ls.begin_anew()
        else:
            ls.plan(parameters.text_document.uri)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed_on_disk(ls: PolicyServer, _: lsp.DidChangeWatchedFilesParams) -> None:
        ls.begin_anew()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: PolicyServer, parameters: lsp.DidCloseTextDocumentParams) -> None:
        ls.forget(parameters.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(ls: PolicyServer, parameters: lsp.HoverParams) -> lsp.Hover | None:
        checked = await ls.checked_now(parameters.text_document.uri)
        if checked is None or checked.judgement is None:
            return None
        found = list(findings_within(checked, lsp.Range(parameters.position, parameters.position)))
        if not found:
            return None
        kind = _markup(ls.client_capabilities)
        language = checked.judgement.report_language or "en"
        markdown = kind is lsp.MarkupKind.Markdown
        text = memos(found, checked.settings, ls.current.folder, language, markdown)
        return lsp.Hover(lsp.MarkupContent(kind, text))

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    async def actions(ls: PolicyServer, parameters: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        only = parameters.context.only
        uri = parameters.text_document.uri
        checked = await ls.checked_now(uri)
        if checked is None or (only and not any(_is_quick_fix(kind) for kind in only)):
            return []
        shown = {each.data: each for each in diagnostics(checked, uri)}
        asked = {(each.code, each.range.start.line) for each in parameters.context.diagnostics if each.source == SOURCE}
        found = [
            each
            for each in findings_within(checked, parameters.range)
            if not asked or (each.rule, shown[each.fingerprint].range.start.line) in asked
        ][:_MOST_FIXED]
        made = []
        loop = asyncio.get_running_loop()
        for finding, fix in await loop.run_in_executor(ls.worker, lambda: list(fixes(checked, found))):
            edit = _edit(ls, uri, checked, fix)
            if edit is not None:
                concerned = [shown[finding.fingerprint]]
                made.append(lsp.CodeAction(fix.title, lsp.CodeActionKind.QuickFix, concerned, edit=edit))
        return made

    return server


def _markup(client: lsp.ClientCapabilities) -> lsp.MarkupKind:
    """How the editor wants its explanations."""
    hover = client.text_document.hover if client.text_document else None
    formats = (hover.content_format if hover else None) or [lsp.MarkupKind.PlainText]
    return lsp.MarkupKind.Markdown if lsp.MarkupKind.Markdown in formats else lsp.MarkupKind.PlainText


def _is_quick_fix(kind: str) -> bool:
    return kind in ("", lsp.CodeActionKind.QuickFix) or lsp.CodeActionKind.QuickFix.startswith(f"{kind}.")


def _edit(ls: PolicyServer, uri: str, checked: Checked, fix: Fix) -> lsp.WorkspaceEdit | None:
    """A fix as the editor applies it; None if it asks for a file that this editor cannot make."""
    if fix.offset is not None:
        at = checked.text.position(fix.offset)
        return lsp.WorkspaceEdit({uri: [lsp.TextEdit(lsp.Range(at, at), fix.text)]})
    workspace = ls.client_capabilities.workspace
    able = workspace.workspace_edit if workspace else None
    creates = able is not None and lsp.ResourceOperationKind.Create in (able.resource_operations or ())
    beside = from_fs_path(checked.path + SUFFIX)
    if not creates or beside is None or urlsplit(uri).scheme != "file":
        return None
    written = Text(_contents(ls, beside, Path(checked.path + SUFFIX)), checked.text.codec)
    at = written.position(len(written.source))
    gap = "\n" if written.source.endswith("\n") else "\n\n" if written.source else ""
    target = lsp.OptionalVersionedTextDocumentIdentifier(beside)
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.CreateFile(beside, options=lsp.CreateFileOptions(ignore_if_exists=True)),
            lsp.TextDocumentEdit(target, [lsp.TextEdit(lsp.Range(at, at), gap + fix.text)]),
        ]
    )


def _contents(ls: PolicyServer, uri: str, path: Path) -> str:
    """What is in a file, as the editor has it if it is open there."""
    if uri in ls.workspace.text_documents:
        return str(ls.workspace.text_documents[uri].source)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
