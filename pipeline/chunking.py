"""Article → Passages: consecutive whole sentences, at most so many tokens, cut where the article itself pauses.

Where to cut is chosen for the whole article at once, as TeX breaks a paragraph into lines: every way of cutting has a
cost (short passages, cuts inside a paragraph, sub-headlines run over), and the cheapest is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.errors import UsageError
from pipeline.sentences import split
from pipeline.types import Article, Block, Passage, Sentence

MIN_TOKENS = 16
"""The smallest limit that `chunk` takes: a single character can be several tokens."""

# What a cut costs, in units of one passage left wholly empty. Chosen so that a cut inside a paragraph is made only to
# avoid a passage under half full, and that short sections stay together: with 1.0 for a sub-headline inside there were
# 15% more passages, and one question in a hundred less was answered by the first 4 and 10 of the fused rankings.
_PER_PASSAGE = 0.2
_CUT_AT_PARAGRAPH = 0.05
_CUT_AT_SENTENCE = 0.25
_SUBHEAD_INSIDE = 0.2

# No passage of prose has more sentences than this; the bound keeps long lists of one-word lines cheap.
_MAX_SENTENCES = 64

_CLAUSE_ENDS = re.compile(r"[;:,—–،؛、，；：]\s*")
_WORD_ENDS = re.compile(r"\s+")
# Blocks of one line with nothing but a few invisible characters between them are one paragraph.
_SAME_LINE_GAP = 8
# A text can be a token or two longer without a space before it than with one.
_SPACE_COSTS = 4


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, the tokens it adds to a passage, and where it stands."""

    sentence: Sentence
    tokens: int
    paragraph: int
    section: int


def chunk(article: Article, count: Callable[[str], int], max_tokens: int = 256) -> tuple[Passage, ...]:
    """Cut an article's standfirst and paragraphs into passages of whole sentences; `count` counts the tokens of a text.

    Every sentence is in exactly one passage; a sentence of more than `max_tokens` is split at clauses or words, each
    piece an exact span of the text. Raises UsageError when `max_tokens` is under MIN_TOKENS.
    """
    if max_tokens < MIN_TOKENS:
        raise UsageError(
            f"A passage cannot be limited to {max_tokens} tokens", f"Give a limit of at least {MIN_TOKENS} tokens"
        )
    units, headings = _units(article, count, max_tokens)
    passages: list[Passage] = []
    for first, last in _cheapest_cuts(units, max_tokens):
        while first < last:
            stop = last
            passage = _passage(article, units[first:stop], headings, len(passages), count)
            # The sum of the parts can fall a token short of the whole.
            while passage.tokens > max_tokens:
                stop -= 1
                passage = _passage(article, units[first:stop], headings, len(passages), count)
            passages.append(passage)
            first = stop
    return tuple(passages)


def _passage(
    article: Article, units: list[_Unit], headings: list[str], ordinal: int, count: Callable[[str], int]
) -> Passage:
    sentences = tuple(unit.sentence for unit in units)
    tokens = count(" ".join(sentence.text for sentence in sentences))
    return Passage(article.info.id, ordinal, sentences, tokens, headings[units[0].section])


def _units(article: Article, count: Callable[[str], int], max_tokens: int) -> tuple[list[_Unit], list[str]]:
    """The sentences of the body in order, and the heading of each section, the first of which has none."""
    units: list[_Unit] = []
    headings = [""]
    for paragraph, block in enumerate(_paragraphs(article)):
        if block.role == "subhead":
            headings.append(article.text[block.start : block.end].strip("#*_ \t"))
            continue
        for sentence in split(article.text, block.start, block.end, article.info.language):
            tokens = count(" " + sentence.text)
            if tokens > max_tokens - _SPACE_COSTS:
                tokens = _alone_or_after(sentence.text, count)
            pieces = [(sentence, tokens)] if tokens <= max_tokens else _pieces(sentence, count, max_tokens)
            units.extend(_Unit(piece, cost, paragraph, len(headings) - 1) for piece, cost in pieces)
    return units, headings


