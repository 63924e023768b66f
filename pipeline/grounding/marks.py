"""A draft, taken apart: sections of sentences with their marks, refusals and gaps. Never raises, whatever the text.

A sentence ends in marks, before or after its full stop: `[2.4]` is sentence 4 of passage 2; `[2.4, 3.1]`,
`[2.4][3.1]` and `[2.4-2.6]` are several. What looks like a mark and is none is a fault of its sentence, and so
is what a draft must not hold: links, images, HTML, control characters. Those are taken out of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import regex

from pipeline.sentences import split
from pipeline.writing import MISSING, NO_ANSWER

# A range longer than this cites no sentence in particular.
_LONGEST_RANGE = 8
# A mark between words with no full stop ends a sentence when a capital follows and so many words stand before it.
_WORDS_OF_A_SENTENCE = 4
# How many characters around a mark decide whether it ends a sentence.
_NEAR = 64

_MARK = regex.compile(r"[\[【]([^\[\]【】\n]{1,60})[\]】]")
_UNCLOSED = regex.compile(r"[\[【]\s*+[0-9]++(?:\.[0-9]*+)?[\s,0-9.\-–]*+$")
_ITEM = regex.compile(r"([0-9]{1,6})\.([0-9]{1,6})(?:\s*[-–—]\s*(?:([0-9]{1,6})\.)?([0-9]{1,6}))?")
_SEPARATOR = regex.compile(r"\s*(?:[,;&]|\band\b)\s*|\s+(?=[0-9])(?<![-–—]\s)", regex.IGNORECASE)
_MARK_LIKE = regex.compile(
    r"[\^#†]?\s*(?:p|s|passages?|sentences?|source|sources|ref|doc|evidence|article|no\.?)?[\s.:#]*[0-9][0-9.,;:\s\-–—†^]*"
    r"(?:(?:sentences?|s|and|&)[\s.]*[0-9][0-9.,\s]*)*(?:L[0-9\-L]+)?",
    regex.IGNORECASE,
)
_YEAR = regex.compile(r"(?:1[0-9]|20)[0-9]{2}(?:\s*[-–]\s*(?:[0-9]{2}|(?:1[0-9]|20)[0-9]{2}))?")

_REMOVALS = (
    ("image removed", regex.compile(r"!\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"), ""),
    ("link removed", regex.compile(r"(?m)^\s{0,3}\[[^\[\]\n]+\]:\s*\S+.*$"), ""),
    ("link removed", regex.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()]*)*(?:\s[^()]*)?\)"), r"\1"),
    (
        "link removed",
        regex.compile(r"<?(?:https?|ftp|\b(?:data|javascript|file))://?[^\s<>\[\]]*>?|\bwww\.[^\s<>\[\]]+", regex.I),
        "",
    ),
    ("HTML removed", regex.compile(r"<!--(?:(?!<!--|-->).)*-->|</?[a-zA-Z!][^<>]*>", regex.DOTALL), ""),
    (
        "control characters removed",
        regex.compile(
            r"[[\p{Cc}\p{Co}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]--[\n\t]]", regex.V1
        ),
        "",
    ),
)
_COMMENT = regex.compile(r"<!--(?:(?!<!--|-->).)*-->", regex.DOTALL)
_EMPHASIS = regex.compile(r"\*\*|__|`+|(?<![\p{L}\p{N}])\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}])")
_LINE_BREAK = regex.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_HEADING = regex.compile(r"\s{0,3}#{1,6}\s+(.+)|\s*\*\*([^*\n]{1,80}?):?\*\*:?")
_BULLET = regex.compile(r"\s*(?:[-*•–+]|[0-9]{1,2}[.)])\s+(?=\S)")
_RULE = regex.compile(r"\s*(?:[-*_=~]{3,}|```.*)")
_TERMINATOR = regex.compile(r"[.!?…。！？]['\"’”»)\]]*$")
_TERMINATOR_AHEAD = regex.compile(r"\s*[.!?…。！？]+['\"’”»)]*(?=\s|$)")
_LOWER_AHEAD = regex.compile(r"\s*[\p{Ll},;:)]")
_SPACE_BEFORE_STOP = regex.compile(r" ([.,;:!?])(?=\s|$|[\"'”’])")
_CAPITAL_AHEAD = regex.compile(r"\s+[\"'“‘«(]*\p{Lu}")
_GAP = regex.compile(r"[\s,;]*")


class Mark(NamedTuple):
    """Sentence `sentence` of passage `passage`, both counted from 1 as they stand in the draft."""

    passage: int
    sentence: int

    def __str__(self) -> str:
        return f"[{self.passage}.{self.sentence}]"


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft: its text without marks, the marks, and what is wrong with how it is written.

    `malformed` holds the findings about marks that cite no sentence, `removed` those about what was taken out.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    malformed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """The sentences under one heading; the title is empty when there is none."""

    title: str
    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer wrote: sections, what it says it cannot answer (`no_answer`), and which parts are missing."""

    sections: tuple[DraftSection, ...] = ()
    no_answer: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[DraftSentence, ...]:
        """The sentences of all sections, in order."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)


@dataclass(slots=True)
class _Group:
    """Marks side by side, and where they stood in the text that is left without them."""

    at: int
    marks: list[Mark] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)
    ends_sentence: bool = False


def parse_draft(draft: str) -> Draft:
    """The draft taken apart; an empty text is an empty draft."""
    sections: list[DraftSection] = []
    title, sentences, paragraph = "", list[DraftSentence](), list[str]()
    no_answer: str | None = None
    missing: list[str] = []

    def close_paragraph() -> None:
        sentences.extend(_sentences(" ".join(paragraph)))
        paragraph.clear()

    def close_section() -> None:
        close_paragraph()
        if title or sentences:
            sections.append(DraftSection(title, tuple(sentences)))
        sentences.clear()

    for line in _lines(draft):
        heading = _HEADING.fullmatch(line)
        if heading and (heading[1] or not _marks_in(line)):
            close_section()
            title = _plain_line(heading[1] or heading[2]).rstrip("# ")
        elif (gap := _after_label(line, NO_ANSWER)) is not None:
            close_paragraph()
            no_answer = no_answer or gap
        elif (gap := _after_label(line, MISSING)) is not None:
            close_paragraph()
            missing.append(gap)
        elif not line.strip() or _RULE.fullmatch(line):
            close_paragraph()
        else:
            bullet = _BULLET.match(line)
            if bullet or (paragraph and _ends_marked(paragraph[-1])):
                close_paragraph()
            paragraph.append(line[bullet.end() :] if bullet else line)
    close_section()
    return Draft(tuple(sections), no_answer, tuple(text for text in missing if text))


def _lines(draft: str) -> list[str]:
    """The lines of a draft; a comment that spans lines becomes one, so that its end is not read as text."""
    text = _LINE_BREAK.sub("\n", draft)
    return _COMMENT.sub(lambda match: match.group().replace("\n", " "), text).split("\n")


def _after_label(line: str, label: str) -> str | None:
    bullet = _BULLET.match(line)
    bare = _EMPHASIS.sub("", line[bullet.end() :] if bullet else line).strip()
    if bare[: len(label)].upper() != label:
        return None
    return _plain_line(bare[len(label) :])


def _plain_line(text: str) -> str:
    """A line without marks and without what a draft must not hold."""
    cleaned, _ = _clean(text)
    return _tidy(_MARK.sub(lambda match: "" if _is_mark(match[1]) else match.group(), cleaned))


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    removed = []
    for finding, pattern, kept in _REMOVALS:
        text, count = pattern.subn(kept, text)
        if count:
            removed.append(finding)
    return text, tuple(dict.fromkeys(removed))


def _tidy(text: str) -> str:
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(_EMPHASIS.sub("", text).split()))


def _ends_marked(line: str) -> bool:
    marks = [match for match in _MARK.finditer(line) if _is_mark(match[1])]
    return bool(marks) and not line[marks[-1].end() :].strip(" .!?\"'”’")


def _marks_in(line: str) -> bool:
    return any(_is_mark(match[1]) for match in _MARK.finditer(line))


def _is_mark(inside: str) -> bool:
    return _MARK_LIKE.fullmatch(inside.strip()) is not None and _YEAR.fullmatch(inside.strip()) is None


def _sentences(paragraph: str) -> Iterator[DraftSentence]:
    cleaned, removed = _clean(paragraph)
    text, groups = _without_marks(cleaned)
    ends = [group.at for group in groups]
    taken = 0
    for start, end in _pieces(text, groups):
        first, taken = taken, bisect_right(ends, end)
        own = groups[first:taken]
        written = _tidy(text[start:end])
        marks = tuple(dict.fromkeys(mark for group in own for mark in group.marks))
        malformed = tuple(dict.fromkeys(finding for group in own for finding in group.malformed))
        if any(letter.isalnum() for letter in written) or marks or malformed:
            yield DraftSentence(written, marks, malformed, removed)
            removed = ()


def _without_marks(paragraph: str) -> tuple[str, list[_Group]]:
    text, position = "", 0
    groups: list[_Group] = []
    for match in _MARK.finditer(paragraph):
        if not _is_mark(match[1]):
            continue
        between = paragraph[position : match.start()]
        if groups and groups[-1].at == len(text) and _GAP.fullmatch(between):
            group = groups[-1]
        else:
            text += between
            group = _Group(len(text.rstrip()))
            text = text.rstrip()
            groups.append(group)
        _read_mark(match.group(), match[1], group)
        position = match.end()
    rest = paragraph[position:]
    unclosed = _UNCLOSED.search(rest)
    if unclosed:
        text = (text + rest[: unclosed.start()]).rstrip()
        groups.append(_Group(len(text), malformed=[f"the mark “{unclosed.group().strip()}” is not complete"]))
    else:
        text += rest
    # What is around a mark may look like one when that is gone: "[[1.2]1.2]". It is none, and must not be read as one.
    text = _MARK.sub(lambda left: f"({left[1]})" if _is_mark(left[1]) else left[0], text)
    for group in groups:
        _find_end(group, text)
    return text, groups


def _find_end(group: _Group, text: str) -> None:
    """Let a group end its sentence: before a full stop, after one, or between words when a capital follows."""
    before, after = text[max(0, group.at - _NEAR) : group.at], text[group.at : group.at + _NEAR]
    stop = _TERMINATOR_AHEAD.match(after)
    if stop:
        group.at += stop.end()
        group.ends_sentence = True
    elif _TERMINATOR.search(before):
        group.ends_sentence = _LOWER_AHEAD.match(after) is None
    else:
        group.ends_sentence = _CAPITAL_AHEAD.match(after) is not None and len(before.split()) >= _WORDS_OF_A_SENTENCE


def _read_mark(written: str, inside: str, group: _Group) -> None:
    for item in _SEPARATOR.split(inside.strip()):
        found = _ITEM.fullmatch(item)
        if found is None:
            whole = item.isascii() and item.isdigit()
            group.malformed.append(
                f"the mark “[{item}]” cites a passage, not a sentence"
                if whole
                else f"the mark “{written}” is malformed"
            )
            continue
        passage, first = int(found[1]), int(found[2])
        last = int(found[4]) if found[4] else first
        if (found[3] and int(found[3]) != passage) or not first <= last < first + _LONGEST_RANGE:
            group.malformed.append(f"the mark “{written}” is malformed")
            continue
        group.marks.extend(Mark(passage, sentence) for sentence in range(first, last + 1))


def _pieces(text: str, groups: list[_Group]) -> Iterator[tuple[int, int]]:
    """The spans of the sentences: cut at marks that end one, then by the rules of language between them."""
    cuts = sorted({0, len(text), *(group.at for group in groups if group.ends_sentence)})
    for start, end in pairwise(cuts):
        spans = [(sentence.start, sentence.end) for sentence in split(text[start:end])]
        yield from _whole_quotations(text, [(start + first, start + last) for first, last in spans])


def _whole_quotations(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences joined while a quotation is open: a mark after a quotation of two sentences is for both."""
    quotes = [text.count('"', start, end) for start, end in spans]
    depths = [text.count("“", start, end) - text.count("”", start, end) for start, end in spans]
    closing = max((at for at, (start, end) in enumerate(spans) if quotes[at] or "”" in text[start:end]), default=-1)
    opened, straight, curly = -1, 0, 0
    for position, (start, end) in enumerate(spans):
        opened = start if opened < 0 else opened
        straight, curly = straight + quotes[position], curly + depths[position]
        if (straight % 2 or curly > 0) and position < closing:
            continue
        yield opened, end
        opened, straight, curly = -1, 0, 0
