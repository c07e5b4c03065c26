"""The figures in docs/corpus.md, from the last large run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]

_USUAL = 14_000
"""Bytes of a usual policy."""
_SIZES = {"10,000": 10_000, "a million": 1_000_000, "a hundred million": 100_000_000}
_ALONE = 0.9
"""A run that has less of its processors than this was not alone on the machine."""
_STOPS = {"SIGINT": "Ctrl-C", "SIGKILL": "`kill -9`", "SIGTERM": "SIGTERM"}


def sizing(figures: Figures) -> Iterator[str]:
    """The lines of the section; runs that were never made are left out."""
    machine, once = figures["machine"], figures["once"]
    count, busy = once["documents"]["rows"], once["processor_seconds"]
    per_second = once["text_bytes"] / busy
    share = busy / once["seconds"] / once["jobs"]
    written = once["documents"]["bytes"] + once["verdicts"]["bytes"]
    yield f"{once['day']}, on {machine['processor']}, {machine['cores']} cores, {machine['system']}, with Python"
    yield f"{machine['python']} and spaCy {machine['spacy']}, in {once['jobs']} processes."
    if share < _ALONE:
        yield f"Other programs ran on the machine at the same time: the run had {share:.0%} of its processors."
    yield ""
    yield f"| {count:,} policies of {once['text_bytes'] / count / 1000:.1f} kB | |"
    yield "|---|---|"
    yield f"| time | {_time(once['seconds'])}: {count / once['seconds']:.0f} policies a second |"
    yield f"| time of a processor | {_time(busy)}: {count / busy:.0f} policies, {per_second / 1000:.0f} kB a second |"
    yield f"| memory of the main process, by quarter of the run | {_memory(once['main_process_mb'])} |"
    yield f"| memory of a process that judges, by quarter | {_memory(once['worker_mb'])} |"
    yield f"| rows of `documents` | {once['documents']['rows']:,}, {_size(once['documents']['bytes'])} |"
    yield f"| rows of `verdicts` | {once['verdicts']['rows']:,}, {_size(once['verdicts']['bytes'])} |"
    if "interrupted" in figures:
        stops = figures["interrupted"]["finished_parts"].items()
        told = ", ".join(f"{_STOPS[how]} after {parts:,} parts" for how, parts in stops)
        yield f"| stopped by {told} | {_agreement(figures['interrupted'])} |"
    if "cluster" in figures:
        yield f"| on three nodes of Ray, a worker killed half-way | {_agreement(figures['cluster'])} |"
    yield ""
    yield "Hence, in hours of one core (longer policies are a little cheaper per kB):"
    yield ""
    yield f"| policies | of {once['text_bytes'] / count / 1000:.1f} kB | of {_USUAL // 1000} kB, a usual length |"
    yield "|---|---:|---:|"
    for name, number in _SIZES.items():
        hours = [number * size / per_second / 3600 for size in (once["text_bytes"] / count, _USUAL)]
        yield f"| {name} | {' | '.join(_digits(each) for each in hours)} |"
    yield ""
    most = max(*once["main_process_mb"], *once["worker_mb"])
    yield f"- **Memory**: {-(-most // 10) * 10} MB for each process and for the main one, whatever the size of the"
    yield "  corpus; more while a long text is judged (`--max-bytes` bounds it)."
    yield f"- **Disk**: the rows take {written / count / 1000:.1f} kB per policy, {written / count / 10:.0f} GB for a"
    yield "  hundred million. Take `--part 10000` for that many: 10,000 files of each table instead of 400,000."


def _agreement(run: Figures) -> str:
    if run["differing_files"]:
        return f"{len(run['differing_files'])} files differ"
    return f"{run['documents']:,} documents, all files the same to the byte"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _memory(sizes: list[int]) -> str:
    return ", ".join(map(str, sizes)) + " MB"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _digits(value: float) -> str:
    return f"{value:.2g}" if value < 10 else f"{float(f'{value:.2g}'):,.0f}"
