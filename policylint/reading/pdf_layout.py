"""Where words stand on a page, and so in which order they are read: lines, columns, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

# All lengths are points (1/72 inch), measured from the top left corner of the page as it is seen.
_SPLIT = 0.75  # a gap this many times the size of the letters parts a line in two
_MARKER = re.compile(
    r"[•·▪●◦‣➢►✓✔■□○∙⁃❖–—*o+-]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+"
)
_MARKER_REACH = 60.0
_BESIDE = 8
_SAME = 2.0
_MOST_COLUMNS = 4


class Word(NamedTuple):
    """A word, its box, the line it stands on (`base`), its size as printed, the number of its link (-1: none)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: int
    turns: int
    link: int
    missing: int
    colour: int


Rule = Sequence[float]  # x0, y0, x1, y1 of a thin line


@dataclass(frozen=True, slots=True)
class Run:
    """Words on one line without a wide gap; `right` is the edge up to which its column is filled.

    While a page is put in order a ruled table takes part as a run without words that holds its `grid`.
    """

    words: tuple[Word, ...]
    x0: float
    x1: float
    base: float
    size: float
    right: float = 0.0
    column: int = 0
    grid: Grid | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for every row, for every column, the lines of the cell."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


Item = Run | Grid


def upright(words: Iterable[Word], width: float, height: float) -> tuple[list[Word], int]:
    """The words within the page that stand the way most do, turned upright; how many characters are left out."""
    inside = [word for word in words if 0 <= (word.x0 + word.x1) / 2 <= width and 0 <= word.base <= height * 1.01]
    turned = Counter[int]()
    for word in inside:
        turned[word.turns] += len(word.text)
    turns = turned.most_common(1)[0][0] if turned else 0
    kept = [word for word in inside if word.turns == turns]
    left_out = sum(turned.values()) - turned[turns]
    if turns > 0:
        kept = [_turned(word, turns, width, height) for word in kept]
    return kept, left_out


def _turned(word: Word, turns: int, width: float, height: float) -> Word:
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    if turns == 1:  # written downwards
        return word._replace(x0=y0, x1=y1, y0=width - x1, y1=width - x0, base=width - x0)
    if turns == 2:
        return word._replace(x0=width - x1, x1=width - x0, y0=height - y1, y1=height - y0, base=height - y0)
    return word._replace(x0=height - y1, x1=height - y0, y0=x0, y1=x1, base=x1)


def runs_of(words: Iterable[Word]) -> list[Run]:
    """Words gathered in runs, from the top down; on one line from the left."""
    strings: list[list[Word]] = []
    for word in words:
        last = strings[-1][-1] if strings else None
        if (
            last is None
            or abs(word.base - strings[-1][0].base) > 0.5 * max(word.size, strings[-1][0].size)
            or not -0.3 * word.size <= word.x0 - last.x1 <= _SPLIT * max(word.size, last.size)
        ):
            strings.append([word])
        else:
            strings[-1].append(word)
    result: list[Run] = []
    for row in rows_of(_with_markers(sorted(map(_run, strings), key=lambda run: run.base))):
        joined = [row[0]]
        for run in row[1:]:
            if run.x0 - joined[-1].x1 <= _SPLIT * max(run.size, joined[-1].size):
                joined[-1] = _run([*joined[-1].words, *run.words])
            else:
                joined.append(run)
        result.extend(joined)
    return result


def _with_markers(runs: list[Run]) -> list[Run]:
    """The runs, list markers that stand apart joined to what they mark; `runs` from the top down."""
    joined: dict[int, Run] = {}
    marked: set[int] = set()
    for n, run in enumerate(runs):
        if len(run.words) > 1 or not _MARKER.fullmatch(run.words[0].text):
            continue
        best: tuple[float, int] | None = None
        for m in range(max(n - _BESIDE, 0), min(n + _BESIDE, len(runs))):
            other = runs[m]
            gap = other.x0 - run.x1
            level = abs(other.base - run.base) <= 0.4 * max(run.size, other.size)
            if m != n and m not in joined and level and 0 <= gap <= _MARKER_REACH and (best is None or gap < best[0]):
                best = gap, m
        if best is not None and best[1] not in marked:
            text = runs[best[1]]
            joined[best[1]] = Run((*run.words, *text.words), run.x0, text.x1, text.base, text.size)
            marked.add(n)
    return [joined.get(n, run) for n, run in enumerate(runs) if n not in marked]


