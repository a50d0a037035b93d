"""Has each engine index the same stories, round by round, and writes the tables of benches/README.md."""

import argparse
import datetime
from pathlib import Path

import machine
import page
from engines import FAST, SLOW, onrecord
from measure import indexed, searched
from phrase import phrase_of

LEAST_SEARCHES = 11


def race(engines, count, options):
    """Each engine's runs. All start in turn, and in the next round from the end, so that none has the
    better weather."""
    runs = {engine.name: [] for engine in engines}
    for number in range(options.rounds):
        for engine in engines if number % 2 == 0 else reversed(engines):
            runs[engine.name].append(indexed(engine, options.scratch / str(count), options.scratch))
            print(f"{count} stories, round {number + 1}: {engine.name} {runs[engine.name][-1]}", flush=True)
    return runs


def queries(options):
    """A fresh process of onrecord and of ripgrep for the same phrase, in turn."""
    folder = options.scratch / str(options.stories)
    phrase = phrase_of(folder / "lines" / "stories.jsonl", options.stories // 2)
    place = options.scratch / "queried"
    index = [options.onrecord, "index", folder / "files", "--index", place]
    searches = {
        "`onrecord search`, ten with passages": [options.onrecord, "search", "--color", "always",
                                                 "--index", place, f'body:"{phrase}"'],
        "`rg -l -i -F` over the files": ["rg", "-l", "-i", "-F", phrase, folder / "files"],
        "`rg -l -F` over the files, case as typed": ["rg", "-l", "-F", phrase, folder / "files"],
    }
    return phrase, searched(index, searches, max(LEAST_SEARCHES, options.rounds))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("onrecord", "peers", "scratch", "page"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("stories", "slow", "rounds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    tables = []
    missing = []
    for count, makers in ((options.stories, FAST), (options.slow, SLOW)):
        made = [make(options.peers) for make in makers]
        missing += [engine.name for engine in made if not engine.is_there]
        engines = onrecord(options.onrecord) + [engine for engine in made if engine.is_there]
        tables.append(page.indexing(count, engines, race(engines, count, options), options.scratch / str(count)))
    phrase, found = queries(options)
    tables.append(page.searching(options.stories, phrase, found))
    day = datetime.date.today().isoformat()
    page.write(options.page, f"{day}, {machine.described()}, {options.rounds} rounds.", tables, missing)


if __name__ == "__main__":
    main()
