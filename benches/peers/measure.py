"""Time, processors' time and memory of a process with its children; the size of what it wrote."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Run:
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    index_bytes: int = 0

    def __str__(self):
        return f"{self.seconds:.2f} s, {self.cpu_seconds:.2f} CPU s, {self.peak_bytes / 1e6:.0f} MB"


def timed(command, may_find_nothing=False):
    """Runs a command to its end; what it writes is thrown away."""
    command = [str(word) for word in command]
    started = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in ((0, 1) if may_find_nothing else (0,)):
        sys.exit(f"ended with {child.returncode}: {' '.join(command)}")
    # Linux counts memory in KiB. Of several processes it tells the largest.
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def indexed(engine, stories, scratch):
    """One run of an engine into an empty folder, which is deleted again."""
    folder = scratch / "index"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    stories = stories / engine.reads
    if engine.reads == "lines":
        stories = stories / "stories.jsonl"
    engine.prepare(stories, folder)
    # What runs before left to be written is not this one's.
    os.sync()
    run = timed(engine.command(stories, folder))
    files = (file for file in folder.rglob("*") if file.is_file())
    run.index_bytes = sum(file.stat().st_size for file in files)
    shutil.rmtree(folder)
    return run


def searched(index, searches, times):
    """The runs of some searches, in turn, behind one that is not counted; `index` is run first."""
    timed(index)
    runs = {name: [] for name in searches}
    for number in range(times + 1):
        for name, command in searches.items() if number % 2 == 0 else reversed(searches.items()):
            run = timed(command, may_find_nothing=True)
            if number > 0:
                runs[name].append(run)
    return runs
