"""A corpus judged into tables: the rows of `check`, whatever the input is in, whatever goes wrong on the way."""

from __future__ import annotations

import base64
import gc
import gzip
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policylint.cli import run as command
from policylint.config.settings import Settings
from policylint.corpus.documents import Columns, Entry
from policylint.corpus.inputs import Input, find_input
from policylint.corpus.judging import Bench
from policylint.corpus.local import local
from policylint.corpus.output import Output
from policylint.corpus.parts import Done, Part, Work
from policylint.corpus.run import Options, run
from policylint.corpus.stretches import Stretch
from policylint.corpus.summary import Summary
from policylint.corpus.tables import Format
from policylint.errors import UserError
from policylint.result import Judgement
from policylint.run import Workshop

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file() and path.name != "README.md")
DAY = date(2026, 1, 1)
DUTCH = """\
Privacyverklaring

Molenaar Fietsen B.V., Kade 4, 9711 AA Groningen, is verantwoordelijk voor de verwerking van uw persoonsgegevens.
Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat vereist. Versie {}.
"""
ENGLISH = """\
Privacy notice

Quayside Bikes Ltd, 4 Quay Street, Galway, is the controller of your personal data. We keep invoices for seven years
because tax law requires it. Data goes to our host in the United States under the EU-US Privacy Shield.
"""


def in_this_process(work: Work, stretches: Sequence[Stretch]) -> Iterator[Done]:
    """The engine without processes, for what does not depend on them."""
    for part in work.left(stretches):
        yield work.do(part)


def judged(source: Path | str, out: Path, options: Options | None = None, **settings: object) -> Summary:
    """The corpus judged, by the law of a fixed day and in this process."""
    workshop = Workshop({"as-of": DAY, **settings}, None, True)  # type: ignore[dict-item]
    return run(str(source), out, workshop, options or Options(), in_this_process)


def rows(out: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table, in the order of its files."""
    found: list[dict[str, object]] = []
    for file in sorted((out / table).iterdir()):
        assert not file.name.startswith("."), "nothing half-written stays behind"
        if file.suffix == ".jsonl":
            found += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        else:
            found += pq.read_table(file).to_pylist()
    return found


def files(out: Path) -> dict[str, bytes]:
    """Every file of a result but for the lock."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.parent.name != ".working"
    }


def parquet(path: Path, count: int = 12, group: int = 4, **columns: Sequence[object]) -> Path:
    """A file of small policies that differ."""
    values = {"id": [f"p{number}" for number in range(count)], "text": [DUTCH.format(n) for n in range(count)]}
    pq.write_table(pa.table({**values, **columns}), path, row_group_size=group)
    return path


def failures(out: Path) -> list[object]:
    return [row["failure"] for row in rows(out, "documents")]


# What the rows say


def shared(row: dict[str, object], told: dict[str, object]) -> set[str]:
    """The columns that a report has too, with the same values."""
    names = {name for name in row.keys() & told.keys() if not isinstance(told[name], list)}
    assert {name: row[name] for name in names} == {name: told[name] or None for name in names}
    return names


