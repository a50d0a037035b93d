"""Runs to tables, and tables into the page between its markers."""

import json
from statistics import median

START = "<!-- made by benches/peers/run.sh: start -->"
END = "<!-- made by benches/peers/run.sh: end -->"


def indexing(count, engines, runs, stories):
    """A row for each engine. Ratios are medians of the rounds: each compares two runs of one round, with
    the onrecord that reads what the engine reads."""
    lines, files, *peers = engines
    beside = {lines.name: lines, files.name: lines}
    beside.update({peer.name: lines if peer.reads == "lines" else files for peer in peers})
    text = text_bytes(stories / "lines" / "stories.jsonl")
    rows = [
        f"Indexing {count:,} stories ({text / 1e6:.1f} MB of text), medians:",
        "",
        "| engine | reads | stories/s | wall s | CPU s | peak MB | index MB | index / text | onrecord's rate to its | |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for engine in engines:
        own = runs[engine.name]
        wall = median(run.seconds for run in own)
        ratio = median(run.seconds / mine.seconds for run, mine in zip(own, runs[beside[engine.name].name]))
        size = own[-1].index_bytes
        rows.append(
            f"| {engine.name} | {'JSON lines' if engine.reads == 'lines' else 'a file a story'} "
            f"| {count / wall:,.0f} | {wall:.2f} | {median(run.cpu_seconds for run in own):.2f} "
            f"| {max(run.peak_bytes for run in own) / 1e6:.0f} | {size / 1e6:.1f} | {size / text:.2f} "
            f"| {ratio:.2f} | {engine.note} |"
        )
    return "\n".join(rows)


def searching(count, phrase, found):
    rows = [
        f'A phrase of three words ("{phrase}") in {count:,} stories, from the start of a process to its end, warm:',
        "",
        "| command | median ms | longest ms | peak MB | to onrecord's |",
        "|---|---|---|---|---|",
    ]
    medians = {name: median(run.seconds for run in runs) for name, runs in found.items()}
    own = next(iter(medians.values()))
    for name, runs in found.items():
        longest = max(run.seconds for run in runs)
        rows.append(f"| {name} | {medians[name] * 1e3:.1f} | {longest * 1e3:.1f} "
                    f"| {max(run.peak_bytes for run in runs) / 1e6:.0f} | {medians[name] / own:.1f} |")
    return "\n".join(rows)


def text_bytes(stories):
    with open(stories, encoding="utf-8") as lines:
        read = (json.loads(line) for line in lines)
        return sum(len((story["title"] + story["body"]).encode()) for story in read)


def write(path, where, tables, missing):
    """Puts the tables in the place of those of before."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(START)
    _, after = rest.split(END)
    left_out = [f"Not installed, and so left out: {'; '.join(missing)}."] if missing else []
    parts = "\n\n".join([where, *tables, *left_out])
    path.write_text(f"{before}{START}\n{parts}\n{END}{after}", encoding="utf-8")
