"""The engines: what each is called, what it reads, and how it is told to index."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).parent


@dataclass
class Engine:
    """One engine. `command` is given the stories (a file of JSON lines, or a folder of text files) and
    an empty folder; `prepare` is called before the clock starts."""

    name: str
    reads: str
    note: str
    command: Callable
    is_there: bool = True
    prepare: Callable = lambda stories, folder: None


def onrecord(program):
    """Everything on: formats, statements, speakers, names, dates, versions and copies."""
    command = lambda stories, folder: [program, "index", stories, "--index", folder]
    return [
        Engine("onrecord", "lines", "everything on", command),
        Engine("onrecord, a file a story", "files", "everything on", command),
    ]


def sqlite(peers):
    script = HERE / "sqlite_fts5.py"
    return Engine("SQLite FTS5", "lines", f"{version([sys.executable, script, '--version'])}; Python, one transaction, sync off",
                  lambda stories, folder: [sys.executable, script, stories, folder])


def xapian(peers):
    script = HERE / "xapian_index.py"
    told = version([sys.executable, script, "--version"])
    return Engine("Xapian", "lines", f"{told}; Python",
                  lambda stories, folder: [sys.executable, script, stories, folder], is_there=bool(told))


def tantivy(peers):
    return tantivy_with(peers, "tantivy-cli", "as it comes: one thread", [])


def tantivy_on_all_cores(peers):
    flags = ["-t", str(os.cpu_count()), "-m", "500000000"]
    return tantivy_with(peers, "tantivy-cli, all cores", "a thread a core, 500 MB", flags)


def tantivy_with(peers, name, note, flags):
    program = peers / "bin" / "tantivy"
    return Engine(name, "lines", f"{version([program, '--version'])}; {note}",
                  lambda stories, folder: [program, "index", "-i", folder, "-f", stories, *flags],
                  is_there=program.is_file(), prepare=tantivy_schema)


def tantivy_schema(stories, folder):
    words = {"stored": True, "fast": False,
             "indexing": {"record": "position", "fieldnorms": True, "tokenizer": "default"}}
    whole = {**words, "indexing": {**words["indexing"], "record": "basic", "tokenizer": "raw"}}
    options = {"title": words, "body": words, "id": whole, "source": whole, "published": whole}
    schema = [{"name": name, "type": "text", "options": told} for name, told in options.items()]
    meta = {"index_settings": {"docstore_compression": "lz4", "docstore_blocksize": 16384},
            "segments": [], "schema": schema, "opstamp": 0}
    (folder / "meta.json").write_text(json.dumps(meta))


def lucene(peers):
    classes = f"{peers}/lucene/*{os.pathsep}{peers}/lucene"
    java = ["java", "-Xmx1g", "-cp", classes, "LuceneIndex"]
    told = version([*java, "--version"])
    return Engine("Lucene", "lines", f"{told}; StandardAnalyzer, a thread a core, 256 MB buffer",
                  lambda stories, folder: [*java, stories, folder], is_there=bool(told))


def omindex(peers):
    there = shutil.which("omindex") is not None
    command = lambda stories, folder: ["omindex", "--db", folder / "base", "--url", "/", "--no-delete", stories]
    return Engine("omindex", "files", version(['omindex', '--version']), command, is_there=there)


def recoll(peers):
    there = shutil.which("recollindex") is not None
    return Engine("Recoll", "files", version(['recollindex', '-h'], only_with_usage=True),
                  lambda stories, folder: ["recollindex", "-c", folder], is_there=there,
                  prepare=lambda stories, folder: (folder / "recoll.conf").write_text(
                      f"topdirs = {stories}\nskippedPaths =\nloglevel = 1\nnoaspell = 1\n"
                      # It would give way to everybody else.
                      "idxniceprio = 0\nmonioniceclass = 2\n"))


def version(command, only_with_usage=False):
    """The number that a program tells of itself; empty where it cannot be run."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except OSError:
        return ""
    if ended.returncode != 0 and not only_with_usage:
        return ""
    number = re.search(r"\d+(\.\d+)+", ended.stdout + ended.stderr)
    return number[0] if number else ""


FAST = [tantivy, tantivy_on_all_cores, sqlite, lucene]
SLOW = [xapian, omindex, recoll]
