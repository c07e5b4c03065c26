"""Tables of a page: cells parted by ruled lines, or standing below each other in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from policylint.reading.pdf_words import Grid, Rule, Run, Word, rows_of, run_of

SAME = 2.0  # points within which two edges or two lines stand at the same place


def near(ordered: Sequence[float], value: float) -> bool:
    place = bisect_right(ordered, value)
    return any(abs(ordered[n] - value) <= SAME for n in (place - 1, place) if 0 <= n < len(ordered))


def filled(side: Sequence[Run]) -> bool:
    """Whether most lines reach the right edge of their side."""
    x0, x1 = min(run.x0 for run in side), max(run.x1 for run in side)
    reaching = sum(run.x1 >= x1 - 0.25 * (x1 - x0) for run in side)
    letters = sum(len(word.text) + 1 for run in side for word in run.words) / len(side)
    return reaching >= 0.45 * len(side) and letters >= 20


def _group_tops(side: Sequence[Run], leading: float) -> list[float]:
    apart = 1.15 * leading + 0.5
    return [side[0].base, *(after.base for before, after in pairwise(side) if after.base - before.base > apart)]


def aligned_grids(runs: list[Run]) -> Iterator[tuple[int, int, Grid]]:
    """Tables without ruled lines, and which runs [start, end) they hold: cells below each other in columns."""
    rows = rows_of(runs)
    starts = [0, *accumulate(len(row) for row in rows)]
    first = floor = 0
    while first < len(rows):
        last, columns = _grown(rows, first)
        if any(run.grid for run in rows[first]):
            first = floor = first + 1
            continue
        top = _risen(rows, first, floor, columns) if last - first >= 2 else first
        grid = _aligned_grid(rows[top:last], columns) if last - first >= 2 else None
        if grid is not None:
            yield starts[top], starts[last], grid
            floor = last
        first = max(last, first + 1)


def _grown(rows: Sequence[Sequence[Run]], first: int) -> tuple[int, list[list[float]]]:
    """From a row with several cells down to where the columns end; the edges of the columns."""
    columns = [[run.x0, run.x1] for run in rows[first]]
    last = first + 1  # behind the last row with several cells, and what follows it closely
    if len(columns) < 2 or any(run.grid for run in rows[first]):
        return last, columns
    usual = 1.25 * rows[first][0].size
    kept = columns
    for n in range(first + 1, len(rows)):
        row = rows[n]
        if any(run.grid for run in row):
            break
        gap = row[0].base - rows[n - 1][0].base
        if gap > 4 * usual:
            break
        alone = len(row) == 1 and gap > 1.5 * usual
        if alone and (n + 1 == len(rows) or rows[n + 1][0].base - row[0].base > 1.2 * usual):
            break
        columns = _merged(columns, row)
        if len(columns) < 2:
            break
        if len(row) > 1 or (last == n and gap <= 1.3 * usual):
            last, kept = n + 1, columns
    return last, kept


def _risen(rows: Sequence[Sequence[Run]], first: int, floor: int, columns: list[list[float]]) -> int:
    """The first row of the table with the single lines close above `first`, of a cell higher than its neighbours."""
    top = first
    while top > floor and rows[top][0].base - rows[top - 1][0].base <= 1.5 * rows[first][0].size:
        above = rows[top - 1][0]
        if len(_merged(columns, rows[top - 1])) < len(columns):
            return first  # the end of a paragraph
        bolder = all(word.bold for word in above.words) and not all(word.bold for word in rows[first][0].words)
        if bolder or abs(above.size - rows[first][0].size) > 0.5:
            return top  # a title
        top -= 1
    return top


def _merged(columns: list[list[float]], row: Sequence[Run]) -> list[list[float]]:
    merged: list[list[float]] = []
    for x0, x1 in sorted([*map(tuple, columns), *((run.x0, run.x1) for run in row)]):
        if merged and x0 <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return merged


def _aligned_grid(rows: Sequence[Sequence[Run]], columns: Sequence[Sequence[float]]) -> Grid | None:
    """The table that `rows` make, if they are no columns of running text."""
    if len(columns) < 2 or len(rows) < (3 if len(columns) == 2 else 2):
        return None
    beside = [row for row in rows if len(row) > 1]
    level = sum(max(run.base for run in row) - min(run.base for run in row) <= 1 for row in beside)
    if level < 0.5 * len(beside):
        return None  # lines of columns that only happen to stand at about the same height
    starts = [column[0] for column in columns]
    sides: list[list[Run]] = [[] for _ in columns]
    for row in rows:
        for run in row:
            sides[bisect_right(starts, run.x0 + 1) - 1].append(run)
    size = rows[0][0].size
    leading = min(
        (
            after.base - before.base
            for side in sides
            for before, after in pairwise(side)
            if after.base > before.base + 1
        ),
        default=1.2 * size,
    )
    gaps = [after[0].base - max(run.base for run in before) for before, after in pairwise(rows)]
    spaced = any(gap > leading + 0.15 * size for gap in gaps)
    cells: list[list[list[Run]]] = []
    bottom = 0.0
    for row in rows:
        apart = row[0].base - bottom > leading + 0.15 * size
        opens = bisect_right(starts, row[0].x0 + 1) == 1
        if not cells or (apart if spaced else opens):
            cells.append([[] for _ in columns])
        for run in row:
            cells[-1][bisect_right(starts, run.x0 + 1) - 1].append(run)
        bottom = max(run.base for run in row)
    filled = sum(sum(bool(cell) for cell in row) >= 2 for row in cells)
    if filled < 0.5 * len(cells) or len(cells) < 2 or (len(columns) == 2 and (filled < 2 or len(cells) < 3)):
        return None
    if any(_run_on(left, right, leading) for left, right in pairwise(sides)):
        return None
    if sum(run.size > 1.15 * size for side in sides for run in side[1:]) > 0:
        return None  # titles stand in columns of text
    return _grid(cells)


def _run_on(left: Sequence[Run], right: Sequence[Run], leading: float) -> bool:
    """Whether both sides are running text whose paragraphs do not begin beside each other."""
    if min(len(left), len(right)) < 4 or not (filled(left) and filled(right)):
        return False
    tops, others = _group_tops(left, leading), _group_tops(right, leading)
    fewer_tops, more_tops = sorted((tops, others), key=len)
    return len(fewer_tops) < 3 or sum(near(more_tops, top) for top in fewer_tops) < 0.8 * len(more_tops)


def _grid(cells: Sequence[Sequence[Sequence[Run]]]) -> Grid:
    rows = []
    rights = [max((run.x1 for cell in column for run in cell), default=0.0) for column in zip(*cells, strict=True)]
    for row in cells:
        lines = []
        for right, cell in zip(rights, row, strict=True):
            ordered = sorted(cell, key=lambda run: run.base)
            merged = [run_of([w for run in line for w in run.words]) for line in rows_of(ordered)] if ordered else []
            lines.append(tuple(Run(r.words, r.x0, r.x1, r.base, r.size, right) for r in merged))
        rows.append(tuple(lines))
    return Grid(tuple(rows))


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of a ruled table: where columns and rows are parted."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, run: Run) -> bool:
        middle = run.base - 0.3 * run.size
        return self.ys[0] < middle < self.ys[-1] and self.xs[0] - SAME <= run.x0 and run.x1 <= self.xs[-1] + 2 * SAME

    def grid(self, runs: Sequence[Run]) -> Grid | None:
        """The cells; a cell that no line parts from its neighbour takes the neighbour's place too."""
        if not runs:
            return None
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        cells: list[list[list[list[Word]]]] = [[[] for _ in range(columns)] for _ in range(rows)]
        for run in runs:
            row = min(max(bisect_right(self.ys, run.base - 0.3 * run.size) - 1, 0), rows - 1)
            for word in run.words:
                column = min(max(bisect_right(self.xs, (word.x0 + word.x1) / 2) - 1, 0), columns - 1)
                while column and not self._parted_left(row, column):
                    column -= 1
                top = row
                while top and not self._parted_above(top, column):
                    top -= 1
                cells[top][column].append([word])
        filled = [[_runs_in(cell) for cell in row] for row in cells]
        filled = [row for row in filled if any(row)]
        used = [n for n in range(columns) if any(row[n] for row in filled)]
        if len(used) < 2 or len(filled) < 2:
            return None
        return _grid([[row[n] for n in used] for row in filled])

    def _parted_left(self, row: int, column: int) -> bool:
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(line[0] - self.xs[column]) <= 3 and line[1] <= middle <= line[3] for line in self.upright)

    def _parted_above(self, row: int, column: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(line[1] - self.ys[row]) <= 3 and line[0] <= middle <= line[2] for line in self.level)