def test_rows_say_what_check_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(ROOT / "samples", tmp_path / "out") == Summary(
        sum(path.is_file() for path in (ROOT / "samples").rglob("*")), {}, 0
    )
    documents, verdicts = rows(tmp_path / "out", "documents"), rows(tmp_path / "out", "verdicts")
    command(["check", str(ROOT / "samples"), "--isolated", "--no-exceptions", "--as-of", str(DAY), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    for document, told in zip(documents, report["documents"], strict=True):
        own = [row for row in verdicts if row["document"] == document["document"]]
        requirements = [row for row in own if row["record"] == "requirement"]
        findings = [row for row in own if row["record"] == "finding"]
        assert (document["sha256"], document["kind"]) == (told["sha256"], told["kind"])
        assert document["jurisdiction"] == told["jurisdiction"]["code"]
        assert [(row["rule"], row["status"], row["applies"]) for row in requirements] == [
            (each["rule"], each["status"], each["applies"]) for each in told["requirements"]
        ]
        for row, each in zip(requirements, told["requirements"], strict=True):
            assert (row["message"], row["quotes"]) == (each["reason"] or None, len(each["evidence"]))
            assert each["evidence"] == [] or shared(row, each["evidence"][0])
        for row, each in zip(findings, told["findings"], strict=True):
            assert shared(row, each) >= {"fingerprint", "severity", "message", "quote", "line", "end_column", "section"}
        assert document["met"] == sum(each["status"] == "met" for each in told["requirements"])
        assert document["errors"] == sum(each["severity"] == "error" for each in told["findings"])


def test_every_input_gives_the_same_rows(tmp_path: Path) -> None:
    texts = {"a.txt": DUTCH.format(1), "b.txt": ENGLISH, "c.txt": "Lorem.", "d.txt": DUTCH.format("ë")}
    (tmp_path / "folder").mkdir()
    for name, text in texts.items():
        (tmp_path / "folder" / name).write_text(text, "utf-8")
    listed = [{"id": name, "text": text, "format": "text"} for name, text in texts.items()]
    lines = "\n\n".join(json.dumps(row) for row in listed).encode()
    (tmp_path / "in.jsonl").write_bytes(lines)
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(lines))
    pq.write_table(pa.Table.from_pylist(listed), tmp_path / "in.parquet")
    packed = [
        {"id": name, "bytes": base64.b64encode(text.encode()).decode(), "format": ".txt"}
        for name, text in texts.items()
    ]
    (tmp_path / "bytes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in packed))
    found = []
    for name in ("folder", "in.jsonl", "in.jsonl.gz", "in.parquet", "bytes.jsonl"):
        judged(tmp_path / name, tmp_path / f"out-{name}", Options(documents_per_part=3))
        documents = [
            {key: value for key, value in row.items() if key not in ("source", "row")}
            for row in rows(tmp_path / f"out-{name}", "documents")
        ]
        found.append((documents, rows(tmp_path / f"out-{name}", "verdicts")))
    assert [row["id"] for row in found[0][0]] == list(texts)
    assert [row["failure"] for row in found[0][0]] == [None, None, "not-a-policy", None]
    assert all(each == found[0] for each in found)


def test_a_policy_is_judged_by_the_law_of_its_own_day(tmp_path: Path) -> None:
    days = [date(2018, 1, 1), None, date(2024, 6, 1)]
    parquet(tmp_path / "in.parquet", 3, text=[ENGLISH] * 3, date=days)
    judged(tmp_path / "in.parquet", tmp_path / "out")
    assert [row["as_of"] for row in rows(tmp_path / "out", "documents")] == [days[0], DAY, days[2]]
    invalid = [
        row["document"] for row in rows(tmp_path / "out", "verdicts") if row["name"] == "invalid-transfer-mechanism"
    ]
    assert invalid == [1, 2]


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    table = {
        "url": ["https://a.example", "https://b.example"],
        "body": ["<p>" + DUTCH.format(1), ENGLISH],
        "mime": ["text/html; charset=utf-8", None],
        "lang": ["NL", "en"],
        "country": ["be", "GB"],
        "crawled": ["2019-05-01T10:00:00Z", "2020-01-01"],
    }
    pq.write_table(pa.table(table), tmp_path / "in.parquet")
    columns = Columns("url", "body", None, "mime", "lang", "country", "crawled")
    judged(tmp_path / "in.parquet", tmp_path / "out", Options(columns))
    documents = rows(tmp_path / "out", "documents")
    assert [row["id"] for row in documents] == table["url"]
    assert [(row["language"], row["jurisdiction"]) for row in documents] == [("nl", "BE"), ("en", "UK")]
    assert [str(row["as_of"]) for row in documents] == ["2019-05-01", "2020-01-01"]


def test_rows_in_json_lines(tmp_path: Path) -> None:
    parquet(tmp_path / "in.parquet", 3)
    judged(tmp_path / "in.parquet", tmp_path / "out")
    judged(tmp_path / "in.parquet", tmp_path / "lines", Options(format=Format.JSONL))
    for table in ("documents", "verdicts"):
        plain = [
            {**row, **({"as_of": str(row["as_of"])} if "as_of" in row else {})} for row in rows(tmp_path / "out", table)
        ]
        assert rows(tmp_path / "lines", table) == plain


# What cannot be judged


def test_what_cannot_be_judged_is_a_row_that_says_why(tmp_path: Path) -> None:
    good = {"text": DUTCH.format(1)}
    lines = [
        good,
        {"text": None},
        {},
        {"text": 5},
        {"text": "x" * 60_000},
        {**good, "date": "1 mei 2020"},
        {**good, "language": "fr"},
        {**good, "jurisdiction": "XX"},
        {**good, "format": "xlsx"},
        {**good, "id": "\udcff", "language": "nl-BE"},
        {"bytes": "%%%"},
        {"text": "Wir verarbeiten Ihre personenbezogenen Daten nur, soweit dies gesetzlich erlaubt ist. " * 9},
        {"bytes": base64.b64encode(b"%PDF-1.7 broken").decode(), "format": "pdf"},
        {"text": "\ud800 " + DUTCH},
    ]
    text = "\n".join([*map(json.dumps, lines), '{"text": "cut o', "[1]", json.dumps(good)])
    (tmp_path / "in.jsonl").write_text(text)
    summary = judged(tmp_path / "in.jsonl", tmp_path / "out", Options(largest=50_000))
    assert failures(tmp_path / "out") == [
        None,
        "no-text",
        "no-text",
        "no-text",
        "too-large",
        "bad-date",
        "unsupported-language",
        "unknown-jurisdiction",
        "unsupported-format",
        None,
        "bad-bytes",
        "unsupported-language",
        "damaged",
        None,
        "bad-json",
        "bad-json",
        None,
    ]
    assert summary.documents == 17
    assert summary.failures["no-text"] == 3
    told = rows(tmp_path / "out", "documents")[4]
    assert told["failure_message"] == "this text of 60,000 bytes is larger than 50,000"
    assert told["met"] is None
    assert {row["document"] for row in rows(tmp_path / "out", "verdicts")} == {0, 9, 13, 16}


def test_text_that_is_no_utf8_is_judged(tmp_path: Path) -> None:
    text = pa.array([DUTCH.format("ë").encode("cp1252")], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"id": ["a"], "text": text}), tmp_path / "in.parquet")
    judged(tmp_path / "in.parquet", tmp_path / "out")
    assert failures(tmp_path / "out") == [None]