def _paragraphs(article: Article) -> Iterator[Block]:
    """Standfirsts, paragraphs and subheads, those of one line that an invisible character divides put together."""
    open_block: Block | None = None
    for block in article.blocks:
        if block.role not in ("standfirst", "paragraph", "subhead"):
            continue
        if open_block and open_block.role == block.role and _continues(article.text, open_block.end, block.start):
            open_block = Block(open_block.start, block.end, block.role)
            continue
        if open_block:
            yield open_block
        open_block = block
    if open_block:
        yield open_block


def _continues(text: str, end: int, start: int) -> bool:
    return start - end < _SAME_LINE_GAP and len(text[end - 1 : start + 1].splitlines()) == 1


def _pieces(sentence: Sentence, count: Callable[[str], int], max_tokens: int) -> Iterator[tuple[Sentence, int]]:
    """A long sentence in spans of at most `max_tokens`, cut at clauses, else between words, else anywhere."""
    text, at = sentence.text, 0
    while at < len(text):
        fits = _longest_prefix(text, at, count, max_tokens)
        stop = at + fits
        if stop < len(text):
            stop = _last_end(_CLAUSE_ENDS, text, at + fits // 2, stop) or _last_end(_WORD_ENDS, text, at, stop) or stop
        piece = text[at:stop].rstrip()
        start = sentence.start + at
        yield Sentence(start, start + len(piece), piece), _alone_or_after(piece, count)
        at = stop + len(text[stop:]) - len(text[stop:].lstrip())


def _longest_prefix(text: str, at: int, count: Callable[[str], int], max_tokens: int) -> int:
    """How many characters from `at` on fit into `max_tokens`: at least one."""
    low, high = 1, min(len(text) - at, max_tokens)
    while high < len(text) - at and _alone_or_after(text[at : at + high], count) <= max_tokens:
        low, high = high, min(len(text) - at, high * 2)
    while low < high:
        middle = (low + high + 1) // 2
        if _alone_or_after(text[at : at + middle], count) <= max_tokens:
            low = middle
        else:
            high = middle - 1
    return low


def _alone_or_after(text: str, count: Callable[[str], int]) -> int:
    """The tokens of a text that begins a passage or follows another in it, whichever are more."""
    return max(count(text), count(" " + text))


def _last_end(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int:
    """The end of the last match within `text[start:stop]`, 0 without one."""
    return max((match.end() for match in pattern.finditer(text, start, stop)), default=0)


def _cheapest_cuts(units: list[_Unit], max_tokens: int) -> list[tuple[int, int]]:
    """Half-open ranges of units that make up the passages, by dynamic programming over the place of the last cut."""
    best = [0.0] + [float("inf")] * len(units)
    came_from = [0] * (len(units) + 1)
    for stop in range(1, len(units) + 1):
        cut = _cut_cost(units, stop)
        tokens, subheads = 0, 0
        for start in range(stop - 1, max(stop - _MAX_SENTENCES, 0) - 1, -1):
            tokens += units[start].tokens
            if start + 1 < stop:
                subheads += units[start].section != units[start + 1].section
                if tokens > max_tokens:
                    break
            empty = max(0.0, 1 - tokens / max_tokens)
            cost = best[start] + _PER_PASSAGE + empty * empty + cut + subheads * _SUBHEAD_INSIDE
            if cost < best[stop]:
                best[stop], came_from[stop] = cost, start
    ranges: list[tuple[int, int]] = []
    stop = len(units)
    while stop > 0:
        ranges.append((came_from[stop], stop))
        stop = came_from[stop]
    return ranges[::-1]


def _cut_cost(units: list[_Unit], at: int) -> float:
    if at == len(units) or units[at - 1].section != units[at].section:
        return 0.0
    return _CUT_AT_PARAGRAPH if units[at - 1].paragraph != units[at].paragraph else _CUT_AT_SENTENCE
