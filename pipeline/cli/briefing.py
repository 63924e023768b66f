"""`newsdesk brief`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
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
    GroundingOption,
    LanguageOption,
    LibraryOption,
    ModelOption,
    NoCacheOption,
    OutputOption,
    RewriteOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    VerboseOption,
    counting,
    filters_from,
    notices,
    result_on_terminal,
    settings_from,
    write_file,
    write_result,
)
from pipeline.cli.forms import BriefFormat, stated, written
from pipeline.cli.previewing import stages_shown
from pipeline.cli.results import changed_since, cited_articles, print_text, report_usage
from pipeline.cli.streaming import draft_shown
from pipeline.errors import InputError, UsageError
from pipeline.settings import EXTRACTIVE
from pipeline.types import STANDARD_PLAN, Briefing, BriefingPlan, SectionKind

if TYPE_CHECKING:
    from pipeline.app import Newsdesk
    from pipeline.library import Library
    from pipeline.writing import OnDraft


_WORDS = {"short": 150, "standard": 400, "long": 800}
_KINDS: dict[str, SectionKind] = {kind.replace(" ", "-"): kind for kind in get_args(SectionKind) if kind != "points"}
_EARLIER = "Give what `newsdesk brief` wrote with --format json, or with --pack"
_DAYS_BACK = regex.compile(r"(\d{1,4})d")


class Length(StrEnum):
    """How long a briefing is."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


LengthOption = Annotated[
    Length | None,
    typer.Option("--length", help="How long: 150, 400 or 800 words before the lists.  [default: standard]"),
]
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
TemplateOption = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="NAME", help="Sections and titles in order: situation, daily, person, timeline or a file."
    ),
]
SinceLastOption = Annotated[
    bool,
    typer.Option("--since-last", help="Write a dated brief into the folder --output if anything is new."),
]
BriefFormatOption = Annotated[BriefFormat, typer.Option("--format", "-f", help="How to write it.")]
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
    format: BriefFormatOption = BriefFormat.TEXT,
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
    rewrite: RewriteOption = False,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    length: LengthOption = None,
    words: WordsOption = None,
    sections: SectionsOption = None,
    title: TitleOption = "",
    articles: ArticlesOption = None,
    template: TemplateOption = None,
    since_brief: SinceBriefOption = None,
    since_last: SinceLastOption = False,
    pack: PackOption = None,
) -> None:
    """Write a briefing on a topic from the library, every sentence cited; exit code 3 when there is nothing on it.

    Without a topic it is on everything that is new (--since 7d) or on the articles named. With --since-last nothing is
    written when nothing is new, and no two runs get in each other's way.

    Example: newsdesk brief "rail strike" --length long --format html --output rail.html
    """
    from pipeline.app import open_newsdesk
    from pipeline.cli.recurring import write_if_new

    if format in (BriefFormat.DOCX, BriefFormat.PDF) and output is None:
        raise UsageError(f"A {format.value} file is not for the screen", f"Name it: --output brief.{format.value}")
    plan = plan_from(length, words, sections, title, template)
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
    settings = settings_from(
        library=library,
        model=model,
        grounding=grounding,
        rewrite=rewrite or None,
        cache=False if no_cache else None,
    )
    earlier = earlier_brief(since_brief) if since_brief else None
    with open_newsdesk(settings) as desk:
        if since_last:
            write_if_new(desk, topic, filters, plan, format, output)
            return
        watched = format is BriefFormat.TEXT and output is None and not verbose and result_on_terminal()
        drafting = draft_shown(topic, watched and desk.model != EXTRACTIVE)
        with stages_shown(verbose), drafting as on_draft, parts_shown(desk, on_draft) as on_part:
            briefing = desk.brief(topic, filters, plan, on_draft, on_part)
        if earlier:
            briefing = changed_since(earlier, briefing, desk.library)
        notices(desk.library.notices)
        if pack and briefing.status != "refused":
            save_pack(briefing, desk.library, pack)
        print_briefing(briefing, desk.library, format, output)
        if output and briefing.status != "refused":
            desk.library.record_brief(str(output.resolve()), briefing.topic, briefing.sources)
        report_usage(briefing.usage, desk, verbose)
    if briefing.status == "refused":
        raise typer.Exit(REFUSED)


@contextmanager
def parts_shown(desk: Newsdesk, on_draft: OnDraft | None) -> Iterator[Callable[[int, int], None]]:
    """Shows how many requests to the model are done, as long as the block runs and somebody is watching.

    Where a draft is shown, that is told in its place, until the draft itself comes.
    """
    if desk.model == EXTRACTIVE:
        yield lambda done, total: None
    elif on_draft is not None:
        yield lambda done, total: on_draft(f"{done} of {total} parts are written. ", ())
    else:
        with counting("Writing") as shown:
            yield shown


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


def print_briefing(briefing: Briefing, library: Library, format: BriefFormat, output: Path | None) -> None:
    """A briefing in the form asked for, on stdout or in a file."""
    if output is None and format is BriefFormat.TEXT:
        from pipeline.rendering.terminal import briefing_terminal

        print_text(briefing_terminal(briefing), None)
    elif output is None:
        write_result(written(briefing, library, format).decode(), None)
    else:
        write_file(written(briefing, library, format), output)


def plan_from(
    length: Length | None, words: int | None, sections: str | None, title: str, template: str | None = None
) -> BriefingPlan:
    """The plan that the options name, those of the template where they do not; UsageError for an unknown section."""
    from pipeline.plans import load_plan

    names = [name.strip().casefold() for name in (sections or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in _KINDS]
    if unknown:
        raise UsageError(f"There is no section {unknown[0]!r}", f"The sections are {', '.join(_KINDS)}")
    base = load_plan(template) if template else STANDARD_PLAN
    wanted = tuple(_KINDS[name] for name in names) or base.sections
    return replace(
        base, words=words or (_WORDS[length] if length else base.words), sections=wanted, title=title.strip()
    )


def article_ids(given: list[str] | None) -> tuple[str, ...]:
    """The ids of `--articles a,b --articles c`, each once."""
    return tuple(dict.fromkeys(name.strip() for one in given or () for name in one.split(",") if name.strip()))


def day_back(since: str | None, today: date | None = None) -> str | None:
    """`7d` as the day seven days before today, written out; anything else as it is."""
    span = _DAYS_BACK.fullmatch(since or "")
    return str((today or date.today()) - timedelta(days=int(span[1]))) if span else since