def test_days_in_every_type(tmp_path: Path) -> None:
    seconds = [1_525_132_800, 4_102_444_799, None]
    for kind in (pa.timestamp("ns"), pa.timestamp("s", "UTC")):
        factor = 10**9 if kind.unit == "ns" else 1
        days = pa.array([each and each * factor + (factor > 1) for each in seconds], kind)
        judged(parquet(tmp_path / "in.parquet", 3, date=days), tmp_path / f"out-{kind.unit}")
        told = [str(row["as_of"]) for row in rows(tmp_path / f"out-{kind.unit}", "documents")]
        assert told == ["2018-05-01", "2099-12-31", str(DAY)]
    days = pa.array([9_999_999, 0], pa.date32())
    judged(parquet(tmp_path / "in.parquet", 2, date=days), tmp_path / "out")
    assert failures(tmp_path / "out") == ["bad-date", None]


@pytest.mark.system
def test_a_document_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from policylint import lint

    real = lint.lint_bytes

    def slow(path: str, data: bytes, *arguments: object, **options: object) -> Judgement:
        time.sleep(60 if b"Versie 1" in data else 0)
        return real(path, data, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("policylint.lint.lint_bytes", slow)
    parquet(tmp_path / "in.parquet", 3)
    judged(tmp_path / "in.parquet", tmp_path / "out", timeout=5)
    assert failures(tmp_path / "out") == [None, "too-slow", None]


def test_time_is_limited_in_every_thread() -> None:
    from policylint.time_limit import time_limit

    told: list[str] = []

    def work() -> None:
        for seconds in (1, 0.01):
            try:
                with time_limit(1):
                    ending = time.monotonic() + seconds + 0.5 * (seconds == 1)
                    while time.monotonic() < ending:
                        pass
                    told.append("done")
            except UserError as error:
                told.append(error.code)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    work()
    assert told == ["too-slow", "done"] * 2


def test_a_limit_leaves_nothing_for_the_collector() -> None:
    from policylint.time_limit import time_limit

    with time_limit(60):
        gc.collect()
    enabled = gc.isenabled()
    gc.disable()
    try:
        for _ in range(10):
            with time_limit(60):
                pass
        assert gc.collect() == 0
    finally:
        if enabled:
            gc.enable()


def test_a_row_group_that_is_damaged_costs_its_own_rows(tmp_path: Path) -> None:
    path = parquet(tmp_path / "in.parquet")
    chunk = pq.read_metadata(path).row_group(1).column(1)
    data = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    data[start : start + chunk.total_compressed_size] = os.urandom(chunk.total_compressed_size)
    path.write_bytes(data)
    judged(path, tmp_path / "out", Options(documents_per_part=5))
    assert failures(tmp_path / "out") == [None] * 4 + ["unreadable-rows"] * 4 + [None] * 4
    assert [row["row"] for row in rows(tmp_path / "out", "documents")] == list(range(12))


@pytest.mark.system
def test_a_file_that_is_damaged_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    parquet(tmp_path / "in" / "a.parquet", 2)
    (tmp_path / "in" / "b.parquet").write_bytes(b"PAR1 nothing of the kind")
    parquet(tmp_path / "in" / "c.parquet", 2)
    whole = gzip.compress("\n".join(json.dumps({"text": os.urandom(9000).hex()}) for _ in range(9)).encode())
    (tmp_path / "in" / "d.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    judged(tmp_path / "in", tmp_path / "out")
    documents = rows(tmp_path / "out", "documents")
    assert [row["source"] for row in documents][:5] == ["a.parquet", "a.parquet", "b.parquet", "c.parquet", "c.parquet"]
    assert failures(tmp_path / "out")[:5] == [None, None, "unreadable-file", None, None]
    assert failures(tmp_path / "out")[-1] == "unreadable-line"
    assert command(["corpus", str(tmp_path / "in"), str(tmp_path / "again"), "--as-of", str(DAY)]) == 2
    assert "rows that stand for a part of the input that could not be read: 2" in capsys.readouterr().err


def test_ids_that_occur_twice_are_counted(tmp_path: Path) -> None:
    parquet(tmp_path / "in.parquet", 4, id=["a", "b", "a", "a"])
    assert judged(tmp_path / "in.parquet", tmp_path / "out").repeated == 2
    assert [row["document"] for row in rows(tmp_path / "out", "documents")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.parquet", "out", "--text", "txet"], "in.parquet: there is no column 'txet'\ndid you mean 'text'?"),
        (["other.jsonl", "out"], "other.jsonl:1: there is no column 'text' or 'bytes'\nColumns are body, url."),
        (["twice.parquet", "out"], "twice.parquet: there are several columns 'text'"),
        (["no-rows.parquet", "out"], "no-rows.parquet: there is no document in this corpus"),
        (["no-lines.jsonl", "out"], "no-lines.jsonl: there is no document in this corpus"),
        (["none.parquet", "out"], "none.parquet: there is no such file or folder"),
        (["none/*.parquet", "out"], "none/*.parquet: there is no such file or folder"),
        (["words.csv", "out"], "words.csv: this is no corpus"),
        (["empty", "out"], "empty: there is nothing to check"),
        (["in.parquet", "in.parquet"], "in.parquet: the results would lie within the input"),
        ([".", "out"], "out: the results would lie within the input"),
        (["in.parquet", "empty/..", "--isolated"], "this holds something else than the result of a corpus run"),
        (["in.parquet", "words.csv"], "words.csv: this holds something else"),
        (["in.parquet", "out", "--select", "retentoin"], "retentoin"),
    ],
)
def test_what_the_user_can_mend(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    parquet(tmp_path / "in.parquet", 2)
    parquet(tmp_path / "no-rows.parquet", 0)
    pq.write_table(pa.table([["a"], ["b"]], ["text", "text"]), tmp_path / "twice.parquet")
    (tmp_path / "no-lines.jsonl").touch()
    (tmp_path / "other.jsonl").write_text('{"body": "x", "url": "y"}\n')
    (tmp_path / "words.csv").write_text("a,b\n")
    (tmp_path / "empty").mkdir()
    assert command(["corpus", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_parquet_needs_pyarrow_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = parquet(tmp_path / "in.parquet", 2)
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": ENGLISH}))
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    judged(tmp_path / "in.jsonl", tmp_path / "lines", Options(format=Format.JSONL))
    assert failures(tmp_path / "lines") == [None]
    for name, out in ((str(source), "out"), (str(tmp_path / "in.jsonl"), "out")):
        assert command(["corpus", name, str(tmp_path / out)]) == 2
        assert "pip install '.[corpus]'" in capsys.readouterr().err


# Interrupted and resumed


@dataclass(frozen=True, slots=True)
class Interrupted:
    """An engine that does so many parts, leaving out every third, and is then interrupted."""

    parts: int

    def __call__(self, work: Work, stretches: Sequence[Stretch]) -> Iterator[Done]:
        parts = [part for number, part in enumerate(work.left(stretches)) if number % 3 != 1]
        for part in parts[: self.parts]:
            yield work.do(part)
        raise KeyboardInterrupt


def test_a_run_that_is_interrupted_goes_on(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 40, 7)
    options = Options(documents_per_part=3)
    judged(source, tmp_path / "whole", options)
    out = tmp_path / "out"
    for times in range(1, 4):
        with pytest.raises(KeyboardInterrupt):
            run(str(source), out, Workshop({"as-of": DAY}, None, True), options, Interrupted(times))
        assert not (out / "summary.json").exists()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("part-*")}
    assert len(before) == 2 * (1 + 2 + 3)
    judged(source, out, options)
    assert files(out) == files(tmp_path / "whole")
    assert all(path.stat().st_mtime_ns == then for path, then in before.items())


def test_half_a_part_is_done_again(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 6)
    judged(source, tmp_path / "out", Options(documents_per_part=2))
    whole = files(tmp_path / "out")
    part = tmp_path / "out" / "verdicts" / "part-0000000002.parquet"
    part.write_bytes(part.read_bytes()[:100])
    (tmp_path / "out" / "documents" / "part-0000000004.parquet").unlink()
    (tmp_path / "out" / "documents" / ".part-0000000004.parquet.77.tmp").write_bytes(b"half")
    judged(source, tmp_path / "out", Options(documents_per_part=2))
    assert files(tmp_path / "out") == whole


def test_a_run_goes_on_by_the_law_of_the_day_it_began(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 2)
    judged(source, tmp_path / "out")
    run(str(source), tmp_path / "out", Workshop({}, None, True), Options(), in_this_process)
    assert [row["as_of"] for row in rows(tmp_path / "out", "documents")] == [DAY, DAY]


def test_another_run_does_not_go_on_in_the_same_folder(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 2)
    out = tmp_path / "out"
    judged(source, out)
    before = files(out)
    with pytest.raises(UserError, match=r"begun with other settings \(max-bytes: 10000000, now 5\)"):
        judged(source, out, Options(largest=5))
    parquet(source, 3)
    with pytest.raises(UserError, match=r"begun with other input .*documents: 2, now 3"):
        judged(source, out)
    assert files(out) == before


def test_every_option_that_changes_rows_belongs_to_the_folder(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 1)
    judged(source, tmp_path / "out")
    before = files(tmp_path / "out")
    others: list[tuple[str, Options, dict[str, object]]] = [
        ('other settings (language: null, now "nl")', Options(), {"language": "nl"}),
        ('other settings (jurisdiction: null, now "IE")', Options(), {"jurisdiction": "IE"}),
        ('other settings (format: "parquet", now "jsonl")', Options(format=Format.JSONL), {}),
        ("other settings (documents-per-part: 250, now 2)", Options(documents_per_part=2), {}),
        ("other settings (timeout: 0, now 9)", Options(), {"timeout": 9}),
        ("other settings (facts: {}, now {", Options(), {"facts": {"webshop": True}}),
        ("other settings (rules: ", Options(), {"select": ("retention",)}),
        ('other columns (language: null, now "id")', Options(Columns(language="id")), {}),
    ]
    for told, options, settings in others:
        with pytest.raises(UserError, match=re.escape(f"begun with {told}")):
            judged(source, tmp_path / "out", options, **settings)
    assert files(tmp_path / "out") == before


def test_a_run_that_ends_while_another_begins_keeps_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = parquet(tmp_path / "mine.parquet", 2), parquet(tmp_path / "other.parquet", 3)
    find = find_input

    def slowly(*arguments: Any) -> Input:
        monkeypatch.undo()
        judged(other, tmp_path / "out")
        return find(*arguments)

    monkeypatch.setattr("policylint.corpus.run.find_input", slowly)
    with pytest.raises(UserError, match="begun with other input"):
        judged(mine, tmp_path / "out")
    assert failures(tmp_path / "out") == [None] * 3


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 2)

    def meanwhile(work: Work, stretches: Sequence[Stretch]) -> Iterator[Done]:
        with pytest.raises(UserError, match="another run is writing here"):
            judged(source, tmp_path / "out")
        yield from in_this_process(work, stretches)

    run(str(source), tmp_path / "out", Workshop({"as-of": DAY}, None, True), Options(), meanwhile)
    assert failures(tmp_path / "out") == [None, None]


@pytest.mark.system
def test_parts_of_long_texts_are_short(tmp_path: Path) -> None:
    texts = [DUTCH.format(number) + "\n" * 1_500_000 for number in range(5)]
    source = parquet(tmp_path / "in.parquet", 5, 5, text=texts)
    judged(source, tmp_path / "out")
    assert [file.name[5:15] for file in sorted((tmp_path / "out" / "documents").iterdir())] == [
        "0000000000",
        "0000000002",
        "0000000004",
    ]


def test_a_pattern_and_a_folder_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "2020").mkdir(parents=True)
    parquet(tmp_path / "in" / "2020" / "b.parquet", 2)
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps({"id": "first", "text": ENGLISH}))
    (tmp_path / "in" / "readme.txt").write_text("Two files.")
    judged("in", tmp_path / "folder")
    judged("in/**/*.p*", tmp_path / "pattern")
    named = [(row["source"], row["id"]) for row in rows(tmp_path / "folder", "documents")]
    assert named == [("2020/b.parquet", "p0"), ("2020/b.parquet", "p1"), ("a.jsonl", "first")]
    assert [row["source"] for row in rows(tmp_path / "pattern", "documents")] == ["in/2020/b.parquet"] * 2


