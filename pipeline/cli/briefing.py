"""`newsdesk brief`."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import regex
import typer

from pipeline.cli.console import (
    REFUSED,
    AsOfOption,
    AuthorOption,
    Format,
    FormatOption,
    GroundingOption,
    LanguageOption,
    LibraryOption,
    ModelOption,
    NoCacheOption,
    OutputOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    VerboseOption,
    filters_from,
    notices,
    settings_from,
    write_result,
)
from pipeline.cli.previewing import stages_shown
from pipeline.cli.results import article_finder, cited_articles, print_text, report_usage
from pipeline.errors import InputError, UsageError
from pipeline.types import Briefing, BriefingPlan, SectionKind, Statement

if TYPE_CHECKING:
    from pipeline.library import Library

_WORDS = {"short": 150, "standard": 400, "long": 800}
_KINDS: dict[str, SectionKind] = {kind.replace(" ", "-"): kind for kind in get_args(SectionKind) if kind != "points"}
_EARLIER = "Give what `newsdesk brief` wrote with --format json, or with --pack"
_DAYS_BACK = regex.compile(r"(\d{1,4})d")


class Length(StrEnum):
    """How long a briefing is."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


LengthOption = Annotated[Length, typer.Option("--length", help="How long: 150, 400 or 800 words before the lists.")]
WordsOption = Annotated[
    int | None,
    typer.Option("--words", min=40, max=5000, help="About so many words before the lists, in place of --length."),
]
SectionsOption = Annotated[
    str | None, typer.Option("--sections", metavar="NAMES", help=f"Only these, by commas: {', '.join(_KINDS)}.")
]
TitleOption = Annotated[str, typer.Option("--title", help="The title, in place of the topic.")]
ArticlesOption = Annotated[
    list[str] | None, typer.Option("--articles", metavar="ID", help="Only these articles, by commas; may be repeated.")
]
SinceBriefOption = Annotated[
    Path | None,
    typer.Option("--since-brief", metavar="FILE", help="An earlier brief as JSON, or a pack: tell what has changed."),
]
PackOption = Annotated[
    Path | None,
    typer.Option("--pack", metavar="FILE", help="Also save it with the cited articles, for `newsdesk verify FILE`."),
]


def brief(
    topic: Annotated[str, typer.Argument(help="What the briefing is about; none with --since or --articles.")] = "",
    library: LibraryOption = None,
    model: ModelOption = None,
    format: FormatOption = Format.TEXT,
    output: OutputOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    section: SectionOption = None,
    story: StoryOption = None,
    grounding: GroundingOption = None,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    length: LengthOption = Length.STANDARD,
    words: WordsOption = None,
    sections: SectionsOption = None,
    title: TitleOption = "",
    articles: ArticlesOption = None,
    since_brief: SinceBriefOption = None,
    pack: PackOption = None,
) -> None:
    """Write a briefing on a topic from the library, every sentence cited; exit code 3 when there is nothing on it.

    Without a topic it is on everything that is new (--since 7d) or on the articles named.

    Example: newsdesk brief "rail strike" --length long --format html --output rail.html
    """
    from pipeline.app import open_newsdesk
    from pipeline.comparing import compare

    plan = plan_from(length, words, sections, title)
    filters = filters_from(
        day_back(since),
        until,
        as_of,
        source,
        authors=author,
        languages=language,
        sections=section,
        articles=article_ids(articles),
        stories=story,
    )
    settings = settings_from(library=library, model=model, grounding=grounding, cache=False if no_cache else None)
    earlier = earlier_brief(since_brief) if since_brief else None
    with open_newsdesk(settings) as desk:
        with stages_shown(verbose):
            briefing = desk.brief(topic, filters, plan)
        if earlier:
            briefing = compare(earlier, briefing, article_finder(desk.library))
        notices(desk.library.notices)
        if pack and briefing.status != "refused":
            save_pack(briefing, desk.library, pack)
        print_briefing(briefing, desk.library, format, output)
        report_usage(briefing.usage, desk, verbose)
    if briefing.status == "refused":
        raise typer.Exit(REFUSED)


def earlier_brief(file: Path) -> Briefing:
    """The briefing in JSON that `brief` wrote, or in a pack; raises InputError when there is none."""
    from pipeline.rendering.pack import is_pack, read_pack
    from pipeline.rendering.readback import read_back

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{str(file)!r} cannot be read ({error.strerror or error})", _EARLIER) from error
    text = data.decode(errors="replace")
    earlier = read_pack(data, str(file)).briefing if is_pack(text) else read_back(text, str(file))
    if not isinstance(earlier, Briefing):
        raise InputError(f"{str(file)!r} is an answer, not a briefing", _EARLIER)
    return earlier


def save_pack(briefing: Briefing, library: Library, file: Path) -> None:
    """The briefing and the articles that it cites, in one file."""
    from pipeline.rendering.pack import pack

    write_result(pack(briefing, cited_articles(stated(briefing), library)).decode(), file)


def stated(briefing: Briefing) -> list[Statement]:
    """The statements of all sections."""
    return [statement for section in briefing.sections for statement in section.statements]


def print_briefing(briefing: Briefing, library: Library, format: Format, output: Path | None) -> None:
    """A briefing in the form asked for, on stdout or in a file."""
    if format is Format.TEXT:
        from pipeline.rendering.terminal import briefing_terminal

        print_text(briefing_terminal(briefing), output)
    elif format is Format.MARKDOWN:
        from pipeline.rendering.markdown import briefing_markdown

        write_result(briefing_markdown(briefing), output)
    elif format is Format.HTML:
        from pipeline.rendering.html import briefing_html

        write_result(briefing_html(briefing, cited_articles(stated(briefing), library)), output)
    else:
        from pipeline.rendering.jsonform import briefing_json, json_text

        write_result(json_text(briefing_json(briefing)), output)


def plan_from(length: Length, words: int | None, sections: str | None, title: str) -> BriefingPlan:
    """The plan that the options name; UsageError for a section that there is not."""
    names = [name.strip().casefold() for name in (sections or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in _KINDS]
    if unknown:
        raise UsageError(f"There is no section {unknown[0]!r}", f"The sections are {', '.join(_KINDS)}")
    return BriefingPlan(words or _WORDS[length], tuple(_KINDS[name] for name in names), title.strip())


def article_ids(given: list[str] | None) -> tuple[str, ...]:
    """The ids of `--articles a,b --articles c`, each once."""
    return tuple(dict.fromkeys(name.strip() for one in given or () for name in one.split(",") if name.strip()))


def day_back(since: str | None, today: date | None = None) -> str | None:
    """`7d` as the day seven days before today, written out; anything else as it is."""
    span = _DAYS_BACK.fullmatch(since or "")
    return str((today or date.today()) - timedelta(days=int(span[1]))) if span else since
