"""What the benchmarks measure with, and the page that is made of their figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import corpus as corpus_benchmark  # noqa: E402
from performance_page import page  # noqa: E402
from policies import material, policy  # noqa: E402

from policylint.language import detect  # noqa: E402
from policylint.reading import read  # noqa: E402

MACHINE = {"processor": "Abacus 9", "cores": "4", "system": "Linux", "python": "3.11", "spacy": "3.8"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_made_policies_differ_and_are_the_same_every_time(language: str) -> None:
    given = material(language)
    texts = [policy(given, number, 5_000) for number in range(5)]
    assert len(set(texts)) == 5
    assert [policy(given, number, 5_000) for number in range(5)] == texts
    assert policy(given, 0, 5_000, seed=2) != texts[0]
    words = [set(text.split()) for text in texts]
    assert all(words[number] - set().union(*words[:number], *words[number + 1 :]) for number in range(5))


@pytest.mark.parametrize("size", [1_000, 14_000, 200_000])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_made_policies_have_their_size_and_language(language: str, size: int) -> None:
    text = policy(material(language), 3, size)
    assert size <= len(text.encode()) < size + 1_000
    assert detect(read("policy.md", text.encode())).main == language


def test_the_page_says_what_was_not_measured() -> None:
    cost = {"seconds": 0.2, "megabytes": 30.0}
    twice = {"seconds": 0.4, "megabytes": 30.0}
    cold = {"import typer": cost, "import spacy": cost, "policylint --version": cost, "policylint check": twice}
    figures = {"machine": MACHINE, "cold": {**cold, "proselint": cost, "day": "2026-01-02"}}
    text = "\n".join(page(figures))
    assert "Abacus 9, 4 cores" in text
    assert "2026-01-02. `--version` takes 1.00 times `import typer`, a check of one policy 2.00 times" in text
    assert "| proselint, the same policy | 200 | 30 |" in text
    assert "| write-good, the same policy | not measured |  |" in text
    assert "By length" not in text


@pytest.mark.system
def test_the_command_measures_and_prints(tmp_path: Path) -> None:
    command = [sys.executable, BENCHMARKS / "performance.py", "--quick", "--python-peers", tmp_path]
    run = subprocess.run([*command, "--only", "cold", "stages", "length"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "| `policylint check` of one policy of 28 kB |" in run.stdout
    assert "| textlint, the same policy | not measured |" in run.stdout
    assert "| judging |" in run.stdout
    assert "| 3 kB |" in run.stdout


def test_a_run_with_other_rows_is_told(tmp_path: Path) -> None:
    plan = corpus_benchmark.Plan(tmp_path, documents=2, jobs=1, part=1)
    for run in ("once", "interrupted"):
        for table in ("documents", "verdicts"):
            (tmp_path / run / table).mkdir(parents=True)
            for part in range(2):
                pq.write_table(pa.table({"document": [part]}), tmp_path / run / table / f"part-{part}.parquet")
        for name in ("summary.json", "manifest.json"):
            (tmp_path / run / name).write_text("{}")
    other = tmp_path / "interrupted"
    assert corpus_benchmark.compared(plan, other) == {"documents": 2, "differing_files": []}
    pq.write_table(pa.table({"document": [7]}), other / "verdicts" / "part-1.parquet")
    (other / "documents" / "part-0.parquet").unlink()
    pq.write_table(pa.table({"document": [2]}), other / "documents" / "part-2.parquet")
    differing = ["documents/part-0.parquet", "documents/part-2.parquet", "verdicts/part-1.parquet"]
    assert corpus_benchmark.compared(plan, other) == {"documents": 2, "differing_files": differing}