def test_stretches_can_be_read_on_their_own(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 23, 4)
    found = find_input(str(source), Columns(), 10)
    assert [(each.first, each.count) for each in found.stretches] == [(0, 12), (12, 11)]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps({"text": str(number)}) for number in range(23)))
    found = find_input(str(tmp_path / "in.jsonl"), Columns(), 10)
    assert [(each.first, each.count, each.row) for each in found.stretches] == [(0, 10, 0), (10, 10, 10), (20, 3, 20)]


# Processes


@dataclass(frozen=True, slots=True)
class Deadly:
    """A bench at which some documents end the process."""

    largest: int = 10_000_000

    def judge(self, entry: Entry) -> Judgement:
        if entry.id in ("p2", "p5", "p6"):
            os._exit(9)
        return Judgement(entry.id)

    def day(self, _: Entry) -> date:
        return DAY


@pytest.mark.system
def test_a_document_that_ends_its_process_costs_itself(tmp_path: Path) -> None:
    source = parquet(tmp_path / "in.parquet", 24, 24)
    for each in ("documents", "verdicts", ".working"):
        (tmp_path / "out" / each).mkdir(parents=True)
    work = Work(Deadly(), Columns(), Output(tmp_path / "out", Format.JSONL), 4)  # type: ignore[arg-type]
    done = list(local(work, find_input(str(source), Columns(), 4).stretches, 2))
    assert [(each.first, each.documents, each.failure) for each in done] == [(n, 4, None) for n in range(0, 24, 4)]
    lost = [row["id"] for row in rows(tmp_path / "out", "documents") if row["failure"]]
    assert lost == ["p2", "p5", "p6"]
    assert list((tmp_path / "out" / ".working").iterdir()) == []


