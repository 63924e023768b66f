"""`newsdesk ask` without a question: a conversation at the terminal, with follow-ups, commands and threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.console import complain, question_of, remark, show, write_result
from pipeline.cli.results import cited_article
from pipeline.conversing import COMMANDS, Exchange, Line, Session, ThreadFile, filtered, read_line, threads
from pipeline.errors import NewsdeskError, UsageError
from pipeline.types import Answer, Filters, Question

if TYPE_CHECKING:
    from pipeline.app import Newsdesk

Ask = Callable[["Newsdesk", Question], Answer]
"""Answer a question and show the answer."""


def converse(desk: Newsdesk, filters: Filters, thread: str | None, ask: Ask) -> None:
    """Read questions and commands from the terminal until /quit or the end of input; `thread` is read and kept up."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory

    kept = thread_file(desk, thread)
    session = opened_session(kept, filters)
    lines: PromptSession[str] = PromptSession(
        history=InMemoryHistory([exchange.asked for exchange in session.exchanges]),
        completer=WordCompleter([f"/{name}" for name in COMMANDS], sentence=True),
        complete_while_typing=False,
    )
    typer.echo("Ask a question, or /help. Leave with /quit.")
    if session.exchanges:
        typer.echo(f"Thread {thread}: {len(session.exchanges)} questions so far.")
    while True:
        try:
            typed = lines.prompt("> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if not typed.strip():
            continue
        try:
            line = read_line(typed)
            if line.command == "quit":
                return
            if line.command == "model":
                desk = _with_model(desk, line.argument)
            elif line.command:
                session = _obeyed(line, session, desk)
            else:
                session = answered(line.argument, session, desk, kept, ask)
        except KeyboardInterrupt:
            complain("Stopped.")
        except NewsdeskError as error:
            complain(str(error))


def answered(asked: str, session: Session, desk: Newsdesk, kept: ThreadFile | None, ask: Ask) -> Session:
    """The session after a question, whose form that stands alone is shown when it is another, and kept if there is a
    thread.
    """
    alone = desk.standalone(asked, session.history)
    if alone and alone != " ".join(asked.split()):
        remark(f"→ {alone}")
    answer = ask(desk, question_of(alone, session.filters))
    after = session.after(asked, answer)
    if kept:
        kept.append(after.exchanges[-1])
    return after


def thread_file(desk: Newsdesk, thread: str | None) -> ThreadFile | None:
    """The file of a thread of the library; None for a conversation that is not kept."""
    return ThreadFile(Path(desk.settings.library), thread) if thread else None


def opened_session(kept: ThreadFile | None, filters: Filters) -> Session:
    """The conversation of a thread so far, under these filters, or under its last when there are none."""
    if kept is None:
        return Session(filters)
    exchanges, lost = kept.read()
    if lost:
        complain(f"{lost} lines of the thread {kept.name!r} cannot be read and are passed over.")
    return Session(filters or (exchanges[-1].filters if exchanges else filters), exchanges)


def list_threads(library: Path) -> None:
    """The threads of a library, on stdout."""
    from pipeline.rendering.safe import one_line

    found = threads(library)
    if not found:
        typer.echo("There are no threads. Start one with: newsdesk ask --thread NAME")
    for thread in found:
        typer.echo(one_line(f"{thread.name}: {thread.questions} questions, last: {thread.last}"))


def _with_model(desk: Newsdesk, name: str) -> Newsdesk:
    changed = desk.using(name) if name else desk
    typer.echo(f"Written by {changed.model}.")
    return changed


def _obeyed(line: Line, session: Session, desk: Newsdesk) -> Session:
    """The session after a command that neither asks nor leaves."""
    if line.command == "help":
        for name, does in COMMANDS.items():
            typer.echo(f"  /{name:8} {does}")
    elif line.command in ("since", "until", "source"):
        session = replace(session, filters=filtered(session.filters, line))
        typer.echo(_in_force(session.filters))
    elif line.command == "save":
        _save(session.exchanges, line.argument)
    else:
        _show_sources(line, session, desk)
    return session


def _show_sources(line: Line, session: Session, desk: Newsdesk) -> None:
    from pipeline.rendering.footnotes import footnotes
    from pipeline.rendering.opened import opened_terminal
    from pipeline.rendering.terminal import sources_terminal

    if session.last is None or not session.last.statements:
        raise UsageError("There is no answer with sources yet", "Ask something first")
    if line.command == "sources":
        show(sources_terminal(session.last))
        return
    citations = footnotes(session.last.statements).citations
    if not line.argument.isdecimal() or not 1 <= int(line.argument) <= len(citations):
        raise UsageError(f"/open {line.argument!r} names no source", f"Give a number from 1 to {len(citations)}")
    citation = citations[int(line.argument) - 1]
    article = cited_article(citation, desk.library)
    show(opened_terminal(int(line.argument), citation, article))
    if article.info.version != desk.library.article(article.info.id).info.version:
        remark(
            f"newsdesk: this is version {article.info.version} of an article that has changed since: "
            f"`newsdesk articles diff {article.info.id}`."
        )


def _in_force(filters: Filters) -> str:
    from pipeline.rendering.safe import one_line

    parts = [
        f"since {filters.since}" if filters.since else "",
        f"until {filters.until}" if filters.until else "",
        f"as of {filters.as_of}" if filters.as_of else "",
        f"from {', '.join(filters.sources)}" if filters.sources else "",
    ]
    return one_line(f"Articles {', '.join(filter(None, parts))}." if any(parts) else "All articles.")


def _save(exchanges: tuple[Exchange, ...], name: str) -> None:
    from pipeline.rendering.jsonform import answer_json, json_text
    from pipeline.rendering.markdown import answer_markdown

    if not name:
        raise UsageError("/save names no file", "Write /save talk.md or /save talk.json")
    if not exchanges:
        raise UsageError("There is nothing to save yet", "Ask something first")
    if name.casefold().endswith(".json"):
        text = json_text({"answers": [{"asked": each.asked, **answer_json(each.answer)} for each in exchanges]})
    else:
        # Footnotes are numbered for each answer by itself: their names must differ in one document.
        texts = [answer_markdown(each.answer) for each in exchanges]
        text = "\n\n".join(part.replace("[^", f"[^{number}-") for number, part in enumerate(texts, 1))
    write_result(text, Path(name).expanduser())
