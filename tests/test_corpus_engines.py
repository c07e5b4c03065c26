"""A corpus on other engines: Ray with nodes that are lost, Spark, Dask; and what docs/corpus.md says to type."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policylint.cli import run as command
from policylint.corpus import arrow_schema, rows_of
from policylint.corpus.tables import DOCUMENTS, VERDICTS
from policylint.errors import UserError

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "corpus.md"
DAY = date(2026, 1, 1)

sys.path.insert(0, str(ROOT / "benchmarks"))

from corpora import policies, write  # noqa: E402


def needs(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not installed")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus in it, as the current one."""
    write(60, tmp_path / "policies.parquet")
    table = pq.read_table(tmp_path / "policies.parquet")
    pq.write_table(table, tmp_path / "policies.parquet", row_group_size=5)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_python(*arguments: str) -> str:
    """What a program prints; one that waits for ever fails the test."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, "RAY_AUTH_MODE": "disabled"}
    run = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


def files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.parent.name != ".working"
    }


def by_id(table: pa.Table) -> list[dict[str, object]]:
    return sorted(table.to_pylist(), key=lambda row: str(sorted(row.items(), key=str)))


# A function from batch to rows


@pytest.mark.system
def test_a_batch_and_a_list_give_the_rows_of_a_run(corpus: Path) -> None:
    assert command(["corpus", "policies.parquet", "out", "--as-of", str(DAY), "--isolated"]) == 0
    batch = pq.read_table("policies.parquet")
    rows = rows_of(batch, as_of=DAY).to_pylist()
    assert rows == rows_of(batch.to_pylist(), as_of=DAY)
    for table, records in (("documents", ["document"]), ("verdicts", ["requirement", "finding"])):
        of_run = pq.read_table(corpus / "out" / table).to_pylist()
        own = [row for row in rows if row["record"] in records]
        assert [{name: row[name] for name in row if name in own[0]} for row in of_run] == [
            {name: row[name] for name in row if name in of_run[0]} for row in own
        ]


def test_a_batch_without_texts() -> None:
    with pytest.raises(UserError, match="this batch: there is no column 'text' or 'bytes'"):
        rows_of([{"id": "a"}], as_of=DAY)
    assert rows_of([], as_of=DAY) == []
    empty = rows_of(pa.table({"text": pa.array([], pa.string())}), as_of=DAY)
    assert (empty.num_rows, empty.schema) == (0, arrow_schema())
    (row,) = rows_of([{"text": None}], as_of=DAY)
    assert (row["record"], row["failure"]) == ("document", "no-text")


def test_made_up_policies_differ() -> None:
    made = list(policies(300))
    assert len({str(policy["text"]) for policy in made}) == 300
    assert all(1_000 < len(str(policy["text"])) < 5_000 for policy in made)
    assert made == list(policies(300))


# The guide


def test_every_column_is_documented() -> None:
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| .+ \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    columns = [(column.name, column.type) for column in (*DOCUMENTS, *VERDICTS)]
    assert [row for row in told if row in columns] == columns
    assert len(told) == len(columns)


def test_every_failure_is_documented() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "policylint" / "corpus").glob("*.py")]
    raised = {code for text in sources for code in re.findall(r'(?:Failure|UserError)\(\s*"([a-z-]+)"', text)}
    whole = {"missing-column", "double-column", "not-found", "nothing-to-check", "unreadable", "not-ours", "other-run",
             "in-use", "unwritable", "other-version", "cluster"}  # fmt: skip
    assert whole < raised
    listed = set(re.findall(r"`([a-z-]+)`", GUIDE.read_text("utf-8").partition("## What cannot be judged")[2]))
    assert raised - whole <= listed


@pytest.mark.system
@needs("duckdb")
def test_what_the_guide_says_to_type(corpus: Path) -> None:
    import duckdb

    table = pq.read_table("policies.parquet")
    days = table.column("date")
    pq.write_table(table.append_column("day-of-crawl", days), "policies.parquet")
    shutil.copytree(ROOT / "samples", corpus / "samples")
    text = GUIDE.read_text("utf-8")
    (block,) = re.findall(r"```bash\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines():
        words = shlex.split(line.split("  #")[0])
        assert command(words[1:]) == 0, line
    assert pq.read_table("of-2020/documents").column("as_of").to_pylist() == days.to_pylist()
    queries = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    results = [duckdb.sql(query).fetchall() for query in queries]
    assert len(results) == 5
    failed, gaps, chart, transfers, twice = results
    assert failed == [(None, 60)]
    assert {year for _, year, *_ in gaps} <= set(range(2012, 2027))
    assert all(0 <= missing + vague <= 101 for *_, missing, vague in gaps)
    assert {row[0] for row in chart} <= set(range(2012, 2027))
    assert any("█" in row[-1] for row in chart)
    assert all(row[-1] for row in transfers)
    assert twice == []


def example(name: str) -> str:
    (found,) = re.findall(rf"<!-- example: {name} -->\n```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    return str(found)


@pytest.mark.system
@pytest.mark.parametrize(
    ("name", "result"),
    [
        pytest.param(
            "spark", "rows", marks=[needs("pyspark"), pytest.mark.skipif(not shutil.which("java"), reason="Java")]
        ),
        pytest.param("dask", "rows.parquet", marks=needs("dask")),
    ],
)
def test_an_engine_gives_the_rows(corpus: Path, name: str, result: str) -> None:
    (corpus / "example.py").write_text(example(name), "utf-8")
    run_python("example.py")
    assert by_id(pq.read_table(result)) == by_id(rows_of(pq.read_table("policies.parquet"), as_of=DAY))


# Ray


@pytest.mark.system
@needs("ray")
@pytest.mark.parametrize("victim", ["worker", "node"])
def test_a_cluster_that_loses_a_part_gives_the_same_rows(corpus: Path, victim: str) -> None:
    table = pq.read_table("policies.parquet")
    pq.write_table(pa.concat_tables([table] * 5), "policies.parquet", row_group_size=5)
    local = ["corpus", "policies.parquet", "local", "--as-of", str(DAY), "--isolated", "--part", "5"]
    assert command([*local, "--jobs", "2"]) == 0
    told = run_python(str(ROOT / "tests" / "ray_cluster.py"), "policies.parquet", "out", "5", str(DAY), victim)
    assert f"killed a {victim}" in told
    assert files(corpus / "out") == files(corpus / "local")


@pytest.mark.system
@needs("ray")
def test_a_document_that_ends_its_actor_costs_itself(corpus: Path) -> None:
    told = run_python(str(ROOT / "tests" / "ray_cluster.py"), "policies.parquet", "out", "5", str(DAY), "document")
    assert "'worker-died': 1" in told
    failed = [row["failure"] for row in pq.read_table(corpus / "out" / "documents").to_pylist()]
    assert failed == [None] * 7 + ["worker-died"] + [None] * 52


@needs("ray")
def test_a_cluster_that_is_not_there(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus
    assert command(["corpus", "policies.parquet", "out", "--engine", "ray", "--address", "127.0.0.1:1"]) == 2
    assert "the cluster of Ray gave up: [Errno 111] Connection refused" in capsys.readouterr().err


@pytest.mark.system
@needs("ray")
def test_ray_on_this_machine(corpus: Path) -> None:
    options = ["--as-of", str(DAY), "--isolated", "--part", "5"]
    assert command(["corpus", "policies.parquet", "local", *options, "--jobs", "1"]) == 0
    run_python("-m", "policylint", "corpus", "policies.parquet", "out", *options, "--engine", "ray")
    assert files(corpus / "out") == files(corpus / "local")
