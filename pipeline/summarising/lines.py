"""The sentences of the evidence as a briefing may use them: readable by themselves, with what each tells.

evidence → lines: the dateline dropped, and "He [Callum Reyes]" where it is sure who is meant
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from pipeline.extractive import without_dateline
from pipeline.grounding.dates import dates_in
from pipeline.grounding.names import names_in
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.words import fold
from pipeline.people import surname
from pipeline.questions import content_stems
from pipeline.summarising.people import find_people
from pipeline.types import Evidence, Sentence

# Fewer words are a scrap, more a list or a sentence that was not cut.
SHORTEST, LONGEST = 4, 80
# A quotation goes over so many sentences at most; one that is not closed by then is left out whole.
LONGEST_QUOTATION, LOST_QUOTATION = 3, 6
# The title of a round-up lists so many things at least, each in so many words at most.
ROUND_UP, LONGEST_THING = 3, 4
# Of a round-up of two things a smaller share of the sentences has a word of the topic.
LEAST_OF_TOPIC = 0.25
# Written-out numbers up to this one ("one of them", "two men") tell no figure.
SMALL_WORDED = 3

# The page or a columnist speaking for itself, and who gathered the report.
_OWN_VOICE = regex.compile(
    r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y)\b(?![.\-])|^(?:Check|Read|See|Sign|Follow|Click|Send)\b|"
    r"^\p{Lu}{4,}:|\bis an? (?:[\p{L}’'-]+ ){0,5}(?:reporter|editor|columnist|correspondent|writer|journalist) "
    r"(?:for|at|with|based|who covers)\b|"
    r"\breported from \p{Lu}[\p{L}, ]{0,60}\.$|\bcontributed (?:to this|reporting)"
)
_CORRECTION = regex.compile(
    r"^(?:Correction|Clarification|Editor[’']s note)\b|\b(?:this|the) (?:article|story|report)\b.{0,40}\b(?:misstated|"
    r"said|gave|misspelled|incorrectly|was (?:amended|corrected|updated))\b|\ban earlier version\b",
    regex.IGNORECASE,
)
_MARK_LIKE = regex.compile(r"\[(?=[\d.,\s\-]+\])")
_POINTS_BACK = regex.compile(
    r"[“\"‘']?(?:(?:But|And|Yet|So|However|Still),? )?(?:(?P<person>He|She|he|she)\b|"
    r"(?P<body>[Tt]he (?:group|company|agency|firm))\b(?! of\b| that\b|[’']s)|"
    r"(?:They|It|This|That|These|Those|His|Her|Their|Its|they|it|this|that|these|those|his|her|their|its)\b|"
    r"(?:Both|Neither|Each|Nor|Or|Instead|Then|Also|Otherwise|Even so)\b|"
    r"(?:[Tt]he|That|This) (?:two|pair|man|woman|office|paper|other|latter|former|second|"
    r"third|sum|number|figure|move|decision|statement)\b(?! of\b| that\b))"
)
# "… denied that." needs what is denied.
_ANSWERS = regex.compile(
    r"\b(?:den(?:y|ies|ied)|disput(?:es|ed)|reject(?:s|ed)|confirm(?:s|ed)|supports) (?:that|this|it)[.,]"
)
# What the last word of a name tells that "the company" may stand for; a street or a council is none of it.
_FIRM_TEXT = """
    company corporation corp inc ltd plc group holdings partners securities capital bank airlines airways motors foods
    stores energy power oil gas steel shipping lines maritime rail railways water biologics microdevices systems
    technologies industries"""
_BODIES = {
    "company": frozenset(_FIRM_TEXT.split()),
    "firm": frozenset(_FIRM_TEXT.split()),
    "group": frozenset(("group", "union", "alliance", "association", "league", "federation", "front")),
    "agency": frozenset(("agency", "authority", "bureau", "office")),
}
_BETWEEN_THINGS = regex.compile(r"[,;|]\s*(?:and\s+)?")
_WORD = regex.compile(r"[\p{L}\p{N}]+(?:[’'.,\-][\p{L}\p{N}]+)*")
_QUOTED = regex.compile(r"“[^”]*”|\"[^\"]*\"")
_QUOTES = regex.compile(r"[“”«»„\"]")
_ENDS = regex.compile(r"[.!][”’\"')]*$")
_STARTS = regex.compile(r"[“\"‘'(]?[\p{Lu}\p{N}\p{Sc}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that a briefing may use, as it would be written there.

    `place` counts the sentences of its article from 0; `origin` is one number for all copies of a wire story; `figures`
    are (value, unit) and `names` as written; `quoted` is the share of the text in quotation marks. `whole` says that it
    is a sentence of the report, `tells` that it has a figure, a name or a date, `points_back` that it needs the one
    before it, `corrects` that it speaks of an error in the article. So many lines after it are `joined` to it by a
    quotation that they end; those are `inside` one.
    """

    evidence: Evidence
    position: int
    sentence: Sentence
    text: str
    place: int
    origin: int
    day: date | None
    stems: frozenset[str]
    figures: frozenset[tuple[float, str]]
    names: frozenset[str]
    dates: int
    quoted: float
    whole: bool
    tells: bool
    points_back: bool
    corrects: bool
    joined: int = 0
    inside: bool = False

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def article(self) -> str:
        return self.evidence.article.id

    @property
    def outlet(self) -> str:
        """Who published it, "" when that is not known."""
        return " ".join(self.evidence.article.source.casefold().split())

    @property
    def alone(self) -> bool:
        """Whether it can be read by itself."""
        return self.whole and self.tells and not self.points_back and not self.joined

    @property
    def mark(self) -> str:
        return f"[{self.evidence.number}.{self.position}]"

    @property
    def written(self) -> str:
        """The text and its mark; what only looks like a mark in the text is defused."""
        return f"{_MARK_LIKE.sub('(', self.text)} {self.mark}"