def with_bullets(runs: Sequence[Run], dots: Sequence[Rule]) -> list[Run]:
    """Runs with a bullet before those that have one drawn at their left."""
    if not dots:
        return list(runs)
    ordered = sorted(dots, key=lambda dot: dot[3])
    bottoms = [dot[3] for dot in ordered]
    result = []
    for run in runs:
        low, high = bisect_right(bottoms, run.base - run.size), bisect_right(bottoms, run.base + 0.1 * run.size)
        near = [dot for dot in ordered[low:high] if 0 < run.x0 - dot[2] <= 2 * run.size]
        if near:
            x0, y0, x1, y1 = near[-1]
            first = run.words[0]
            bullet = first._replace(text="•", x0=x0, y0=y0, x1=x1, y1=y1, link=-1, missing=0)
            run = Run((bullet, *run.words), x0, run.x1, run.base, run.size)
        result.append(run)
    return result


def _run(words: Sequence[Word]) -> Run:
    weights = Counter[tuple[float, float]]()
    for word in words:
        weights[word.size, word.base] += len(word.text)
    size, base = weights.most_common(1)[0][0]
    return Run(tuple(words), min(word.x0 for word in words), max(word.x1 for word in words), base, size)


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand beside each other, each row from the left; `runs` from the top down."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and abs(run.base - rows[-1][0].base) <= 0.4 * min(run.size, rows[-1][0].size) + 0.5:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def items_of(runs: list[Run], rules: Sequence[Rule]) -> list[Item]:
    """The lines and tables of a page in reading order."""
    rest = runs
    tables = []
    for region in _ruled_regions(rules):
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
        for start, end, grid in _aligned_grids(runs):
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
            crosses = run is not None and run.x0 < gutter - _SAME and run.x1 > gutter + _SAME
            if run is not None and not crosses:
                strip.append(run)
                continue
            if strip:
                left = [part for part in strip if part.x1 <= gutter + _SAME]
                right = [part for part in strip if part.x1 > gutter + _SAME]
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
                line = _run(words)
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
        if n == len(edges) or edges[n] - edges[start] > _SAME:
            if n - start >= 2 and edges[start] > leftmost + 20:
                candidates.append((n - start, edges[start]))
            start = n
    best: tuple[int, float] | None = None
    for _, edge in sorted(candidates, reverse=True)[:12]:
        left = sum(run.x1 <= edge + _SAME for run in runs)
        right = sum(run.x0 >= edge - _SAME for run in runs)
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
    aligned = sum(_near(bases, run.base) for run in fewer) / len(fewer)
    if aligned < 0.5:
        return True
    return _filled(left) and _filled(right)


def _near(ordered: Sequence[float], value: float) -> bool:
    place = bisect_right(ordered, value)
    return any(abs(ordered[n] - value) <= _SAME for n in (place - 1, place) if 0 <= n < len(ordered))


def _filled(side: Sequence[Run]) -> bool:
    """Whether most lines reach the right edge of their side."""
    x0, x1 = min(run.x0 for run in side), max(run.x1 for run in side)
    reaching = sum(run.x1 >= x1 - 0.25 * (x1 - x0) for run in side)
    letters = sum(len(word.text) + 1 for run in side for word in run.words) / len(side)
    return reaching >= 0.45 * len(side) and letters >= 20


def _group_tops(side: Sequence[Run], leading: float) -> list[float]:
    apart = 1.15 * leading + 0.5
    return [side[0].base, *(after.base for before, after in pairwise(side) if after.base - before.base > apart)]


def _aligned_grids(runs: list[Run]) -> Iterator[tuple[int, int, Grid]]:
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
    if min(len(left), len(right)) < 4 or not (_filled(left) and _filled(right)):
        return False
    tops, others = _group_tops(left, leading), _group_tops(right, leading)
    fewer_tops, more_tops = sorted((tops, others), key=len)
    return len(fewer_tops) < 3 or sum(_near(more_tops, top) for top in fewer_tops) < 0.8 * len(more_tops)


def _grid(cells: Sequence[Sequence[Sequence[Run]]]) -> Grid:
    rows = []
    rights = [max((run.x1 for cell in column for run in cell), default=0.0) for column in zip(*cells, strict=True)]
    for row in cells:
        lines = []
        for right, cell in zip(rights, row, strict=True):
            ordered = sorted(cell, key=lambda run: run.base)
            merged = [_run([w for run in line for w in run.words]) for line in rows_of(ordered)] if ordered else []
            lines.append(tuple(Run(r.words, r.x0, r.x1, r.base, r.size, right) for r in merged))
        rows.append(tuple(lines))
    return Grid(tuple(rows))


@dataclass(frozen=True, slots=True)
class _Region:
    """The lines of a ruled table: where columns and rows are parted."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, run: Run) -> bool:
        middle = run.base - 0.3 * run.size
        return self.ys[0] < middle < self.ys[-1] and self.xs[0] - _SAME <= run.x0 and run.x1 <= self.xs[-1] + 2 * _SAME

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
    return sorted((_run(words) for words in cell), key=lambda run: (run.base, run.x0))


def _ruled_regions(rules: Sequence[Rule]) -> list[_Region]:
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
            regions.append(_Region(xs, ys, upright, level))
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
