"""A phrase of three words to search for."""

import json
import re


def phrase_of(stories, number):
    """The first three long words in a row, in one sentence, of a story in the middle."""
    with open(stories, encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            body = json.loads(line)["body"]
            found = re.search(r"\b[a-z]{4,} [a-z]{4,} [a-z]{4,}\b", body)
            if at >= number and found:
                return found[0]
    raise SystemExit("no phrase in these stories")
