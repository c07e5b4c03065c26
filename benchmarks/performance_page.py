"""The lines of docs/performance.md, from the figures of the last measurement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]

PEERS = ("proselint", "codespell", "write-good", "textlint")
_COLD = {
    "python": "Python itself, doing nothing",
    "read the file": "Python reading the policy",
    "import typer": "`import typer`, the floor of the command line",
    "policylint --version": "`policylint --version`",
    "policylint --help": "`policylint --help`",
    "policylint rules list": "`policylint rules list`",
    "import spacy": '`import spacy` with `blank("nl")`, the floor of a check',
    "policylint check": "`policylint check` of one policy of 28 kB",
}
_BULK = {
    "read the files": "Python reading the file",
    "bare tokenising": "spaCy's bare tokenising",
    "policylint": "**policylint**",
}


def page(figures: Figures) -> Iterator[str]:
    """The whole page; parts that were never measured are left out."""
    machine = figures["machine"]
    yield "# How fast policylint is"
    yield ""
    yield "Measured by `python benchmarks/performance.py --update`; `python docs/generate.py` writes its figures here."
    yield "All figures of a table come from one run, in which the programs took turns, and are medians: trust the"
    yield "ratios, not the third digit. The policies are made of the samples' and the rules' sentences; no two are"
    yield "alike, and they are denser than policies are in what rules look for."
    yield ""
    yield f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['system']}; Python {machine['python']},"
    yield f"spaCy {machine['spacy']}."
    parts = {
        "cold": _cold, "bulk": _bulk, "real": _real, "stages": _stages, "formats": _formats, "rendering": _rendering,
        "length": _length, "doubled": _doubled, "jobs": _jobs, "documents": _documents,
    }  # fmt: skip
    for name, part in parts.items():
        if name in figures:
            title, *lines = part(figures[name])
            yield ""
            yield f"## {title}"
            yield ""
            yield f"{figures[name]['day']}. {lines[0]}"
            yield from lines[1:]


def _table(columns: str, rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    yield ""
    yield columns
    yield "|---" + "|---:" * (columns.count("|") - 2) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _ms(seconds: float) -> str:
    return _digits(1000 * seconds)


def _cold(cold: Figures) -> Iterator[str]:
    yield "Starting once"
    version = cold["policylint --version"]["seconds"] / cold["import typer"]["seconds"]
    check = cold["policylint check"]["seconds"] / cold["import spacy"]["seconds"]
    yield f"`--version` takes {version:.2f} times `import typer`, a check of one policy {check:.2f} times"
    yield '`import spacy` with `blank("nl")`. Commands that judge nothing import neither spaCy nor langdetect.'
    names = {**_COLD, **{peer: f"{peer}, the same policy" for peer in PEERS}}
    yield from _table("| program | ms | MB |", (_cost(title, cold.get(name)) for name, title in names.items()))


def _cost(title: str, cost: Figures | None) -> tuple[object, ...]:
    return (title, "not measured", "") if cost is None else (title, _ms(cost["seconds"]), f"{cost['megabytes']:.0f}")


def _bulk(bulk: Figures) -> Iterator[str]:
    yield "Many policies"
    yield f"{bulk['policies']} policies of 14 kB, half of them Dutch, in one process: what each further one takes."
    yield from _further(bulk)


def _further(further: Figures) -> Iterator[str]:
    own = further["policylint"]["seconds"]
    names = {**_BULK, **{peer: peer for peer in PEERS}}
    rows = (
        (*_cost(title, further.get(name)), _digits(own / further[name]["seconds"]) if name in further else "")
        for name, title in names.items()
    )
    yield from _table("| program | ms per policy | MB | policylint takes, in times this |", rows)


def _real(real: Figures) -> Iterator[str]:
    yield "Real policies"
    further = real["further"]
    yield f"{further['policies']} policies as they stand on the web, {real['kilobytes']} kB. In a process that has"
    yield "judged all others, judging those of 20 to 40 kB, language detection included, takes, in times spaCy's bare"
    yield "tokenising of the same texts:"
    rows = (
        (language, f"{each['policies']:.0f}", *(_digits(each[name]) for name in ("first", "again") if name in each))
        for language, each in real["judging"].items()
    )
    yield from _table("| language | policies | for the first time | again |", rows)
    yield ""
    yield "In one process, reading and reporting included, each further policy of any length takes:"
    yield from _further(further)


def _stages(stages: Figures) -> Iterator[str]:
    yield "Stage by stage"
    own = {name: value for name, value in stages.items() if name not in ("day", "bare tokenising")}
    total = sum(own.values())
    ratio = total / stages["bare tokenising"]
    judging = (total - stages["reading"]) / stages["bare tokenising"]
    yield f"A policy of 28 kB in a process that is warm: {_digits(total)} ms, {ratio:.1f} times spaCy's bare tokenising"
    yield f"of it ({_digits(stages['bare tokenising'])} ms), {judging:.1f} times without reading. Units are sentences"
    yield "and their words, hits the wordings and values found in them."
    rows = ((name, _digits(value), f"{100 * value / total:.0f} %") for name, value in own.items())
    yield from _table("| stage | ms | share |", rows)


def _formats(formats: Figures) -> Iterator[str]:
    yield "Format by format"
    yield "The samples as other programs write them (formats.md says which are read)."
    rows = (
        (name, _digits(each["reading"]), _digits(each["judging"])) for name, each in formats.items() if name != "day"
    )
    yield from _table("| format | reading, ms | from there to verdicts, ms |", rows)


def _rendering(rendering: Figures) -> Iterator[str]:
    yield "Writing reports"
    yield "On one policy of 28 kB."
    yield from _table("| report | ms |", ((name, _digits(value)) for name, value in rendering.items() if name != "day"))


def _length(length: Figures) -> Iterator[str]:
    yield "By length"
    per_kb = {int(size): value for size, value in length.items() if size != "day"}
    spread = max(per_kb.values()) / min(per_kb.values())
    yield f"Time per kB of one text, from reading to verdicts; the dearest kB takes {spread:.1f} times the cheapest."
    rows = ((f"{size // 1000:,} kB", _digits(value)) for size, value in per_kb.items())
    yield from _table("| length | ms per kB |", rows)


def _doubled(doubled: Figures) -> Iterator[str]:
    yield "With more rules"
    yield f"With every rule twice, a policy of 28 kB takes {doubled['twice'] / doubled['once']:.2f} times as long"
    yield f"({_digits(doubled['once'])} and {_digits(doubled['twice'])} ms)."


def _jobs(jobs: Figures) -> Iterator[str]:
    yield "Side by side"
    ratio = jobs["1"]["seconds"] / jobs["2"]["seconds"]
    yield f"{jobs['policies']} policies of 14 kB by `--jobs 2` come {ratio:.2f} times as fast as by one process"
    yield f"({_digits(jobs['1']['seconds'])} and {_digits(jobs['2']['seconds'])} s, starting included)."


def _documents(documents: Figures) -> Iterator[str]:
    yield "By number of documents"
    yield "Policies of 2 kB in one process, with a report in JSON Lines. The verdicts are held until the report is"
    yield "written; `policylint corpus` writes them as they come."
    rows = (
        (f"{int(count):,}", _digits(each["seconds"]), _ms(each["seconds"] / int(count)), f"{each['megabytes']:.0f}")
        for count, each in documents.items()
        if count != "day"
    )
    yield from _table("| documents | s | ms per document | MB |", rows)
