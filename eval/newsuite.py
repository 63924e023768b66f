"""A new suite from somebody's own articles: the folder, and a case file whose comments say how to fill it in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError, UsageError

_CASES = """# Questions and topics with fixed references. Remove the leading "# " of an example and make it yours.
# Then: newsdesk eval check {suite}    and: newsdesk eval --suite {suite}
#
# Your articles:
{articles}
#
# An article of a JSON Lines file is named with its line: "wire.jsonl:3".

# [[question]]
# id = "first-q01"                 # every id once
# kind = "single"                  # single | multi | comparison | temporal | attribution | disagreement | update
# question = "How many people crossed the bridge on its first day?"    # as you would ask, not as the article says it
# answer = "About 12,000 people crossed it."                           # a full answer in a sentence or two
# accept = ["12,000"]              # short forms; any one of them shows that the answer was found
#
# [[question.nuggets]]             # the facts that a full answer holds, one to four
# fact = "12,000 people"
# any = ["12,000", "twelve thousand"]     # literal strings; any one counts
# vital = true                     # false: nice to have
#
# [[question.support]]             # the sentences that say it, in every article that does, character for character
# article = "{example}"
# quote = "About 12,000 people crossed the bridge on Monday, the city said."

# [[question]]
# id = "first-q02"
# kind = "unanswerable"            # a near miss: the words of your articles, but none of them answers it
# unanswerable = "absent relation" # absent entity | absent relation | wrong period | false premise
# why = "The articles never say what the bridge cost."
# question = "What did the bridge cost?"

# [[topic]]
# id = "first-t1"
# topic = "Opening of the bridge"  # what you would type to get a briefing
#
# [[topic.facts]]                  # five to nine key facts of a good briefing
# fact = "12,000 people crossed on the first day"
# any = ["12,000"]
# vital = true
# article = "{example}"
# quote = "About 12,000 people crossed the bridge on Monday, the city said."
"""

_FLOORS = """# What a run must reach; `newsdesk eval --suite {suite}` leaves with exit code 4 when it does not.
# Run it once, then set the floors a little under what you measured.

# [extractive]
# "hit@5" = 0.80
# accept = 0.60
# false_refusal_rate = 0.20        # lower is better: a ceiling
"""


def start_suite(folder: Path, articles: Sequence[Path]) -> Path:
    """Make a suite with copies of these articles (files, or folders of them); gives the case file to fill in.

    Raises UsageError when the folder is there already, InputError when there is no article.
    """
    if folder.exists():
        raise UsageError(f"{str(folder)!r} is there already", "Name a folder that does not exist")
    files = _files(articles)
    (folder / "articles").mkdir(parents=True)
    (folder / "cases").mkdir()
    for name, file in files.items():
        shutil.copyfile(file, folder / "articles" / name)
    listed = "\n".join(f"#   {name}" for name in files)
    cases = folder / "cases" / "first.toml"
    cases.write_text(_CASES.format(suite=folder, articles=listed, example=next(iter(files))), encoding="utf-8")
    (folder / "floors.toml").write_text(_FLOORS.format(suite=folder), encoding="utf-8")
    about = f'name = {json.dumps(folder.name, ensure_ascii=False)}\ndescription = ""\n'
    (folder / "suite.toml").write_text(about, encoding="utf-8")
    return cases


def _files(articles: Sequence[Path]) -> dict[str, Path]:
    """The files by the name that each gets in the suite; the names stay unless two are the same."""
    found: dict[str, Path] = {}
    for path in articles:
        if not path.exists():
            raise InputError(f"There is no file or folder {str(path)!r}", "Check the path")
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        for file in inside if path.is_dir() else [path]:
            if file.name in found:
                raise InputError(f"Two articles are called {file.name!r}", "Rename one of them")
            found[file.name] = file
    if not found:
        raise InputError("There are no articles in what was given", "Name files or folders with --articles")
    return found
