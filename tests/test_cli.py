"""The command line: what is read, what is written where, and which exit code a run ends with."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from hand_made_result import ACCEPTED, HEDGED, RETENTION, WEBSHOP

from policylint import __version__
from policylint.cli import ExitCode, run
from policylint.errors import UserError
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.result import Failure, Judgement, Severity

pytestmark = pytest.mark.usefixtures("calls", "folder")

ROOT = Path(__file__).parent.parent

FINDINGS = {
    b"clean": (),
    b"error": (RETENTION,),
    b"warning": (HEDGED,),
    b"info": (replace(HEDGED, severity=Severity.INFO),),
    b"accepted": (replace(ACCEPTED, severity=Severity.ERROR),),
}


@dataclass
class Calls:
    """What the judge was asked."""

    paths: list[str] = field(default_factory=list)
    asked: list[tuple[str | None, str | None, date, str | None]] = field(default_factory=list)
    facts: list[dict[str, bool]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


@cache
def three_rules() -> RuleSet:
    """The rules that the findings come from, under a version of their own."""
    known = {rule.id: rule for rule in load_rules(strict=False).rules}
    named = tuple(known[name] for name in ("retention", "hedged-rights", "outdated-term", "cookies", "id-copy"))
    return replace(load_rules(strict=False), rules=named, version="2026.11")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A judge that finds what the bytes of a document say, and keeps what it was asked."""
    calls = Calls()

    def lint_bytes(
        path: str,
        data: bytes,
        rules: RuleSet,
        *,
        language: str | None,
        jurisdiction: str | None,
        as_of: date,
        facts: dict[str, bool],
        report_language: str | None,
    ) -> Judgement:
        assert rules.version == "2026.11"
        calls.rules = [rule.id for rule in rules.rules]
        calls.facts.append(facts)
        calls.paths.append(path)
        calls.asked.append((language, jurisdiction, as_of, report_language))
        if data == b"crash":
            raise KeyError("secret words of the policy")
        if data == b"empty":
            return Judgement(
                path, failure=Failure("empty", "There is no text in it.", "Look whether the file is right.")
            )
        return replace(WEBSHOP, path=path, requirements=(), findings=FINDINGS[data])

    linter = ModuleType("policylint.lint")
    linter.lint_bytes = lint_bytes  # type: ignore[attr-defined]
    rules = three_rules()
    monkeypatch.setattr("policylint.run.load_rules", lambda *_, **__: rules)
    monkeypatch.setitem(sys.modules, "policylint.lint", linter)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return calls


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a document for everything the judge can say."""
    for name in ("clean", "error", "warning", "info", "accepted", "crash", "empty"):
        (tmp_path / f"{name}.txt").write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs `policylint check` and gives its exit code, standard output and standard error."""

    def check(*arguments: str) -> tuple[int, str, str]:
        code = run(["check", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return check


def paths_in(output: str) -> list[str]:
    return [document["path"] for document in json.loads(output)["documents"]]


def errors_in(output: str) -> dict[str, str]:
    return {
        document["path"]: document["error"]["code"] for document in json.loads(output)["documents"] if document["error"]
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("clean.txt", 0),
        ("error.txt", 1),
        ("warning.txt", 0),
        ("info.txt", 0),
        ("accepted.txt", 0),
        ("warning.txt --fail-on warning", 1),
        ("info.txt --fail-on warning", 0),
        ("error.txt --fail-on info", 1),
        ("info.txt --fail-on info", 1),
        ("error.txt --fail-on never", 0),
        ("error.txt --exit-zero", 0),
        ("error.txt clean.txt", 1),
        ("empty.txt", 2),
        ("empty.txt --exit-zero", 2),
        ("empty.txt error.txt", 2),
        ("nowhere.txt error.txt", 2),
        ("crash.txt", 3),
        ("crash.txt empty.txt error.txt --exit-zero", 3),
    ],
)
@pytest.mark.parametrize("output_format", ["text", "json"])
def test_exit_codes(check: Check, arguments: str, code: int, output_format: str) -> None:
    assert check(*arguments.split(), "--format", output_format)[0] == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "Missing argument 'PATHS'"),
        (["check", "clean.txt", "--selct", "x"], "No such option: --selct"),
        (["check", "clean.txt", "--language", "de"], "'de' is not one of 'nl', 'en'"),
        (["check", "clean.txt", "--jurisdiction", "US"], "'US' is not one of"),
        (["check", "clean.txt", "--as-of", "1 mei"], "'1 mei' is not a date; write it as YYYY-MM-DD."),
        (["check", "clean.txt", "--select", "retentoin"], "did you mean 'retention'?"),
        (["chek"], "No such command 'chek'"),
    ],
)
def test_usage_errors(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert run(arguments) == ExitCode.NOT_RUN
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_whole_text_output(check: Check) -> None:
    assert check("clean.txt", "--as-of", "2017-06-01") == (
        0,
        """\
clean.txt
  Tekst            privacyverklaring, 1.843 woorden
  Taal             Nederlands (97 %), Engels (3 %)
  Nationaal recht  Nederland: de tekst noemt de Autoriteit Persoonsgegevens (regel 71)
  Peildatum        1 juni 2017
  Gelezen          12.678 tekens (Windows-1252); 3 onleesbare tekens vervangen; 2 tekens verminkt
                   door een verkeerde tekenset; 4 % van het bestand is niet als tekst gelezen
  Niet beoordeeld  of de praktijk klopt met de tekst, en wat achter links staat
  Vereisten        0 vermeld, 0 vaag, 0 niet gevonden
  Bevindingen      geen

Dit rapport geeft weer wat er in de tekst staat; het is geen juridisch advies.
""",
        "",
    )


def test_quiet_writes_one_line_per_finding(check: Check) -> None:
    assert check("error.txt", "clean.txt", "-q") == (
        1,
        "error.txt:41:5: error retention De bewaartermijn blijft vaag.\n",
        "",
    )


def test_options_reach_the_judge(check: Check, calls: Calls) -> None:
    check("clean.txt", "--language", "en", "--jurisdiction", "uk", "--as-of", "2017-06-01", "--report-lang", "nl")
    check("clean.txt")
    assert calls.asked == [("en", "UK", date(2017, 6, 1), "nl"), (None, None, date.today(), None)]


def test_rules_are_named_by_commas_or_by_repeating(check: Check, calls: Calls) -> None:
    check("clean.txt", "--select", "retention, unfair", "--select", "cookies", "--ignore", "id-copy")
    assert calls.rules == ["retention", "hedged-rights", "cookies"]


def test_facts_that_a_text_cannot_show_are_passed_on(check: Check, folder: Path, calls: Calls) -> None:
    check(str(folder / "clean.txt"), "--fact", "children=yes", "--fact", "dpo=no")
    assert calls.facts == [{"children": True, "dpo": False}]


def test_help_lists_the_facts(check: Check) -> None:
    from policylint.facts import FACTS

    code, out, _ = check("--help")
    words = " ".join(out.replace("│", " ").split())
    assert code == 0
    assert all(f"{fact} (" in words for fact in FACTS)


@pytest.mark.parametrize("fact", ["children", "children=maybe", "kids=yes"])
def test_a_fact_that_nobody_knows_is_refused(check: Check, folder: Path, fact: str) -> None:
    code, out, err = check(str(folder / "clean.txt"), "--fact", fact)
    assert (code, out) == (2, "")
    assert f"'{fact}' states no fact that is known" in err
    assert "children, dpo, outside-eea, public-body, special-categories, transfers" in err


def test_a_bad_rule_file_is_shown_whole(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_rules(_: object, **__: object) -> RuleSet:
        raise UserError("bad-rules", "rules/a.yaml:3: no title\nrules/b.yaml:9: no law", "mend the rule files")

    monkeypatch.setattr("policylint.run.load_rules", load_rules)
    assert check("clean.txt") == (
        2,
        "",
        "policylint: rules/a.yaml:3: no title\nrules/b.yaml:9: no law\nmend the rule files\n",
    )


def test_a_folder_stands_for_its_policies(check: Check, folder: Path) -> None:
    site = folder / "site"
    for name in ("b.md", "a.txt", "deep/c.markdown", "deep/d.TEXT", ".hidden.txt", ".git/e.txt", "x.csv", "deep/y.py"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"clean")
    code, output, _ = check("site", "site/a.txt", "clean.txt", "--format", "json")
    assert code == 0
    assert paths_in(output) == ["site/a.txt", "site/b.md", "site/deep/c.markdown", "site/deep/d.TEXT", "clean.txt"]


def test_a_hidden_file_is_checked_when_named(check: Check, folder: Path) -> None:
    (folder / ".policy.txt").write_bytes(b"clean")
    assert check(".policy.txt")[0] == 0


def test_paths_that_give_no_document_are_reported_and_the_others_checked(
    check: Check, calls: Calls, folder: Path
) -> None:
    (folder / "nothing").mkdir()
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "dangling.txt").symlink_to("gone.txt")
    os.mkfifo(folder / "pipe.txt")
    code, output, _ = check(
        "nowhere.txt",
        "nothing",
        "loop.txt",
        "dangling.txt",
        "pipe.txt",
        os.devnull,
        "",
        "error.txt",
        "--format",
        "json",
    )
    assert code == 2
    assert errors_in(output) == {
        "nowhere.txt": "not-found",
        "nothing": "nothing-to-check",
        "loop.txt": "unreadable",
        "dangling.txt": "not-found",
        "pipe.txt": "not-a-file",
        os.devnull: "not-a-file",
        "": "not-found",
    }
    assert calls.paths == ["error.txt"]


def test_a_folder_that_links_to_itself_ends(check: Check, folder: Path) -> None:
    site = folder / "site"
    site.mkdir()
    (site / "a.txt").write_bytes(b"clean")
    (site / "again").symlink_to(site)
    _, output, _ = check("site", "--format", "json")
    assert paths_in(output) == ["site/a.txt"]


def test_a_file_that_may_not_be_read(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(path: str, flags: int) -> int:
        if path == "clean.txt":
            raise PermissionError(13, "Permission denied")
        return os.open(path, flags)

    monkeypatch.setattr("policylint.files._without_waiting", opened)
    code, output, _ = check("clean.txt", "error.txt", "--format", "json")
    denied, judged = json.loads(output)["documents"]
    assert code == 2
    assert denied["error"] == {
        "code": "unreadable",
        "message": "This cannot be read: Permission denied.",
        "hint": "Check that the file can be opened and that you may read it.",
    }
    assert judged["findings"][0]["rule"] == "retention"


def test_standard_input(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"error")))
    code, output, _ = check("-", "-", "--format", "json")
    assert code == 1
    assert paths_in(output) == ["<stdin>"]


