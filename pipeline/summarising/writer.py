"""The briefing writer that needs no model: a bottom line and the developments of the story, in the sources' words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from pipeline.grounding import check_statement, cited_sentence
from pipeline.grounding.dates import dates_in
from pipeline.questions import content_stems
from pipeline.summarising.chronicle import event_day
from pipeline.summarising.developments import Development, find_developments
from pipeline.summarising.doubts import told_in_dispute
from pipeline.summarising.lines import LONGEST, Line, kept_to, read_lines
from pipeline.summarising.selecting import Unit, choose, units
from pipeline.summarising.weighing import confirmed_elsewhere, one_outlet, recency, tfidf, weigh
from pipeline.writing import NO_ANSWER, Reply, Task, Writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BOTTOM_LINE = "Bottom line"
ONE_SOURCE = f"{BOTTOM_LINE}, from one source only"
BOTTOM_LINE_SENTENCES = 2
# A development gets at most so many sentences, more only where the words asked for would not be reached.
DEVELOPMENT_SENTENCES = 4
# One development for so many words, three at least.
WORDS_A_DEVELOPMENT = 65
WORDS_A_SENTENCE = 22
FEWEST_DEVELOPMENTS = 3
# How much the oldest news weighs in the bottom line, where the newest weighs 1.
OLDEST = 0.05
# What a sentence of the list of disagreements is worth beside it. In briefings of 150, 400 and 800 words 1, .3, 0
# recall .54, .72, .81; .54, .73, .83; and .54, .73, .83 of the key facts.
TOLD_BESIDE = 0.3
# A sentence that is mostly a quotation is no bottom line.
MOST_QUOTED = 0.4

_ATTRIBUTES = regex.compile(
    r"\b(?:said|says|told|according to|reported|found|ruled|wrote|announced|confirmed|denied|claim\w*|accus\w+|"
    r"estimat\w+|put the|puts|expects?|warned|acknowledged|admitted|agreed)\b"
)
_NOT_IN_A_HEADING = regex.compile(r"[#\[\]*_`<>|]+")


def briefing_writer(words: int, disputes_beside: bool = False) -> Writer:
    """A writer of briefings of about so many words: `Task → Reply`, always the same for the same task.

    With `disputes_beside` a list of disagreements stands beside what it writes.
    """
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(
        lambda task: Reply(write_brief(task, words, disputes_beside)), name="extractive briefing writer"
    )


def write_brief(task: Task, words: int, disputes_beside: bool = False) -> str:
    """A draft made of whole evidence sentences: bottom line, then a section a development; or a line that refuses."""
    import numpy as np

    lines = kept_to(task.about, read_lines(task.evidence))
    if not units(lines):
        return f"{NO_ANSWER} No article in the library is about “{task.about}”."
    weights, vectors = weigh(task.about, lines), tfidf(lines)
    points_worth = weights
    if disputes_beside:
        beside = told_in_dispute(task.about, task.evidence, lines, weights, vectors)
        points_worth = weights * np.array([TOLD_BESIDE if index in beside else 1.0 for index in range(len(lines))])
    developments = find_developments(lines, most_developments(words))
    # One outlet says best itself what comes first; of what several say, the newest must be in the bottom line.
    first = tell(developments, lines, weights, vectors, words, ()) if one_outlet(lines) else []
    bottom = bottom_line(task.about, lines, weights, vectors, first or units(lines))
    told = first or tell(developments, lines, points_worth, vectors, words, bottom)
    points = {index for unit in told if not set(unit) & set(bottom) for index in unit}
    said_so = all(_may_lead(index, lines, vectors) for index in bottom)
    parts = [f"## {BOTTOM_LINE if said_so else ONE_SOURCE}", " ".join(dated(lines[index]).written for index in bottom)]
    for development in by_importance(developments, points, lines, weights):
        own = [index for index in sorted(points) if index in set(development.lines)]
        parts += [f"## {headline(own, lines, weights)}", " ".join(lines[index].written for index in own)]
    return "\n".join(parts)


def most_developments(words: int) -> int:
    """How many developments a briefing of so many words has at most."""
    return max(FEWEST_DEVELOPMENTS, words // WORDS_A_DEVELOPMENT)


def names_who_says(text: str) -> bool:
    """Whether a sentence says whose word it is."""
    return _ATTRIBUTES.search(text) is not None


def tell(
    developments: Sequence[Development],
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
    words: int,
    bottom: Sequence[int],
) -> list[Unit]:
    """What is told beside the bottom line in so many words: the best of every development, then of all that is left."""
    group = {index: number for number, development in enumerate(developments) for index in development.lines}
    most = max(DEVELOPMENT_SENTENCES, math.ceil(words / (len(developments) * WORDS_A_SENTENCE)))
    # What stands in the bottom line is no ground for a sentence further down.
    among = [unit for unit in units(lines) if not set(unit) & set(bottom)]
    told: list[Unit] = []

    def add(open_units: Sequence[Unit]) -> bool:
        taken = [*bottom, *(index for unit in told for index in unit)]
        room = words - sum(lines[index].words for index in taken)
        more = choose(lines, open_units, weights, vectors, room, taken, most=1)
        if more:
            told.append(tuple(sorted(more)))
        return bool(more)

    for number in range(len(developments)):
        add([unit for unit in among if group[unit[-1]] == number])
    while True:
        held = Counter(group[index] for unit in told for index in unit)
        if not add([unit for unit in among if held[group[unit[-1]]] + len(unit) <= most]):
            return told


def bottom_line(
    topic: str,
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
    among: Sequence[Unit],
) -> list[int]:
    """Two sentences out of these units that say what matters most now, from two articles where there are two.

    What a single origin has leads only when the sentence names who says it, or when there is nothing else.
    """
    import numpy as np

    if one_outlet(lines):
        return _lead_of_one_outlet(topic, lines, weights, among)
    # A unit of which a part is told already begins in the middle, where it points back.
    alone = [
        unit
        for unit in among
        if len(unit) == 1
        and lines[unit[0]].alone
        and lines[unit[0]].quoted <= MOST_QUOTED
        and not any(other[0] == unit[0] + 1 and lines[other[0]].points_back for other in among)
    ]
    one_source = len({line.origin for line in lines}) == 1
    fit = alone if one_source else [unit for unit in alone if _may_lead(unit[0], lines, vectors)] or alone
    wanted = content_stems(topic)
    near = np.array([len(line.stems & wanted) / max(1, len(wanted)) for line in lines])
    early = np.array([1 / (1 + line.place) for line in lines])
    leading = weights * (OLDEST + recency(lines) ** 2) * (0.5 + early) * (0.25 + near)
    leading /= max((float(leading[index]) for (index,) in fit), default=1.0) or 1.0
    chosen: list[int] = []
    for _ in range(BOTTOM_LINE_SENTENCES):
        taken = {lines[index].article for index in chosen}
        fresh = [unit for unit in fit if lines[unit[0]].article not in taken] or fit
        chosen += choose(lines, fresh, leading, vectors, LONGEST, chosen, most=1)
    return chosen


def _lead_of_one_outlet(
    topic: str, lines: Sequence[Line], weights: NDArray[np.float64], among: Sequence[Unit]
) -> list[int]:
    """What one outlet itself puts first of the topic, with the sentence that goes on from it, or with the next best."""
    import numpy as np

    wanted = content_stems(topic)
    standing = np.log(weights)
    standing = (standing - standing.min()) / max(float(np.ptp(standing)), 1e-9)
    by_unit = {unit[0]: unit for unit in among}
    fit = [unit for unit in among if len(unit) == 1 and lines[unit[0]].alone and lines[unit[0]].quoted <= MOST_QUOTED]

    def worth(unit: Unit) -> float:
        line = lines[unit[0]]
        near = len(line.stems & wanted) / max(1, len(wanted))
        return float(standing[unit[0]]) * (0.5 + 1 / (1 + line.place)) * (0.25 + near)

    def goes_on(index: int) -> Unit | None:
        following = by_unit.get(index + 1)
        return following if following and lines[index + 1].points_back else None

    ranked = sorted(fit, key=worth, reverse=True)
    if not ranked:
        return []
    first = ranked[0][0]
    follows = goes_on(first)
    if follows:
        return [first, *follows]
    second = next((unit[0] for unit in ranked[1:] if goes_on(unit[0]) is None), None)
    return [first] if second is None else sorted([first, second])


def _may_lead(index: int, lines: Sequence[Line], vectors: NDArray[np.float32]) -> bool:
    """Whether a line names who says it, or another origin says the same."""
    return names_who_says(lines[index].text) or bool(confirmed_elsewhere(index, lines, vectors))


def dated(line: Line) -> Line:
    """The line with the date of a weekday behind it, "on Thursday (16 April)", when grounding bears that out."""
    places = [
        (mention.words, day)
        for mention in dates_in(line.text)
        if mention.shift and mention.weekday is not None and (day := event_day(mention, line.day, line.text))
    ]
    if len(places) != 1:
        return line
    ((words, day),) = places
    pattern = regex.compile(rf"\b{regex.escape(words)}(?: (?:morning|afternoon|evening|night))?\b")
    text = pattern.sub(lambda match: f"{match.group()} ({day.day} {day:%B})", line.text, count=1)
    support, _ = check_statement(text, [cited_sentence(line.evidence, line.position - 1)])
    return replace(line, text=text) if support == "supported" else line


def by_importance(
    developments: Sequence[Development], points: Collection[int], lines: Sequence[Line], weights: NDArray[np.float64]
) -> list[Development]:
    """The developments that have points, by the weight of their points and how many origins report them."""
    of = {development: [index for index in points if index in development.lines] for development in developments}

    def importance(development: Development) -> float:
        origins = len({lines[index].origin for index in development.lines})
        return sum(float(weights[index]) for index in of[development]) * math.sqrt(origins)

    return sorted((one for one in developments if of[one]), key=importance, reverse=True)


def headline(told: Sequence[int], lines: Sequence[Line], weights: NDArray[np.float64]) -> str:
    """The title of the article that tells most of a development, with its day."""
    best = max(told, key=lambda index: float(weights[index]))
    article = lines[best].evidence.article
    title = " ".join(_NOT_IN_A_HEADING.sub(" ", article.title).split()) or article.source or "Untitled"
    day = lines[best].day
    return f"{title} ({day.day} {day:%B %Y})" if day else title
