"""In which order the lines and tables of a page are read: columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.reading.pdf_grids import SAME, aligned_grids, filled, near, ruled_regions
from policylint.reading.pdf_words import Item, Rule, Run, rows_of, run_of

_MOST_COLUMNS = 4


def items_of(runs: list[Run], rules: Sequence[Rule]) -> list[Item]:
    """The lines and tables of a page in reading order."""
    rest = runs
    tables = []
    for region in ruled_regions(rules):
        inside = [run for run in rest if region.holds(run)]
        grid = region.grid(inside)
        if grid is not None:
            tables.append(Run((), region.xs[0], region.xs[-1], region.ys[0], 1.0, grid=grid))
            held = set(map(id, inside))
            rest = [run for run in rest if id(run) not in held]
    return _Columns().ordered(sorted([*rest, *tables], key=lambda run: run.base) if tables else rest)


class _Columns:
    """Orders runs; numbers the columns it meets."""

    def __init__(self) -> None:
        self.count = 0

    def ordered(self, runs: list[Run], depth: int = 0) -> list[Item]:
        """Runs in reading order: tables whole, columns one after the other, a line that spans them in between."""
        items: list[Item] = []
        done = 0
        for start, end, grid in aligned_grids(runs):
            items += self._beside(runs[done:start], depth)
            items.append(grid)
            done = end
        return items + self._beside(runs[done:], depth)

    def _beside(self, runs: list[Run], depth: int) -> list[Item]:
        gutter = _gutter(runs) if depth < _MOST_COLUMNS else None
        if gutter is None:
            return self._column(runs)
        items: list[Item] = []
        strip: list[Run] = []
        spanning: list[Run] = []
        for run in [*runs, None]:
            crosses = run is not None and run.x0 < gutter - SAME and run.x1 > gutter + SAME
            if run is not None and not crosses:
                strip.append(run)
                continue
            if strip:
                left = [part for part in strip if part.x1 <= gutter + SAME]
                right = [part for part in strip if part.x1 > gutter + SAME]
                if _are_columns(left, right):
                    items += self._column(spanning) + self.ordered(left, depth + 1) + self.ordered(right, depth + 1)
                    spanning = []
                else:
                    spanning += strip
                strip = []
            if run is not None:
                spanning.append(run)
        return items + self._column(spanning)

    def _column(self, runs: list[Run]) -> list[Item]:
        if not runs:
            return []
        self.count += 1
        right = max((run.x1 for run in runs if run.grid is None), default=0.0)
        items: list[Item] = []
        for row in rows_of(runs):
            words = [word for run in row for word in run.words]
            if words:
                line = run_of(words)
                items.append(Run(line.words, line.x0, line.x1, line.base, line.size, right, self.count))
            items += [run.grid for run in row if run.grid is not None]
        return items


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where a second column starts: an edge at which several runs begin and that few cross."""
    if len(runs) < 4:
        return None
    edges = sorted(run.x0 for run in runs)
    leftmost = edges[0]
    candidates: list[tuple[int, float]] = []
    start = 0
    for n in range(1, len(edges) + 1):
        if n == len(edges) or edges[n] - edges[start] > SAME:
            if n - start >= 2 and edges[start] > leftmost + 20:
                candidates.append((n - start, edges[start]))
            start = n
    best: tuple[int, float] | None = None
    for _, edge in sorted(candidates, reverse=True)[:12]:
        left = sum(run.x1 <= edge + SAME for run in runs)
        right = sum(run.x0 >= edge - SAME for run in runs)
        crossing = len(runs) - left - right
        beside = min(left, right)
        if beside >= 2 and (crossing <= 4 * beside) and (best is None or beside > best[0]):
            best = (beside, edge)
    return best[1] if best else None


def _are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether two sides are columns of running text, not of a table."""
    if min(len(left), len(right)) < 3:
        return False
    fewer, more = sorted((left, right), key=len)
    bases = sorted(run.base for run in more)
    aligned = sum(near(bases, run.base) for run in fewer) / len(fewer)
    if aligned < 0.5:
        return True
    return filled(left) and filled(right)