def test_standard_input_bears_the_name_that_it_is_given(
    check: Check, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"error")))
    _, output, _ = check("-", "--stdin-filename", "site/privacy.html", "--format", "json")
    assert paths_in(output) == calls.paths == ["site/privacy.html"]
    code, output, error = check("clean.txt", "--stdin-filename", "privacy.html")
    assert (code, output) == (2, "")
    assert "--stdin-filename" in error


def test_patterns_and_folders_of_mixed_files(check: Check, folder: Path) -> None:
    for name in ("a.html", "b.md", "deep/er/c.docx", "deep/d.htm", "deep/e.jpg", ".hidden/f.txt", "deep/.g.html"):
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_bytes(b"clean")
    (folder / "site" / "deep" / "loop").symlink_to(folder / "site")
    (folder / "[x].txt").write_bytes(b"clean")

    def found(*paths: str) -> list[str]:
        return paths_in(check(*paths, "--format", "json")[1])

    assert found("site") == ["site/a.html", "site/b.md", "site/deep/d.htm", "site/deep/er/c.docx"]
    assert found("site/*.html", "site/[ab].*") == ["site/a.html", "site/b.md"]
    assert found("site/**/*.htm*") == ["site/a.html", "site/deep/d.htm"]
    assert found("**/er/*") == ["site/deep/er/c.docx"]
    assert found("site/d*") == ["site/deep/d.htm", "site/deep/er/c.docx"]
    assert found(f"{folder}/site/?.md") == [f"{folder}/site/b.md"]
    assert found("[x].txt") == ["[x].txt"]
    code, output, _ = check("*.rtf", "clean.txt", "--format", "json")
    assert (code, errors_in(output)) == (2, {"*.rtf": "nothing-to-check"})


