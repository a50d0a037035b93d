"""JSON lines into a Xapian database by its Python binding. Usage: xapian_index.py STORIES FOLDER"""

import json
import sys
from pathlib import Path

import xapian


def main():
    stories, folder = sys.argv[1:]
    base = xapian.WritableDatabase(str(Path(folder) / "base"), xapian.DB_CREATE_OR_OPEN)
    words = xapian.TermGenerator()
    with open(stories, encoding="utf-8") as lines:
        for line in lines:
            story = json.loads(line)
            document = xapian.Document()
            words.set_document(document)
            words.index_text(story["title"], 1, "S")
            words.increase_termpos()
            words.index_text(story["title"])
            words.increase_termpos()
            words.index_text(story["body"])
            document.add_boolean_term("XSOURCE" + story["source"])
            document.add_value(0, story["published"])
            document.set_data(line)
            base.add_document(document)
    base.close()


if __name__ == "__main__":
    print(xapian.version_string()) if sys.argv[1:] == ["--version"] else main()
