"""Manners: what a run shows where, how it ends, and the traps that other linters fell into."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policylint.cli import run as command

ROOT = Path(__file__).parent.parent
POLICY = """\
# Privacyverklaring

Molenaar Fietsen B.V., Kade 4, 9711 AA Groningen, is verantwoordelijk voor de verwerking van uw persoonsgegevens.

## Bewaren

Wij bewaren uw gegevens niet langer dan nodig is. De Wet bescherming persoonsgegevens is van toepassing.
"""

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a policy in it."""
    (tmp_path / "privacy.md").write_text(POLICY, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def policylint(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs policylint in the folder and gives its exit code, standard output and standard error."""
    assert folder

    def policylint(*arguments: str) -> tuple[int, str, str]:
        code = command(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return policylint


def program(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs policylint as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


# Exit codes: every way to check nothing, or something that cannot be checked.


@pytest.mark.parametrize(
    ("files", "arguments", "code", "told"),
    [
        ({}, ["gone.md"], 2, "There is no file or folder of this name."),
        ({}, ["*.html"], 2, "No file fits this pattern."),
        ({"site/data.csv": b"a,b"}, ["site"], 2, "There is no policy in this folder."),
        ({"empty.md": b""}, ["empty.md"], 2, "empty"),
        ({"doc.md": b"Diese Datenschutzerkl\xc3\xa4rung gilt f\xc3\xbcr alle Daten. " * 30}, ["doc.md"], 2, "language"),
        ({}, ["privacy.md", "--select", "retentoin"], 2, "did you mean 'retention'?"),
        ({"policylint.toml": b"selct = ['retention']"}, ["privacy.md"], 2, "did you mean 'select'?"),
        ({"policylint.toml": b"exclude = '*.md'"}, ["."], 2, ""),
        ({"policylint.toml": b"exclude = '*.md'"}, [".", "--allow-empty"], 0, ""),
        ({"site/data.csv": b"a,b"}, ["site", "--allow-empty"], 0, ""),
        ({}, ["*.html", "--allow-empty"], 0, ""),
        ({}, ["gone.md", "--allow-empty"], 2, "There is no file or folder of this name."),
        ({}, ["privacy.md"], 1, "retention"),
        ({}, ["privacy.md", "--exit-zero"], 0, "retention"),
        ({}, ["privacy.md", "gone.md", "--exit-zero"], 2, "retention"),
    ],
)
@pytest.mark.parametrize("more", [[], ["-q"], ["--format", "sarif"], ["--output", "json:report.json"], ["--jobs", "1"]])
def test_nothing_checked_is_never_green(
    policylint: Check,
    folder: Path,
    files: dict[str, bytes],
    arguments: list[str],
    code: int,
    told: str,
    more: list[str],
) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    ended, out, err = policylint("check", *arguments, *more)
    assert ended == code
    report = folder / "report.json"
    written = report.read_text("utf-8") if report.exists() else ""
    assert told in out + err + written


def test_a_scan_without_text_is_not_checked(policylint: Check, folder: Path) -> None:
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    canvas = reportlab.Canvas(str(folder / "scan.pdf"))
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    code, out, _ = policylint("check", "scan.pdf", "--format", "json")
    assert (code, json.loads(out)["documents"][0]["error"]["code"]) == (2, "no-text")


def test_the_exit_code_counts_nothing(policylint: Check, folder: Path) -> None:
    for number in range(16):
        (folder / f"{number}.md").write_text(POLICY + f"\nNummer {number}.\n", "utf-8")
    code, out, _ = policylint("check", ".", "-q")
    assert out.count("\n") > 256
    assert code == 1


# The ladder: -v, nothing, -q, -s.


def test_from_loud_to_silent(policylint: Check, folder: Path) -> None:
    loud, usual, quiet, silent = (
        policylint("check", "privacy.md", "gone.md", *level) for level in (["-v"], [], ["-q"], ["-s"])
    )
    assert {each[0] for each in (loud, usual, quiet, silent)} == {2}
    assert "https://eur-lex.europa.eu/" in loud[1]
    assert re.fullmatch(r"2 documents: \d+\.\d\d s\n", loud[2])
    assert "https://" not in usual[1]
    assert usual[2] == quiet[2] == ""
    assert all(
        re.match(r"(privacy\.md:\d+:\d+|gone\.md): (error|warning|info) ", line) for line in quiet[1].splitlines()
    )
    assert silent[1:] == ("", "")
    assert folder


def test_silence_holds_for_every_format_and_spares_files(policylint: Check, folder: Path) -> None:
    assert policylint("check", "privacy.md", "-s", "--format", "json", "--output", "csv:r.csv") == (1, "", "")
    assert (folder / "r.csv").read_text("utf-8").startswith("\ufeff") or (folder / "r.csv").stat().st_size
    assert policylint("check", "privacy.md", "-s", "-v", "--exit-zero") == (0, "", "")
    code, out, err = policylint("check", "privacy.md", "-s", "--select", "nothing-such")
    assert (code, out) == (2, "")
    assert "nothing-such" in err


# What is read.


def test_files_are_shown_with_why_others_are_not(policylint: Check, folder: Path) -> None:
    for name in ("site/a.html", "site/data.csv", "site/.draft.md", "site/old/b.md", ".git/c.md", "r.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(POLICY, "utf-8")
    (folder / "again.md").symlink_to("privacy.md")
    (folder / "loop").symlink_to("site")
    (folder / "policylint.toml").write_text('exclude = "site/old"\n', "utf-8")
    code, out, err = policylint("check", ".", "--show-files", "--output", "markdown:r.md")
    assert (code, out.splitlines()) == (0, ["./again.md", "./site/a.html"])
    assert dict(line.split(": ", 1) for line in err.splitlines()) == {
        "./.git": "a hidden folder",
        "./loop": "a link to a folder",
        "./policylint.toml": "no document by its suffix; name it to have it checked",
        "./privacy.md": "the same file as ./again.md",
        "./r.md": "a report of an earlier run",
        "./site/.draft.md": "a hidden file; name it to have it checked",
        "./site/data.csv": "no document by its suffix; name it to have it checked",
        "./site/old/b.md": f"excluded by {folder}/site/old",
    }
    assert not (folder / "r.json").exists()


def test_what_is_shown_is_what_is_checked(policylint: Check, folder: Path) -> None:
    (folder / "terms.md").write_text(POLICY, "utf-8")
    (folder / "policylint.toml").write_text('[[together]]\nfiles = "*.md"\n', "utf-8")
    _, out, _ = policylint("check", "privacy.md", "--show-files")
    report = json.loads(policylint("check", "privacy.md", "--format", "json")[1])
    assert out.splitlines() == [document["path"] for document in report["documents"]] == ["privacy.md", "terms.md"]


def test_files_that_are_not_there_are_no_success(policylint: Check) -> None:
    code, out, err = policylint("check", "privacy.md", "gone.md", "--show-files")
    assert (code, out) == (2, "privacy.md\n")
    assert err == "gone.md: cannot be checked: There is no file or folder of this name.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["privacy.md"], "'privacy.md' is a path, not a command\nWrite policylint check privacy.md\n"),
        (["gone.md"], "'gone.md' is no command, and no file of this name is here\nWrite policylint check FILE\n"),
        (["https://shop.example/privacy"], "Write policylint check FILE"),
        (["chekc", "privacy.md"], "'check'"),
        (["check", "privacy.md", "--selct", "x"], "--select"),
        (["check", "privacy.md", "--colour", "never"], "--color"),
        (["check", "privacy.md", "--format", "josn"], "'json'"),
        (["check", "privacy.md", "--fail-on", "warnings"], "'warning'"),
        (["check", "privacy.md", "--output", "josn:x"], "did you mean 'json'?"),
        (["check", "privacy.md", "--fact", "chidren=yes"], "did you mean 'children'?"),
        (["check", "privacy.md", "--output", "report.pdf"], "Write pdf:report.pdf"),
        (["help"], "Write policylint --help"),
        (["diff", "privcy.md", "privacy.md"], "privcy.md: There is no file"),
        (["check", "privacy.md", "--jobs", "-1"], "Invalid value for '--jobs'"),
        (["rules", "explain", "retentoin"], "did you mean 'retention'?"),
    ],
)
def test_a_slip_gets_a_suggestion(policylint: Check, arguments: list[str], told: str) -> None:
    code, out, err = policylint(*arguments)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("address", ["https://shop.example/privacy?a=1", "HTTP://shop.example", "www.shop.example"])
def test_a_web_address_is_told_to_be_saved_first(policylint: Check, address: str) -> None:
    code, out, _ = policylint("check", address)
    assert code == 2 and "error web-address" in out and "save it as a file" in out
    code, out, _ = policylint("check", address, "--report-lang", "nl")
    assert code == 2 and "Dit is een webadres" in out and "Open de pagina in een browser" in out


def test_a_file_that_is_named_like_an_address_is_read(policylint: Check, folder: Path) -> None:
    (folder / "www.shop.txt").write_text(POLICY, "utf-8")
    code, out, _ = policylint("check", "www.shop.txt")
    assert code == 1 and "web-address" not in out


def test_why_a_text_was_not_judged_is_told_in_its_own_language(policylint: Check, folder: Path) -> None:
    (folder / "recipe.txt").write_text("Kook de aardappelen gaar en stamp ze met de boerenkool en de boter. " * 5)
    told = "Deze tekst spreekt nergens over persoonsgegevens of privacy"
    assert told in policylint("check", "recipe.txt")[1]
    assert told in policylint("check", "recipe.txt", "--output", "html:report.html")[2]
    assert told in policylint("draft", "recipe.txt")[2]
    assert told not in policylint("check", "recipe.txt", "--report-lang", "en")[1]


def test_every_command_is_described_whole_in_the_list(policylint: Check) -> None:
    for group in ([], ["rules"], ["config"], ["baseline"]):
        _, out, _ = policylint(*group, "--help")
        assert "Commands:" in out and "..." not in out.split("Commands:")[1]


@pytest.mark.parametrize("slip", ["privcy.md", "lgeal/terms.md"])
def test_a_slip_in_a_name_gets_what_is_there(policylint: Check, folder: Path, slip: str) -> None:
    (folder / "legal").mkdir()
    (folder / "legal" / "terms.md").write_text(POLICY, "utf-8")
    told = policylint("check", slip)[1]
    assert "Did you mean 'privacy.md'?" in told or "Did you mean 'legal/terms.md'?" in told
    assert "Did you mean" not in policylint("check", "nothing-like-it.md")[1]


def test_a_path_typo_is_never_taken_for_text(policylint: Check) -> None:
    code, out, _ = policylint("check", "Wij verwerken uw persoonsgegevens.", "--format", "json")
    assert (code, json.loads(out)["documents"][0]["error"]["code"]) == (2, "not-found")


def test_names_of_files_steer_no_terminal(policylint: Check, folder: Path) -> None:
    evil = "\x1b]0;owned\x07::error::x.md"
    (folder / evil).write_text("x", "utf-8")
    for arguments in (
        ["check", evil],
        ["check", evil, "--output", "csv:r.csv"],
        ["check", ".", "--show-files"],
        [evil],
    ):
        _, out, err = policylint(*arguments)
        assert "owned" in out + err
        assert not set(out + err) & {"\x1b", "\x07"}
        assert not [line for line in (out + err).splitlines() if line.startswith("::error::")]


def test_what_is_quoted_from_a_configuration_steers_no_terminal(policylint: Check, folder: Path) -> None:
    (folder / "policylint.toml").write_text('language = "\\u001b[31mnl"\n"a\\u001b[2J" = 1\n', "utf-8")
    code, _, err = policylint("check", "privacy.md")
    assert (code, "\x1b" in err) == (2, False)
    assert "\n    ^" in err


# What is written where.


def test_nothing_but_the_report_is_on_standard_output(folder: Path) -> None:
    finished = program(folder, "check", "privacy.md", "--format", "json", "-v")
    json.loads(finished.stdout)
    assert b"documents:" in finished.stderr


@pytest.mark.system
@pytest.mark.parametrize("environment", [{}, {"COLUMNS": "40"}, {"COLUMNS": "500"}, {"TERM": "xterm-256color"}])
def test_a_pipe_gets_the_same_bytes_whatever_the_terminal(folder: Path, environment: dict[str, str]) -> None:
    text = program(folder, "check", "privacy.md", "--as-of", "2026-01-01", **environment).stdout
    (folder / "r.txt").unlink(missing_ok=True)
    program(folder, "check", "privacy.md", "--as-of", "2026-01-01", "--output", "text:r.txt", FORCE_COLOR="1")
    assert text == (folder / "r.txt").read_bytes()
    assert b"\x1b" not in text


@pytest.mark.parametrize("output_format", ["json", "jsonl", "sarif", "gitlab", "junit", "csv", "markdown", "github"])
def test_colour_is_for_people_only(policylint: Check, output_format: str) -> None:
    _, out, _ = policylint("check", "privacy.md", "--format", output_format, "--color", "always")
    assert out
    assert "\x1b" not in out


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Runs policylint with standard error, and nothing else, on a terminal; its exit code and what that showed."""
    pty = pytest.importorskip("pty")
    main, secondary = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "40", **environment},
        stdout=subprocess.DEVNULL,
        stderr=secondary,
    ) as started:
        os.close(secondary)
        shown = b""
        # Linux reports the end of a pseudo-terminal as an error.
        with contextlib.suppress(OSError):
            while part := os.read(main, 4096):
                shown += part
    os.close(main)
    return started.returncode, shown.decode()