def test_a_file_that_is_too_large(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.files.LARGEST", 5)
    code, output, _ = check("accepted.txt", "clean.txt", "--format", "json")
    assert (code, errors_in(output)) == (2, {"accepted.txt": "too-large"})


def test_an_internal_error_is_recorded_with_an_id_and_the_others_go_on(check: Check) -> None:
    code, output, error = check("crash.txt", "error.txt", "--format", "json")
    crashed, judged = json.loads(output)["documents"]
    assert code == 3
    assert crashed["error"]["code"] == "internal"
    assert judged["findings"][0]["rule"] == "retention"
    assert error == ""
    name = crashed["error"]["message"].split()[2]
    assert len(name) == 8
    again = json.loads(check("crash.txt", "--format", "json")[1])["documents"][0]["error"]["message"]
    assert again == f"unexpected fault {name} (KeyError)"


def test_only_verbose_shows_a_traceback(check: Check) -> None:
    _, output, error = check("crash.txt", "-v")
    assert "Traceback" in error
    assert "Traceback" not in output
    assert "Traceback" not in "".join(check("crash.txt")[1:])


def test_an_error_in_the_program_itself_is_no_finding(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def load_rules(_: object, **__: object) -> RuleSet:
        raise ZeroDivisionError

    monkeypatch.setattr("policylint.run.load_rules", load_rules)
    code, output, error = check("clean.txt")
    assert (code, output) == (3, "")
    assert error.startswith("policylint: unexpected fault ")
    assert error.endswith(" (ZeroDivisionError)\nPlease report this with the id; -v shows where it happened.\n")


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": ""}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"TERM": "dumb"}, ["--color", "always"], True),
    ],
)
def test_when_colour_is_written(
    check: Check, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: list[str], coloured: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, output, _ = check("error.txt", *arguments)
    assert ("\x1b[" in output) is coloured


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("argument", "unwanted"),
    [("--version", "typer rich spacy yaml langdetect"), ("--help", "rich spacy yaml langdetect")],
)
def test_version_and_help_import_nothing_heavy(argument: str, unwanted: str) -> None:
    code = f"""
import atexit, os, sys
os._exit = sys.exit
atexit.register(lambda: print("LOADED", *[name for name in {unwanted.split()!r} if name in sys.modules]))
sys.argv = ["policylint", {argument!r}]
from policylint.__main__ import main
main()
"""
    finished = program("-c", code)
    assert finished.returncode == 0
    assert finished.stdout.splitlines()[-1] == "LOADED"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"policylint {__version__}\n"
    assert program("-m", "policylint", "--version").stdout == f"policylint {__version__}\n"


