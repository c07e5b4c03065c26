"""Documents side by side and from the cache: the same result as one after the other, whatever happens to a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hand_made_result import WEBSHOP

from policylint.cache import Cache, open_cache
from policylint.cli import run as command
from policylint.document import Remark
from policylint.errors import UserError
from policylint.files import expand
from policylint.parallel import _cores, processes, side_by_side
from policylint.result import Judgement
from policylint.run import Workshop, run

ROOT = Path(__file__).parent.parent
TEXT = """\
# Privacyverklaring

Molenaar Fietsen B.V., Kade 4, 9711 AA Groningen, is verantwoordelijk voor de verwerking van uw persoonsgegevens.
Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat vereist. Wij verkopen {} gegevens aan derden.
"""


def slow_square(number: int) -> int:
    """The first tasks take longest, so that answers come in another order than they are asked."""
    time.sleep(0.2 if number < 2 else 0)
    return number * number


def square_or_die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number * number


def square_or_fail(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number * number


def hears_interrupts(_: int) -> bool:
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def no(_: int) -> int:
    return -1


def test_answers_come_in_order() -> None:
    assert list(side_by_side(slow_square, range(20), 2, no)) == [number * number for number in range(20)]


def test_a_process_that_dies_loses_its_own_task_only() -> None:
    assert list(side_by_side(square_or_die, range(6), 2, no)) == [0, 1, 4, -1, 16, 25]


def test_a_fault_in_a_process_is_raised() -> None:
    answers = side_by_side(square_or_fail, range(6), 2, no)
    with pytest.raises(ValueError, match="three"):
        list(answers)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be blocked here")
def test_a_process_is_started_deaf_to_interrupts_and_its_parent_is_not() -> None:
    assert list(side_by_side(hears_interrupts, [1], 1, lambda _: True)) == [False]
    assert hears_interrupts(1)


def test_how_many_processes_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.parallel._cores", lambda: 4)
    assert processes(0, [1_000_000] * 7) == 1
    assert processes(0, [2_000] * 100) == 1
    assert processes(0, [50_000] * 10) == 2
    assert processes(0, [50_000] * 1000) == 4
    assert processes(3, [1] * 100) == 3
    assert processes(3, [1] * 2) == 2
    assert processes(3, []) == 1


@pytest.mark.parametrize(
    ("quota", "cores"), [("200000 100000", 2), ("50000 100000", 1), ("max 100000", 8), ("", 8), ("1 0", 8)]
)
def test_a_container_has_the_processors_that_it_may_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, cores: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr("policylint.parallel._QUOTA", tmp_path / "cpu.max")
    (tmp_path / "cpu.max").write_text(f"{quota}\n", "ascii")
    assert _cores() == cores


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of ten policies that differ, as the current one."""
    (tmp_path / "site").mkdir()
    for number, name in enumerate("abcdefghij"):
        (tmp_path / "site" / f"{name}.md").write_text(TEXT.format("uw " * number), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs `policylint check` in the folder and gives its exit code and its report as JSON."""
    assert folder

    def check(*arguments: str) -> tuple[int, str]:
        code = command(["check", "--format", "json", "--as-of", "2026-01-01", *arguments])
        return code, capsys.readouterr().out

    return check


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of what is judged rather than found in the cache."""
    from policylint import lint

    paths = []
    real = lint.lint_bytes

    def lint_bytes(path: str, *arguments: object, **options: object) -> Judgement:
        paths.append(path)
        return real(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(lint, "lint_bytes", lint_bytes)
    return paths


@pytest.mark.system
def test_the_report_is_the_same_with_any_number_of_processes(folder: Path, check: Check) -> None:
    (folder / "site" / "c.txt").write_text(
        "Für dieses Haus gilt: wir verarbeiten personenbezogene Daten. " * 20, "utf-8"
    )
    alone = check("site", "gone.md", "--jobs", "1")
    assert check("site", "gone.md", "--jobs", "2") == alone
    assert check("site", "gone.md", "--jobs", "3", "--cache", "kept") == alone
    assert check("site", "gone.md", "--jobs", "1", "--cache", "kept") == alone
    paths = [document["path"] for document in json.loads(alone[1])["documents"]]
    assert paths == [f"site/{name}" for name in "a.md b.md c.md c.txt d.md e.md f.md g.md h.md i.md j.md".split()] + [
        "gone.md"
    ]


def test_an_unchanged_document_is_not_judged_again(folder: Path, check: Check, judged: list[str]) -> None:
    first = check("site/a.md", "site/b.md", "--cache", "kept")
    assert judged == ["site/a.md", "site/b.md"]
    assert check("site/a.md", "site/b.md", "--cache", "kept") == first
    assert len(judged) == 2
    (folder / "site" / "b.md").write_text(TEXT.format("geen"), "utf-8")
    check("site/a.md", "site/b.md", "--cache", "kept")
    assert judged[2:] == ["site/b.md"]


def test_a_verdict_is_found_again_under_another_path(folder: Path, check: Check, judged: list[str]) -> None:
    check("site/a.md", "--cache", "kept")
    (folder / "moved.md").write_bytes((folder / "site" / "a.md").read_bytes())
    _, report = check("moved.md", "--cache", "kept")
    assert json.loads(report)["documents"][0]["path"] == "moved.md"
    (folder / "moved.txt").write_bytes((folder / "site" / "a.md").read_bytes())
    check("moved.txt", "--cache", "kept")
    assert judged == ["site/a.md", "moved.txt"]


@pytest.mark.parametrize(
    "options",
    [
        ["--as-of", "2017-01-01"],
        ["--ignore", "cookies"],
        ["--language", "nl"],
        ["--jurisdiction", "BE"],
        ["--fact", "dpo=no"],
    ],
)
def test_what_matters_to_a_verdict_is_part_of_its_key(check: Check, judged: list[str], options: list[str]) -> None:
    check("site/a.md", "--cache", "kept")
    check("site/a.md", "--cache", "kept", *options)
    assert len(judged) == 2


@pytest.mark.parametrize(
    "options", [["--fail-on", "never"], ["--severity", "retention=info"], ["--output", "csv:r.csv"]]
)
def test_what_does_not_matter_to_a_verdict_is_not(check: Check, judged: list[str], options: list[str]) -> None:
    check("site/a.md", "--cache", "kept")
    without = check("site/a.md", *options)[1]
    judged.clear()
    assert check("site/a.md", "--cache", "kept", *options)[1] == without
    assert judged == []


def test_another_version_of_the_program_or_the_rules_keeps_its_own(
    folder: Path, check: Check, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check("site/a.md", "--cache", "kept")
    monkeypatch.setattr("policylint.cache.__version__", "99.0")
    check("site/a.md", "--cache", "kept")
    rules = folder / "own" / "requirements"
    rules.mkdir(parents=True)
    (folder / "policylint.toml").write_text("rules = 'own'\n", "utf-8")
    check("site/a.md", "--cache", "kept")
    (folder / "own" / "concepts").mkdir()
    (folder / "own" / "concepts" / "x.yaml").write_text("own-word:\n  nl: [eigenwoord]\n  en: [ownword]\n", "utf-8")
    check("site/a.md", "--cache", "kept")
    assert len(judged) == 4 - 1  # an empty folder of rules changes nothing


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]", b'{"path": "x", "sha256": "y"}', b"\xff\xfe"])
def test_an_entry_that_is_not_whole_is_judged_and_written_anew(
    folder: Path, check: Check, judged: list[str], spoiled: bytes
) -> None:
    report = check("site/a.md", "--cache", "kept")
    (entry,) = (folder / "kept").glob("*/*.json")
    whole = entry.read_bytes()
    entry.write_bytes(spoiled)
    assert check("site/a.md", "--cache", "kept") == report
    assert len(judged) == 2
    assert entry.read_bytes() == whole


def test_a_document_that_could_not_be_judged_is_not_kept(folder: Path, check: Check) -> None:
    (folder / "empty.md").write_bytes(b"")
    assert check("empty.md", "--cache", "kept")[0] == 2
    assert list((folder / "kept").glob("*/*.json")) == []


def test_a_folder_of_verdicts_marks_itself(folder: Path, check: Check) -> None:
    check("site/a.md", "--cache", "deep/kept")
    kept = folder / "deep" / "kept"
    assert (kept / "CACHEDIR.TAG").read_text("utf-8").startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (kept / ".gitignore").read_text("utf-8") == "*\n"
    assert list(kept.rglob("*.tmp")) == []


def test_a_cache_that_cannot_be_made_is_told_before_anything_is_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "kept").write_text("a file", "utf-8")
    assert command(["check", "site", "--cache", "kept"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, "kept: verdicts cannot be kept there" in captured.err) == ("", True)
    assert (folder / "kept").read_text("utf-8") == "a file"


def test_a_disk_that_is_full_costs_nothing_but_time(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check("site/a.md")

    def write_whole(path: Path, _: bytes) -> None:
        if path.suffix == ".json":
            raise UserError("unwritable", "no space left", "")

    monkeypatch.setattr("policylint.cache.write_whole", write_whole)
    assert check("site/a.md", "--cache", "kept") == expected


def test_a_verdict_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = open_cache(tmp_path)
    verdict = replace(WEBSHOP, remarks=(Remark("policylint: x", WEBSHOP.findings[0].location, (3, 9), None),))
    key = cache.key({}, verdict.sha256 or "")
    cache.keep(key, verdict)
    assert cache.find(key, verdict.path, verdict.sha256 or "") == verdict
    assert cache.find(key, "elsewhere.txt", verdict.sha256 or "") == replace(verdict, path="elsewhere.txt")
    assert cache.find(key, verdict.path, "another") is None
    assert cache.find(cache.key({"part": True}, verdict.sha256 or ""), verdict.path, verdict.sha256 or "") is None


def test_verdicts_on_the_samples_come_back_as_they_were(tmp_path: Path) -> None:
    workshop = Workshop({}, isolated=True)
    done = run(expand([str(ROOT / "samples")]), workshop, date(2026, 1, 1), lambda _: None)
    cache = Cache(tmp_path, "")
    for document in done.result.documents:
        key = cache.key({}, document.path)
        cache.keep(key, document)
        assert cache.find(key, document.path, document.sha256 or "") == document
        assert msgspec.json.decode(msgspec.json.encode(document), type=Judgement) == document


def test_a_document_that_takes_too_long_does_not_keep_the_others(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    from policylint import lint

    real = lint.lint_bytes

    def lint_bytes(path: str, *arguments: object, **options: object) -> Judgement:
        if path == "site/a.md":
            time.sleep(20)
        return real(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(lint, "lint_bytes", lint_bytes)
    code, report = check("site/a.md", "site/b.md", "--timeout", "1")
    slow, other = json.loads(report)["documents"]
    assert (code, slow["error"]["code"], other["error"]) == (2, "too-slow", None)
    assert slow["error"]["message"] == "this document could not be judged within 1 seconds"
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.system
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_an_interrupt_ends_all_processes_and_leaves_nothing_half_written(folder: Path) -> None:
    for number in range(300):
        (folder / "site" / f"{number}.md").write_text(TEXT.format("uw " * number) * 20, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "policylint",
            "check",
            "site",
            "--jobs",
            "2",
            "--cache",
            "kept",
            "--output",
            "json:r.json",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list((folder / "kept").glob("*/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(program.pid, signal.SIGINT)
    output, error = program.communicate(timeout=30)
    assert (program.returncode, output, error) == (130, b"", b"")
    assert not (folder / "r.json").exists()
    assert list(folder.rglob("*.tmp")) == []
    deadline = time.monotonic() + 10
    while _lives(program.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(program.pid)
    for entry in (folder / "kept").glob("*/*.json"):
        msgspec.json.decode(entry.read_bytes(), type=Judgement)


def _lives(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
