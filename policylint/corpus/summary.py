"""What came of a run, counted from the rows that it wrote."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from policylint.corpus.output import Output
from policylint.corpus.tables import Format

MOST_COMPARED = 20_000_000
"""Documents up to which ids are compared, at 8 bytes each."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents there are, how many failed with which code, and how many bear the id of an earlier one.

    `repeated` is None where there are too many to compare.
    """

    documents: int
    failures: Mapping[str, int]
    repeated: int | None

    def json(self) -> bytes:
        """The summary as a file."""
        values = {
            "documents": self.documents,
            "judged": self.documents - sum(self.failures.values()),
            "failures": dict(sorted(self.failures.items())),
            "repeated_ids": self.repeated,
        }
        return json.dumps(values, indent=2).encode() + b"\n"


def summarise(output: Output) -> Summary:
    """The summary of everything in a folder."""
    documents = 0
    failures: Counter[str] = Counter()
    ids = array("Q")
    for file in output.parts():
        for name, failure in _rows(file, output.format):
            documents += 1
            if documents <= MOST_COMPARED:
                ids.append(int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "little"))
            if failure is not None:
                failures[failure] += 1
    return Summary(documents, failures, _repeated(ids) if documents <= MOST_COMPARED else None)


def _repeated(ids: array[int]) -> int:
    import numpy as np

    return len(ids) - int(np.unique(np.frombuffer(ids, dtype=np.uint64)).size) if ids else 0


def _rows(file: Path, format: Format) -> Iterator[tuple[str, str | None]]:
    if format is Format.JSONL:
        with file.open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["id"], row["failure"]
        return
    import pyarrow.parquet as pq

    # Without threads and data sets, which take tens of megabytes.
    with pq.ParquetFile(file) as table:
        for batch in table.iter_batches(columns=["id", "failure"], use_threads=False):
            yield from zip(batch.column("id").to_pylist(), batch.column("failure").to_pylist(), strict=True)