# A program around the command line whose judge is the one of the tests above, for what only a process shows.
STAND_IN = """
import sys
from types import ModuleType
sys.path.insert(0, "tests")
from dataclasses import replace
from hand_made_result import WEBSHOP
def lint_bytes(path, data, rules, **options):
    if data == b"interrupt":
        raise KeyboardInterrupt
    return replace(WEBSHOP, path=path, findings=WEBSHOP.findings * {times})
linter = ModuleType("policylint.lint")
linter.lint_bytes = lint_bytes
sys.modules["policylint.lint"] = linter
from policylint.__main__ import main
main()
"""


def test_a_console_in_windows_1252_does_not_stop_the_report(folder: Path) -> None:
    (folder / "漢.txt").write_bytes(b"x")
    code = STAND_IN.format(times=1)
    finished = subprocess.run(
        [sys.executable, "-c", code, "check", str(folder / "漢.txt")],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252"},
        check=False,
    )
    assert finished.returncode == 1
    assert finished.stderr == b""
    text = finished.stdout.decode("cp1252")
    assert f"{folder}/?.txt:41:5: error retention De bewaartermijn blijft vaag." in text
    assert "“Wij bewaren uw gegevens «niet langer dan noodzakelijk»" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in the standard library")
@pytest.mark.parametrize(("variable", "coloured"), [("FORCE_COLOR", True), ("NO_COLOR", False)])
def test_a_terminal_gets_colour_and_its_own_width(folder: Path, variable: str, coloured: bool) -> None:
    import pty

    main, secondary = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "72", "TERM": "xterm", variable: "1"}
    with subprocess.Popen(
        [sys.executable, "-c", STAND_IN.format(times=1), "check", "clean.txt", "-q"],
        stdout=secondary,
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
    ) as process:
        os.close(secondary)
        shown = b""
        # Linux reports the end of a pseudo-terminal as an error.
        with contextlib.suppress(OSError):
            while part := os.read(main, 4096):
                shown += part
    os.close(main)
    assert process.returncode == 1
    text = shown.decode()
    assert ("\x1b[" in text) is coloured
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    assert lines[-2:] == [
        "clean.txt:54:1: warning hedged-rights Een recht wordt onder een",
        "    voorbehoud gegeven dat de wet niet kent.",
    ]


