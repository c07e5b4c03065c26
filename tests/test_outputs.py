"""Several reports in one run: where each goes, that it is whole or not there, and that none changes the exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hand_made_result import RETENTION, WEBSHOP

from policylint.cli import run
from policylint.cli.common import forgiving_stdout
from policylint.cli.output import Format
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.result import Failure, Judgement

ROOT = Path(__file__).parent.parent

Check = Callable[..., tuple[int, str, str]]


@cache
def builtin_rules() -> RuleSet:
    return load_rules(strict=False)


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs `policylint check` in a folder of its own, with a judge that finds what the bytes of a document say."""

    def lint_bytes(path: str, data: bytes, *_: object, **__: object) -> Judgement:
        judged.append(path)
        if data == b"empty":
            return Judgement(path, failure=Failure("empty", "There is no text in it.", "Look at the file."))
        return replace(WEBSHOP, path=path, findings=(RETENTION,) if data == b"error" else ())

    judged: list[str] = []
    monkeypatch.setattr("policylint.run.load_rules", lambda *_, **__: builtin_rules())
    linter = ModuleType("policylint.lint")
    linter.lint_bytes = lint_bytes  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "policylint.lint", linter)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("clean", "error", "empty"):
        (tmp_path / f"{name}.txt").write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)

    def check(*arguments: str) -> tuple[int, str, str]:
        code = run(["check", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    monkeypatch.setattr(check, "judged", judged, raising=False)
    return check


@pytest.mark.parametrize("output_format", [each for each in Format if each not in (Format.DOCX, Format.PDF)])
@pytest.mark.parametrize(
    ("document", "code"), [("clean.txt", 0), ("error.txt", 1), ("empty.txt", 2), ("nowhere.txt", 2)]
)
def test_no_format_and_no_file_changes_the_exit_code(
    check: Check, output_format: str, document: str, code: int
) -> None:
    on_screen = check(document, "--format", output_format)
    assert on_screen[0] == code
    in_file = check(document, "--output", f"{output_format}:report")
    assert in_file[:2] == (code, "")
    assert Path("report").read_bytes() == on_screen[1].encode()


@pytest.mark.parametrize("output_format", [Format.DOCX, Format.PDF])
@pytest.mark.parametrize(
    ("document", "code"), [("clean.txt", 0), ("error.txt", 1), ("empty.txt", 2), ("nowhere.txt", 2)]
)
def test_no_file_of_bytes_changes_the_exit_code(check: Check, output_format: str, document: str, code: int) -> None:
    assert check(document, "--output", f"{output_format}:report")[:2] == (code, "")
    assert Path("report").stat().st_size


def test_several_reports_in_one_run(check: Check) -> None:
    code, out, err = check(
        "error.txt", "--format", "text", "--output", "sarif:deep/er/x.sarif", "--output", "json:x.json"
    )
    assert (code, err) == (1, "")
    assert out.startswith("error.txt\n")
    assert json.loads(Path("deep/er/x.sarif").read_text("utf-8"))["runs"][0]["results"][0]["ruleId"] == "retention"
    assert json.loads(Path("x.json").read_text("utf-8"))["documents"][0]["path"] == "error.txt"
    assert sorted(path.name for path in Path().iterdir()) == ["clean.txt", "deep", "empty.txt", "error.txt", "x.json"]


def test_a_report_on_standard_output_is_written_by_its_name(check: Check) -> None:
    assert check("error.txt", "--output", "csv") == check("error.txt", "--output", "csv:-")
    assert check("error.txt", "--format", "csv")[1] == check("error.txt", "--output", "csv:")[1]


def test_a_report_that_is_asked_twice_is_written_once(check: Check) -> None:
    assert check("error.txt", "--format", "github", "--output", "github:-") == check("error.txt", "--format", "github")


def test_annotations_may_follow_another_report(check: Check) -> None:
    _, out, _ = check("error.txt", "--format", "text", "--output", "github")
    text, command = out.rstrip("\n").rsplit("\n", 1)
    assert text.startswith("error.txt\n")
    assert command.startswith("::error file=error.txt,line=41,")


def test_a_file_has_no_colour_and_one_width(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    _, out, _ = check("error.txt", "--color", "always", "--output", "text", "--output", "text:x.txt")
    text = Path("x.txt").read_text("utf-8")
    assert "\x1b[" in out
    assert "\x1b[" not in text
    assert "«niet langer dan noodzakelijk»" in text
    assert 90 < max(map(len, text.splitlines())) <= 100


def test_quiet_holds_for_text_in_a_file(check: Check) -> None:
    check("error.txt", "-q", "--output", "text:x.txt")
    assert Path("x.txt").read_text("utf-8") == "error.txt:41:5: error retention De bewaartermijn blijft vaag.\n"


def test_what_was_not_checked_is_told_when_all_reports_are_files(check: Check) -> None:
    _, out, err = check("clean.txt", "empty.txt", "--output", "gitlab:x.json")
    assert out == ""
    assert err == "policylint: empty.txt: There is no text in it.\nLook at the file.\n"


# Configuration


def test_reports_may_stand_in_the_configuration(check: Check) -> None:
    Path("policylint.toml").write_text('output = ["csv", "junit:out/junit.xml"]\n', "utf-8")
    assert check("error.txt")[1].startswith("document,language,kind,")
    assert Path("out/junit.xml").read_text("utf-8").startswith("<?xml")
    # What is asked on the command line takes the place of what the configuration asks.
    Path("out/junit.xml").unlink()
    assert check("error.txt", "--format", "github")[1].startswith("::error")
    assert not Path("out/junit.xml").exists()


def test_files_of_a_configuration_are_counted_from_its_folder(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policylint.toml").write_text('output = ["csv:x.csv"]\n', "utf-8")
    Path("below").mkdir()
    monkeypatch.chdir("below")
    check("../error.txt")
    assert Path("../x.csv").exists()


def test_a_format_that_does_not_exist_is_named_by_file_and_line(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("policylint.toml").write_text('preview = true\noutput = ["sarf:x"]\n', "utf-8")
    code, out, err = check("error.txt")
    assert (code, out) == (2, "")
    assert "policylint.toml:2: there is no format 'sarf'" in err
    assert run(["config", "verify"]) == 2
    assert "policylint.toml:2: there is no format 'sarf'" in capsys.readouterr().err


def test_a_report_among_the_documents_is_not_checked_in_the_next_run(check: Check) -> None:
    Path("site").mkdir()
    Path("site/a.txt").write_bytes(b"error")
    for _ in range(2):
        assert check("site", "--output", "markdown:site/report.md")[0] == 1
    assert check.judged == ["site/a.txt"] * 2  # type: ignore[attr-defined]
    code, _, err = check("site", "site/report.md", "--output", "markdown:site/report.md")
    assert (code, "it is one of the documents to check" in err) == (2, True)


# Faults


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "sarf:x"], "--output: there is no format 'sarf'; there are text, json,"),
        (["--output", "sarf:x"], "did you mean 'sarif'?"),
        (["--output", "json", "--output", "csv"], "--output: two reports go to standard output"),
        (["--output", "json:x", "--output", "csv:./x"], "/x\nGive each report a file of its own."),
        (["--output", "json:."], ".: the report cannot be written: it is a folder"),
        (["--output", "json:clean.txt/x.json"], "clean.txt is no folder"),
        (["--output", "json:empty.txt/deep/x.json"], "empty.txt is no folder"),
        (["--output", "text:error.txt"], "error.txt: the report cannot be written: it is one of the documents"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_judged(
    check: Check, arguments: list[str], message: str
) -> None:
    before = sorted(Path().rglob("*"))
    code, out, err = check("error.txt", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert check.judged == []  # type: ignore[attr-defined]
    assert sorted(Path().rglob("*")) == before
    assert Path("error.txt").read_bytes() == b"error"


def test_a_file_that_may_not_be_written(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    code, out, err = check("error.txt", "--output", "json:x.json")
    assert (code, out) == (2, "")
    assert f"x.json: the report cannot be written: you may not write in the folder {Path.cwd()}" in err
    Path("y.json").write_text("old", "utf-8")
    assert (
        "y.json: the report cannot be written: this file is read-only"
        in check("error.txt", "--output", "json:y.json")[2]
    )


@pytest.mark.parametrize("output", ["markdown:x.md", "matrix:x.xlsx", "matrix:x.html", "html:x.html"])
def test_a_file_of_the_user_is_replaced_with_force_alone_and_an_earlier_report_without(
    check: Check, output: str
) -> None:
    file = Path(output.partition(":")[2])
    file.write_text("mine", "utf-8")
    code, _, err = check("clean.txt", "--output", output)
    assert (code, file.read_text("utf-8")) == (2, "mine")
    assert f"{file}: this file is there already" in err
    assert check("clean.txt", "--output", output, "--force")[0] == 0
    assert file.read_bytes() != b"mine"
    assert check("clean.txt", "--output", output)[0] == 0
    file.write_bytes(b"")
    assert check("clean.txt", "--output", output)[0] == 0, "an empty file holds nothing to lose"


@pytest.mark.parametrize("command", ["check", "parity", "diff"])
def test_on_a_narrow_terminal_only_words_that_are_longer_stick_out(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("policylint.cli.output.sys.stdout.isatty", lambda: True)
    samples = Path(__file__).parent.parent / "samples" / "two-languages"
    paths = [str(samples / name) for name in ("webshop-nl.md", "webshop-en.md")]
    run([command, *(paths[:1] if command == "check" else paths), "--exit-zero"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 50
    # The first line of a finding or a comparison, and commands to type, stay whole.
    assert [
        line
        for line in lines
        if len(line) > 20 and " " in line.strip() and not any(each in line for each in ("webshop", "policylint"))
    ] == []


def test_a_disk_that_is_full_leaves_the_old_report_and_no_scraps(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("x.json").write_text("old", "utf-8")

    class Full(io.FileIO):
        def write(self, data: object) -> int:
            super().write(bytes(data)[:10])  # type: ignore[call-overload]
            raise OSError(28, "No space left on device")

    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r", **given: (Full if mode == "wb" else real)(path, mode, **given)
    )
    code, _, err = check("error.txt", "--output", "json:x.json")
    assert code == 2
    assert "x.json: cannot be written: No space left on device" in err
    assert Path("x.json").read_text("utf-8") == "old"
    assert [path.name for path in Path().glob(".*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_report_keeps_its_permissions_and_a_link_stays_a_link(check: Check) -> None:
    Path("real.json").write_text("old", "utf-8")
    Path("real.json").chmod(0o640)
    Path("link.json").symlink_to("real.json")
    check("error.txt", "--output", "json:link.json")
    assert Path("link.json").is_symlink()
    assert Path("real.json").stat().st_mode & 0o777 == 0o640
    assert json.loads(Path("real.json").read_text("utf-8"))["schema"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device")
def test_a_device_is_written_to(check: Check) -> None:
    assert check("error.txt", "--output", f"json:{os.devnull}")[0] == 1
    assert not Path(os.devnull).is_file()


# Services


def test_the_summary_of_a_github_job(check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    check("error.txt", "--format", "github")
    text = summary.read_text("utf-8")
    assert text.startswith("before\n<!-- policylint -->\n## policylint: 1 fout\n")
    assert "Recht op rectificatie" in text
    check("error.txt", "--format", "sarif")
    assert summary.read_text("utf-8") == text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    code, _, err = check("error.txt", "--format", "github")
    assert code == 2
    assert "$GITHUB_STEP_SUMMARY names it" in err


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_services_get_paths_from_the_root_of_the_repository(
    check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.txt").write_bytes(b"error")

    def reported(path: str) -> str:
        issues = json.loads(check(path, "--format", "gitlab")[1])
        return str(issues[0]["location"]["path"])

    assert reported(str(site / "a.txt")) == reported("./site/a.txt") == reported("site/../site/a.txt") == "site/a.txt"
    monkeypatch.chdir(site)
    assert reported("a.txt") == "a.txt"
    monkeypatch.setenv(variable, str(tmp_path))
    assert reported("a.txt") == reported("../site/a.txt") == "site/a.txt"
    monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    assert reported("a.txt") == "a.txt"


def test_accepted_findings_are_listed_in_sarif_on_request(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def lint_bytes(path: str, *_: object, **__: object) -> Judgement:
        return replace(WEBSHOP, path=path)

    monkeypatch.setattr(sys.modules["policylint.lint"], "lint_bytes", lint_bytes)

    def rules(*arguments: str) -> list[str]:
        log = json.loads(check("error.txt", "--format", "sarif", *arguments)[1])
        return [result["ruleId"] for result in log["runs"][0]["results"]]

    assert "outdated-term" not in rules()
    assert rules("--show-suppressed") == [*rules(), "outdated-term"]


@pytest.mark.parametrize(
    ("platform", "chosen", "terminal", "encoding"),
    [
        ("win32", "", False, "utf-8"),
        ("win32", "cp1252", False, "cp1252"),
        ("win32", "", True, "cp1252"),
        ("linux", "", False, "cp1252"),
    ],
)
def test_a_pipe_on_windows_carries_utf8(
    monkeypatch: pytest.MonkeyPatch, platform: str, chosen: str, terminal: bool, encoding: str
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    forgiving_stdout()
    assert (stream.encoding, stream.errors) == (encoding, "replace")


@pytest.mark.system
def test_a_reader_that_leaves_does_not_cost_the_files(tmp_path: Path) -> None:
    policy = ROOT / "samples" / "computerwinkel.txt"
    arguments = ["check", str(policy), "--output", "json", "--output", f"sarif:{tmp_path / 'x.sarif'}"]
    with subprocess.Popen(
        [sys.executable, "-m", "policylint", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
    assert json.loads((tmp_path / "x.sarif").read_text("utf-8"))["runs"]
