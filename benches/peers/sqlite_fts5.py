"""JSON lines into a full-text table of SQLite, in one transaction. Usage: sqlite_fts5.py STORIES FOLDER"""

import json
import sqlite3
import sys
from pathlib import Path


def rows(stories):
    with open(stories, encoding="utf-8") as lines:
        for line in lines:
            story = json.loads(line)
            yield story["id"], story["source"], story["published"], story["title"], story["body"]


def main():
    stories, folder = sys.argv[1:]
    base = sqlite3.connect(Path(folder) / "stories.db", isolation_level=None)
    # The fastest it can be asked to be: nothing survives a crash until it is done.
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute(
        "CREATE VIRTUAL TABLE stories USING fts5"
        "(id UNINDEXED, source UNINDEXED, published UNINDEXED, title, body)"
    )
    base.execute("BEGIN")
    base.executemany("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", rows(stories))
    base.execute("COMMIT")
    base.close()


if __name__ == "__main__":
    print(sqlite3.sqlite_version) if sys.argv[1:] == ["--version"] else main()