def _runs_in(cell: Sequence[Sequence[Word]]) -> list[Run]:
    return sorted((run_of(words) for words in cell), key=lambda run: (run.base, run.x0))


def ruled_regions(rules: Sequence[Rule]) -> list[Region]:
    """Groups of ruled lines that touch each other and part at least two columns and two rows."""
    lines = [rule for rule in rules if max(rule[2] - rule[0], rule[3] - rule[1]) >= 5][:2000]
    lines.sort(key=lambda line: line[1])
    groups: list[tuple[list[float], list[Rule]]] = []
    for line in lines:
        touched = [group for group in groups if _touches(group[0], line)]
        box, members = [line[0], line[1], line[2], line[3]], [line]
        for group in touched:
            box = [
                min(box[0], group[0][0]),
                min(box[1], group[0][1]),
                max(box[2], group[0][2]),
                max(box[3], group[0][3]),
            ]
            members = group[1] + members
            groups.remove(group)
        groups.append((box, members))
    regions = []
    for _, members in groups:
        upright = tuple(line for line in members if line[3] - line[1] > line[2] - line[0])
        level = tuple(line for line in members if line[3] - line[1] <= line[2] - line[0])
        xs = _distinct((line[0] + line[2]) / 2 for line in upright)
        ys = _distinct((line[1] + line[3]) / 2 for line in level)
        if len(xs) >= 3 and len(ys) >= 3:
            regions.append(Region(xs, ys, upright, level))
    return sorted(regions, key=lambda region: region.ys[0])


def _touches(box: Sequence[float], line: Rule) -> bool:
    slack = 3.0
    return (
        line[0] <= box[2] + slack
        and line[2] >= box[0] - slack
        and line[1] <= box[3] + slack
        and line[3] >= box[1] - slack
    )


def _distinct(values: Iterable[float]) -> tuple[float, ...]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > 4:
            result.append(value)
    return tuple(result)
