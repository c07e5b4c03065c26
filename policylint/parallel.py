"""Work done side by side: in processes of their own, with results in order whatever the number of processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

_WORTH_IT = 8
"""Below so many tasks, starting processes takes longer than they save."""
_EACH = 200_000
"""Bytes that a process must have to work on to be worth its start."""
_WINDOWS_LIMIT = 61
_PATIENCE = 5
"""Seconds that a run which was stopped waits for its processes to be put away."""
_NEW_OBJECTS = 500_000
"""Cycles are looked for between two tasks, where little is alive, once so many objects are new: few make any."""
_WITHIN_TASK = 1_000_000
"""A task that makes so many has them looked through while it runs."""
_AHEAD = 4
"""Tasks per process that wait in line, so that a folder of large documents does not fill the memory."""


def processes(wanted: int, sizes: Sequence[int]) -> int:
    """How many processes to use for tasks of these sizes in bytes: as many as `wanted`, or if that is 0 as is worth."""
    if wanted == 0:
        wanted = 1 if len(sizes) < _WORTH_IT else min(_cores(), sum(sizes) // _EACH)
    return max(1, min(wanted, len(sizes), _WINDOWS_LIMIT if sys.platform == "win32" else wanted))


def side_by_side(
    work: Callable[[_Task], _Answer], tasks: Iterable[_Task], jobs: int, lost: Callable[[_Task], _Answer]
) -> Iterator[_Answer]:
    """The answers to `tasks`, in their order, from `jobs` processes; each process is given `work` once.

    A task is asked for when there is room for it. A process that dies (the system may end it for want of memory) takes
    the tasks that others have begun with it: these are done again, each in a process of its own, and the one that dies
    again is answered by `lost`. The rest goes on in new processes.
    """
    others = set(multiprocessing.active_children())
    pool = _pool(work, jobs)
    waiting: deque[tuple[_Task, Future[_Answer]]] = deque()
    left = iter(tasks)
    broken = False
    try:
        while True:
            while not broken and len(waiting) < jobs * _AHEAD and (task := next(left, _NONE)) is not _NONE:
                waiting.append((cast("_Task", task), _submitted(pool, cast("_Task", task))))
            if not waiting:
                if not broken:
                    break
                pool.shutdown()
                pool, broken = _pool(work, jobs), False
                continue
            task, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                broken = True
                yield _alone(work, task, lost)
    except BaseException:
        # Nobody waits any more for what is under way, and not for long until the pool has put its things away: one
        # whose processes were ended at the wrong moment never has.
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        closing = threading.Thread(target=pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        closing.start()
        closing.join(_PATIENCE)
        raise
    pool.shutdown()


_NONE = object()


def _alone(work: Callable[[_Task], _Answer], task: _Task, lost: Callable[[_Task], _Answer]) -> _Answer:
    with _pool(work, 1) as pool:
        try:
            return _submitted(pool, task).result()
        except BrokenProcessPool:
            return lost(task)


def _submitted(pool: ProcessPoolExecutor, task: _Task) -> Future[_Answer]:
    try:
        with _deaf():
            return cast("Future[_Answer]", pool.submit(_do, task))
    except BrokenProcessPool as error:
        future: Future[_Answer] = Future()
        future.set_exception(error)
        return future


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile hears no interrupt, which reaches every process of the terminal: this one decides."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(work: Callable[[_Task], _Answer], jobs: int) -> ProcessPoolExecutor:
    # Started afresh on every system alike: a copy of a program that has threads may hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(work,))


_WORK: list[Callable[..., object]] = []
"""What this process does, if it is one of those."""


def _begin(work: Callable[..., object]) -> None:
    # Where processes cannot be started deaf to it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    _WORK[:] = [work]


def _do(task: object) -> object:
    answer = _WORK[0](task)
    task_is_done()
    return answer


def task_is_done() -> None:
    """Free the cycles that tasks left, in a process that has begun without looking for any.

    What outlives its task is kept to work with: it need never be looked through again, which would take most of the
    time.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(_WITHIN_TASK)
        gc.enable()
    elif gc.get_count()[0] > _NEW_OBJECTS:
        gc.collect()
        gc.freeze()


def _end_with_parent() -> None:
    """A process that waits for tasks does not see that nobody is left to give them."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says how much of its processors a container may use: microseconds in each period of so many."""


def _cores() -> int:
    """The processors that this program may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = map(int, _QUOTA.read_text("ascii").split())
    except (OSError, ValueError):
        # There is no such file, or it says "max".
        return cores
    return min(cores, max(1, quota // period)) if period > 0 else cores