def start(*arguments: str, **options: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "policylint", "corpus", *arguments, "--as-of", str(DAY), "--isolated"]
    return subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.system
@pytest.mark.parametrize(("signal", "code"), [("INT", 130), ("TERM", 143), ("KILL", -9)])
def test_a_program_that_is_stopped_goes_on(tmp_path: Path, signal: str, code: int) -> None:
    source = parquet(tmp_path / "in.parquet", 60, 20)
    judged(source, tmp_path / "whole", Options(documents_per_part=2), timeout=60)
    out = tmp_path / "out"
    for least in (1, 8):
        with start(str(source), str(out), "--part", "2", "--jobs", "2") as program:
            deadline = time.monotonic() + 60
            while len(list((out / "documents").glob("part-*"))) < least and time.monotonic() < deadline:
                time.sleep(0.01)
            subprocess.run(["/bin/kill", f"-{signal}", str(program.pid)], check=True)
            told = program.communicate(timeout=30)[1]
        assert program.returncode == code
        assert code == -9 or f"{out}: stopped before the end\nThe same command goes on" in told
        assert "Traceback" not in told
        assert not (out / "summary.json").exists()
    with start(str(source), str(out), "--part", "2", "--jobs", "1") as program:
        told = program.communicate()[1]
    assert "of 60 documents are done already" in told
    assert "60 documents, 60 judged" in told
    assert program.returncode == 0
    assert files(out) == files(tmp_path / "whole")