def read_lines(evidence: Sequence[Evidence]) -> list[Line]:
    """Every sentence of the evidence, articles in the order of the evidence, sentences in that of the article."""
    articles: dict[str, list[Evidence]] = {}
    for item in evidence:
        articles.setdefault(item.article.id, []).append(item)
    groups = [held[0].article.origin_group or article for article, held in articles.items()]
    origin_of = {article: groups.index(group) for article, group in zip(articles, groups, strict=True)}
    people = frozenset(fold(surname(person.name)) for person in find_people(evidence))
    lines: list[Line] = []
    for article, held in articles.items():
        place = 0
        for item in sorted(held, key=lambda one: one.passage.start):
            before: Line | None = None
            for position, sentence in enumerate(item.passage.sentences, 1):
                line = _line(item, position, sentence, place, origin_of[article])
                before = _told(line, before, people)
                lines.append(before)
                place += 1
    return _with_quotations(lines)


def kept_to(topic: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with those that are beside the topic made unusable: of a round-up, all without a word of the topic."""
    wanted = content_stems(topic)
    of_topic: dict[str, list[bool]] = {}
    for line in lines:
        of_topic.setdefault(line.article, []).append(bool(line.stems & wanted))
    titles = {line.article: line.evidence.article.title for line in lines}
    round_ups = {
        article for article, found in of_topic.items() if is_round_up(titles[article], wanted, sum(found) / len(found))
    }
    return [
        replace(line, whole=False) if line.article in round_ups and not line.stems & wanted else line for line in lines
    ]


def is_round_up(title: str, wanted: frozenset[str], share: float) -> bool:
    """Whether a title lists several things, not all with a word of what is wanted: "Hurricane Idalia, Mitch McConnell,
    Maui wildfires: Wednesday's news". One of two things is a round-up only if a small `share` of the sentences is of
    the topic."""
    things = [thing for thing in _BETWEEN_THINGS.split(title.partition(":")[0]) if thing.strip()]
    of_topic = [bool(content_stems(thing) & wanted) for thing in things]
    if len(things) < 2 or all(of_topic):
        return False
    if max(len(thing.split()) for thing in things) > LONGEST_THING or any(thing[:1].islower() for thing in things[:2]):
        # "Hospital bookings return, a day late" lists nothing.
        return False
    return (len(things) >= ROUND_UP and any(of_topic)) or share < LEAST_OF_TOPIC


def published_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None when it is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _line(item: Evidence, position: int, sentence: Sentence, place: int, origin: int) -> Line:
    text = " ".join(without_dateline(sentence.text).split())
    figures = frozenset(
        (quantity.low, quantity.unit)
        for quantity in quantities_in(text)
        if quantity.kind != "vague" and not (quantity.in_words and quantity.low <= SMALL_WORDED)
    )
    names, dates = frozenset(name.words for name in names_in(text)), len(dates_in(text))
    return Line(
        evidence=item,
        position=position,
        sentence=sentence,
        text=text,
        place=place,
        origin=origin,
        day=published_day(item.article.published),
        stems=content_stems(text),
        figures=figures,
        names=names,
        dates=dates,
        quoted=sum(len(match.group()) for match in _QUOTED.finditer(text)) / max(1, len(text)),
        whole=is_whole(text),
        tells=bool(figures or names or dates),
        points_back=bool(_POINTS_BACK.match(text) or _ANSWERS.search(text)),
        corrects=_CORRECTION.search(text) is not None,
    )


def _told(line: Line, before: Line | None, people: frozenset[str]) -> Line:
    """The line with "[Full Name]" after an opening "He", "She" or "The company" when it is sure who is meant.

    It is when the sentence before names one person, or one organisation, and no other.
    """
    pronoun = _POINTS_BACK.match(line.text)
    if before is None or before.points_back or pronoun is None or not (pronoun["person"] or pronoun["body"]):
        return line
    kind = people if pronoun["person"] else _BODIES[pronoun["body"].split()[1]]
    named = [name for name in names_in(before.text) if name.parts and name.parts[-1] in kind]
    if len({name.parts[-1] if pronoun["person"] else name.parts for name in named}) != 1:
        return line
    end = pronoun.end("person" if pronoun["person"] else "body")
    fullest = max((name.words for name in named), key=len)
    return replace(line, text=f"{line.text[:end]} [{fullest}]{line.text[end:]}", points_back=False)


def _with_quotations(lines: Sequence[Line]) -> list[Line]:
    """The lines with every quotation that goes over several of them kept together, or left out.

    What stands inside a quotation is somebody's words, however much it looks like a sentence of the report.
    """
    found = list(lines)
    index = 0
    while index < len(found):
        last = _end_of_quotation(found, index)
        for inner in range(index + 1, last + 1):
            found[inner] = replace(found[inner], inside=True, whole=False)
        if index < last:
            run = " ".join(line.text for line in found[index : last + 1])
            kept = last - index < LONGEST_QUOTATION and is_whole(run)
            found[index] = replace(found[index], joined=last - index if kept else 0, whole=kept)
        index = last + 1
    return found


def _end_of_quotation(lines: Sequence[Line], first: int) -> int:
    """The line that closes the quotation which this one opens; itself when it opens none, or none does."""
    marks = 0
    for index in range(first, min(len(lines), first + LOST_QUOTATION)):
        if lines[index].article != lines[first].article:
            break
        marks += len(_QUOTES.findall(lines[index].text))
        if marks % 2 == 0:
            return index
    return first


def is_whole(text: str) -> bool:
    """Whether a text is of whole sentences: no half quotation, no scrap, no question, no list item."""
    return (
        len(_QUOTES.findall(text)) % 2 == 0
        and SHORTEST <= len(_WORD.findall(text)) <= LONGEST
        and _ENDS.search(text) is not None
        and _STARTS.match(text) is not None
        and not _OWN_VOICE.search(_QUOTED.sub("", text))
    )