def test_json_is_utf8_on_any_console(folder: Path) -> None:
    (folder / "漢.txt").write_bytes(b"x")
    code = STAND_IN.format(times=1)
    finished = program("-c", code, "check", str(folder / "漢.txt"), "--format", "json", PYTHONIOENCODING="cp1252")
    assert paths_in(finished.stdout) == [f"{folder}/漢.txt"]


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_a_broken_pipe_ends_quietly(folder: Path, output_format: str) -> None:
    code = STAND_IN.format(times=3000)
    with subprocess.Popen(
        [sys.executable, "-c", code, "check", str(folder / "clean.txt"), "--format", output_format],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_an_interrupt_ends_with_130(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"interrupt")
    finished = program("-c", STAND_IN.format(times=1), "check", str(folder / "a.txt"))
    assert (finished.returncode, finished.stdout, finished.stderr) == (130, "", "")


POLICY = """\
Privacyverklaring

Molenaar Fietsen B.V., Kade 4, 9711 AA Groningen, is verantwoordelijk voor de verwerking van uw persoonsgegevens.
U bereikt ons via privacy@molenaarfietsen.example.

Bewaartermijnen

Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat vereist.
"""


@pytest.mark.system
def test_a_policy_from_file_to_report(folder: Path) -> None:
    (folder / "fietsen.txt").write_text(POLICY, encoding="utf-8")
    arguments = ["-m", "policylint", "check", str(folder / "fietsen.txt"), "--as-of", "2025-11-24"]
    finished = program(*arguments, "--format", "json")
    assert (finished.returncode, finished.stderr) == (1, "")
    output = json.loads(finished.stdout)
    schema = json.loads((ROOT / "policylint/schema/output.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(output, schema)
    document = output["documents"][0]
    assert (document["language"], document["jurisdiction"]["code"], document["error"]) == ("nl", "NL", None)
    found = {requirement["rule"]: requirement for requirement in document["requirements"]}
    assert found["retention"]["status"] == "met"
    shown = found["retention"]["evidence"][0]
    assert (shown["line"], shown["column"]) == (8, 1)
    assert shown["quote"] == "Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat vereist."
    assert found["right-erasure"]["status"] == "missing"
    assert program(*arguments, "--format", "json").stdout == finished.stdout

    text = program(*arguments)
    assert text.returncode == 1
    assert "Bewaartermijn (regel 8: “Wij bewaren uw" in " ".join(text.stdout.split())
    assert text.stdout.endswith("het is geen juridisch advies.\n")


@pytest.mark.system
def test_a_policy_from_standard_input() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "policylint", "check", "-", "--select", "retention", "-q"],
        input=POLICY.encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, b"", b"")