@pytest.mark.system
def test_a_disk_that_is_full_stops_the_run_and_no_more(tmp_path: Path) -> None:
    import resource

    source = parquet(tmp_path / "in.parquet", 8)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (5_000, 5_000))
    with start(str(source), str(tmp_path / "out"), "--part", "2", preexec_fn=limit) as program:
        told = program.communicate()[1]
    assert program.returncode == 2
    assert "part-0000000000.parquet: cannot be written: File too large\nMake room, or write elsewhere." in told
    assert "what is finished is kept" in told
    with start(str(source), str(tmp_path / "out"), "--part", "2") as program:
        program.communicate()
    assert program.returncode == 0
    assert failures(tmp_path / "out") == [None] * 8


def test_a_bench_is_built_where_it_arrives() -> None:
    import pickle

    from policylint.corpus.judging import bench

    here = bench(Workshop({}, None, True), Settings(select=("retention",)), DAY, 1000)
    sent = pickle.dumps(here)
    assert len(sent) < 2000
    there: Bench = pickle.loads(sent)  # noqa: S301 - made above
    assert [rule.id for rule in there.rules.rules] == ["retention"]
    entry = Entry(0, "x", 0, "x", DUTCH.encode())
    assert there.judge(entry) == here.judge(entry)
    other = replace(here, rules=replace(here.rules, version="other"))
    with pytest.raises(UserError, match="the rules are others"):
        pickle.loads(pickle.dumps(other))  # noqa: S301 - made above


def test_a_part_bears_the_number_of_its_first_document() -> None:
    assert Part((Entry(7, "a", 7, "x"), Entry(8, "a", 8, "y"))).first == 7