def test_progress_is_shown_on_a_terminal_and_taken_away(folder: Path) -> None:
    for number in range(5):
        (folder / f"{'long' * 12}-{number}.md").write_text(POLICY, "utf-8")
    code, shown = on_a_terminal(folder, "check", ".")
    steps = shown.split("\r\x1b[K")
    assert code == 1
    assert [step[:3] for step in steps[1:-1]] == [f"{number}/6" for number in range(1, 7)]
    assert max(map(len, steps)) < 40
    assert steps[-1] == ""


@pytest.mark.system
def test_progress_is_shown_nowhere_else(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.md").write_text(POLICY, "utf-8")
    assert program(folder, "check", ".").stderr == b""
    assert on_a_terminal(folder, "check", ".", "-q") == (1, "")
    assert on_a_terminal(folder, "check", ".", "-s") == (1, "")
    assert on_a_terminal(folder, "check", ".", TERM="dumb") == (1, "")
    assert on_a_terminal(folder, "check", "privacy.md", "0.md") == (1, "")


@pytest.mark.parametrize(
    "arguments", [["rules", "list"], ["rules", "explain", "retention"], ["--help"], ["check", "privacy.md", "-v"]]
)
def test_a_reader_that_leaves_is_no_fault(folder: Path, arguments: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "policylint", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        told = started.stderr.read().decode()
    assert re.sub(r"\d+ documents: .*\n", "", told) == ""


# The start.

NOTHING_HEAVY = """
import os, sys
code = []
os._exit = sys.exit
sys.argv = ["policylint", *{arguments!r}]
from policylint.__main__ import main
try:
    main()
finally:
    print("LOADED", *[name for name in ("spacy", "langdetect", "phonenumbers", "msgspec") if name in sys.modules])
"""


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["check", "--help"], ["rules", "list"], ["rules", "explain", "retention"],
     ["config", "show"], ["check", "privacy.md", "--show-files"]],
)  # fmt: skip
def test_what_judges_nothing_loads_no_language_library(folder: Path, arguments: list[str]) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", NOTHING_HEAVY.format(arguments=arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0
    assert finished.stdout.splitlines()[-1] == "LOADED"


