"""What reading and judging the samples costs in every format, in a process that is warm.

Each sample is written in every format by other programs (pandoc, LibreOffice, Chromium; what is not installed is left
out). Each round reads and judges every file once, in turn, so that both meet the same load: reading is from bytes to
the document, judging from there to verdicts, by the clock, which counts the process that reads PDF too. Figures are
medians over samples of each sample's median.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from renderings import ENCODED, FROM_MARKDOWN, FROM_TEXT, MARKDOWN, SAMPLES, TEXTS, NotInstalledError  # noqa: E402

from policylint.judging.rulefiles import load_rules  # noqa: E402
from policylint.lint import lint_bytes  # noqa: E402
from policylint.reading import read  # noqa: E402

AS_OF = date(2026, 1, 1)


def rendered(folder: Path, wanted: str) -> Iterator[tuple[str, Path]]:
    """Every sample in every format, by the name of its format and program."""
    yield from ((f"{path.suffix[1:]} as it is", path) for path in SAMPLES if wanted in f"{path.suffix[1:]} as it is")
    tables = ((MARKDOWN, FROM_MARKDOWN), (TEXTS, FROM_TEXT), (SAMPLES, ENCODED))
    for samples, table in tables:
        for name, renderer in table.items():
            if wanted not in name:
                continue
            place = Path(tempfile.mkdtemp(dir=folder))
            try:
                yield from ((name, target) for target in renderer(samples, place))
            except NotInstalledError as missing:
                print(f"{missing} is not installed: no {name}", file=sys.stderr)


def by_format(runs: int, wanted: str = "") -> dict[str, dict[str, float]]:
    """Milliseconds of reading and of judging per format; only the formats with `wanted` in their name."""
    rules = load_rules(strict=False)
    with tempfile.TemporaryDirectory() as folder:
        files = [(name, path.name, path.read_bytes()) for name, path in rendered(Path(folder), wanted)]
    reading: dict[int, list[float]] = {n: [] for n in range(len(files))}
    judging: dict[int, list[float]] = {n: [] for n in range(len(files))}
    for number in range(runs + 1):
        for n, (_, path, data) in enumerate(files):
            start = time.perf_counter()
            read(path, data)
            middle = time.perf_counter()
            lint_bytes(path, data, rules, as_of=AS_OF)
            end = time.perf_counter()
            if number:  # the first round loads what is loaded once
                reading[n].append(middle - start)
                judging[n].append(max(end - middle - (middle - start), 1e-9))
    figures = {}
    for name in dict.fromkeys(name for name, _, _ in files):
        chosen = [n for n, file in enumerate(files) if file[0] == name]
        figures[name] = {
            "reading": 1000 * statistics.median(statistics.median(reading[n]) for n in chosen),
            "judging": 1000 * statistics.median(statistics.median(judging[n]) for n in chosen),
        }
    return figures
