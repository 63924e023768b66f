"""A model's draft on the terminal while it is written; the checked answer takes its place.

What is shown is `shown_draft` of what has come so far: marks as footnote numbers, nothing that is only half there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from pipeline.types import Evidence
    from pipeline.writing import OnDraft

# An opened bracket that is still open after so many characters opens no mark, link or tag.
_LONGEST_OPEN = 200
_REFRESHES = 12

_OPENING = re.compile(r"!?[\[【<]")
_CLOSED = re.compile(r"!?(?:[\[【][^\[\]【】]*[\]】](?:\([^()\s]*\)|(?!\())|<[^<>]*>)", re.DOTALL)
_MARK_REMAINS = re.compile(r"[\[【]\s*\d+\s*\.[\d\s.,–-]*[\]】]?")


def shown_draft(draft: str, evidence: Sequence[Evidence]) -> str:
    """The beginning of a draft as it may be shown: whole words, footnote numbers for marks that cite a sentence of the
    evidence, and no other marks, links, images or markup. Pure; a longer draft shows the same and more.
    """
    from pipeline.grounding import parse_draft

    parsed = parse_draft(_complete(draft))
    if parsed.no_answer is not None:
        return parsed.no_answer
    places = {
        (passage.number, position): (passage.article.id, sentence.start, sentence.end)
        for passage in evidence
        for position, sentence in enumerate(passage.passage.sentences, 1)
    }
    numbers: dict[tuple[str, int, int], int] = {}
    sections = []
    for section in parsed.sections:
        sentences = []
        for sentence in section.sentences:
            cited = [numbers.setdefault(places[mark], len(numbers) + 1) for mark in sentence.marks if mark in places]
            marks = "".join(f"[{number}]" for number in dict.fromkeys(cited))
            sentences.append(f"{_MARK_REMAINS.sub('', sentence.text)}{marks}")
        sections.append("\n".join(filter(None, (section.title, " ".join(sentences)))))
    return "\n\n".join(sections)


def _complete(draft: str) -> str:
    """The draft up to its last white space, before anything opened after that and not closed, and before a label."""
    from pipeline.writing import MISSING, NO_ANSWER

    text = draft[: max((match.end() for match in re.finditer(r"\s", draft)), default=0)]
    at = 0
    while opening := _OPENING.search(text, at):
        closed = _CLOSED.match(text, opening.start())
        if closed is None and len(text) - opening.start() <= _LONGEST_OPEN:
            text = text[: opening.start()]
            break
        at = closed.end() if closed else opening.end()
    head, line_end, last = text.rstrip().rpartition("\n")
    label = last.strip().upper()
    if label and any(name.startswith(label) for name in (NO_ANSWER, MISSING)):
        return head + line_end
    return text


@contextmanager
def draft_shown(about: str, wanted: bool) -> Iterator[OnDraft | None]:
    """Show the draft on stdout as long as the block runs, then take it away; nothing when it is not wanted."""
    if not wanted:
        yield None
        return
    from rich.live import Live

    from pipeline.rendering.terminal import terminal_console

    console = terminal_console()
    page = _Page(about)
    with Live(
        page,
        console=console,
        transient=True,
        refresh_per_second=_REFRESHES,
        redirect_stdout=False,
        redirect_stderr=False,
    ):
        yield page.show


class _Page:
    """The question and the draft so far, its last lines when the terminal is too low."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._draft: tuple[str, tuple[Evidence, ...]] = ("", ())

    def show(self, draft: str, evidence: tuple[Evidence, ...]) -> None:
        self._draft = (draft, evidence)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.console import Group
        from rich.segment import Segment
        from rich.text import Text

        from pipeline.rendering.safe import one_line, terminal_text
        from pipeline.rendering.terminal import prose

        shown = shown_draft(*self._draft)
        state = "Being written, not checked yet …" if shown else "Searching and writing …"
        page = Group(
            prose(terminal_text(one_line(self._question), "dim")),
            Text(),
            *([prose(terminal_text(shown)), Text()] if shown else []),
            Text(state, style="dim italic"),
        )
        lines = console.render_lines(page, options, pad=False)
        for line in lines[-max(console.height - 1, 1) :]:
            yield from line
            yield Segment.line()