@pytest.mark.system
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["rules", "list"], ["config", "show"]])
def test_the_start_takes_little_work(folder: Path, arguments: list[str]) -> None:
    """Processor time, the best of some runs: 0.2 seconds, and a quarter more for a machine that does much else."""
    import resource

    program(folder, *arguments)
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert program(folder, *arguments).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) <= 0.25


# Traps of other linters.


def test_no_network_is_needed_for_anything(policylint: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for something")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert policylint("check", "privacy.md")[0] == 1
    assert policylint("rules", "explain", "retention")[0] == 0
    assert policylint("rules", "verify", str(ROOT / "rules"), "--alone")[0] == 0


def test_lines_count_from_one_in_every_format(policylint: Check, folder: Path) -> None:
    (folder / "privacy.md").write_text("Wij bewaren uw persoonsgegevens niet langer dan nodig is.\n" * 2, "utf-8")
    only = ("check", "privacy.md", "--select", "vague-retention", "--format")
    assert {each["line"] for each in json.loads(policylint(*only, "json")[1])["documents"][0]["findings"]} == {1, 2}
    regions = [
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in json.loads(policylint(*only, "sarif")[1])["runs"][0]["results"]
    ]
    assert set(regions) == {1, 2}
    gitlab = [each["location"]["lines"]["begin"] for each in json.loads(policylint(*only, "gitlab")[1])]
    assert set(gitlab) == {1, 2}


def test_findings_keep_their_identity_when_text_moves(policylint: Check, folder: Path) -> None:
    def identities() -> set[str]:
        (document,) = json.loads(policylint("check", "privacy.md", "--format", "json")[1])["documents"]
        return {finding["fingerprint"] for finding in document["findings"]}

    before = identities()
    (folder / "privacy.md").write_text(POLICY.replace("## Bewaren", "\n\n## Bewaren\n\n"), "utf-8")
    assert len(before) > 5
    assert identities() == before


def test_messages_name_no_exit_code_and_reports_are_the_same_twice(policylint: Check) -> None:
    first = policylint("check", "privacy.md", "gone.md", "--format", "json")
    assert policylint("check", "privacy.md", "gone.md", "--format", "json") == first
    assert "exit" not in policylint("check", "privacy.md", "--select", "nothing-such")[2]


def test_an_upgrade_adds_no_rules_to_a_pinned_set(policylint: Check, folder: Path) -> None:
    (folder / "policylint.toml").write_text('rule-set = "0.0.1"\n', "utf-8")
    code, out, _ = policylint("check", "privacy.md", "--format", "json")
    documents = json.loads(out)["documents"]
    assert code in (0, 2)
    assert documents[0]["findings"] == []


@pytest.mark.system
@pytest.mark.parametrize("more", [["--format", "gitlab"], ["--output", "csv:r.csv"], ["-q"]])
@pytest.mark.parametrize(
    ("settings", "files", "told"),
    [
        ("exclude = '*.md'", {}, "Nothing was found"),
        ("not-a-policy = 'skip'", {"privacy.md": "# Recipe\n\nMix the flour and the water.\n"}, "passes over all"),
    ],
)
def test_that_nothing_was_checked_is_said_in_every_mode(
    policylint: Check, folder: Path, settings: str, files: dict[str, str], told: str, more: list[str]
) -> None:
    """Formats for programs are as empty as those of a run without faults."""
    (folder / "policylint.toml").write_text(settings + "\n", "utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    code, _, err = policylint("check", ".", *more)
    assert code == 2
    assert err.startswith("policylint: nothing was checked\n")
    assert told in err
    assert policylint("check", ".", *more, "--allow-empty")[::2] == (0, "")
    assert policylint("check", ".", "-s") == (2, "", "")


def test_what_is_passed_over_is_no_error(policylint: Check, folder: Path) -> None:
    (folder / "recipe.md").write_text("# Recipe\n\nMix the flour and the water.\n", "utf-8")
    (folder / "policylint.toml").write_text("not-a-policy = 'skip'\n", "utf-8")
    assert "recipe.md: skipped not-a-policy " in policylint("check", "recipe.md", "privacy.md", "-q")[1]
    assert "recipe.md: error not-a-policy " in policylint("check", "recipe.md", "--isolated", "-q")[1]
    junit = policylint("check", "recipe.md", "--format", "junit")[1]
    assert "so it was not judged. Give the privacy policy itself" in junit
