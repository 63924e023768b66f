"""Pages to learn cleaning from: articles as they are pasted, with residue of our own writing where pages have it.

`residue.tsv` has lines of residue (reason, tab, line) and lines that look like it and are none ("body");
`residue_blocks*.txt`, a file a writer, have whole blocks, several lines that stand together ("== place kind" above
each), with names, headlines, outlets and days left open; `residue_stories.txt` has short articles in the languages that
no data set of ours has. Nothing in them was copied from a page, nor from the tables that cleaning is measured on.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STORIES = Path(__file__).with_name("residue_stories.txt")

# The part of a page (see `pipeline.cleaning.sequence`) that a line of a block at a place is.
PART = {"top": "above", "head": "beneath", "mid": "among", "tail": "below"}
# Where a row of a kind stands on a page.
PLACES = {
    "navigation": ("top", "tail", "tail"),
    "share bar": ("head", "tail"),
    "caption or credit": ("head", "mid", "mid"),
    "advertisement": ("mid", "mid", "tail"),
    "newsletter nag": ("mid", "mid", "tail"),
    "read-more": ("mid", "mid", "tail"),
    "promotion": ("mid", "tail"),
    "comment count": ("head", "tail"),
    "cookie notice": ("top", "tail", "mid"),
    "copyright": ("tail",),
}
TRICKY = "body!"
"""The part of a planted line of the story that looks like residue: body, and dearer to lose."""

_SLOT = re.compile(r"\{(\w\d?)\}")
_ENTITY = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")
_SENTENCE = re.compile(r"(?<=[.!?。])[\"”]?\s+(?=[A-Z“\"])")
_OUTLETS = [
    "The Harbour Post",
    "Northern Ledger",
    "Daily Courier",
    "Coastal Gazette",
    "The Morning Herald",
    "Valley Tribune",
    "City Chronicle",
    "The Examiner",
    "Metro Echo",
    "Lakeside Weekly",
    "The Observer",
    "Evening Standard",
    "Channel 9 News",
    "Capital Radio",
    "Inland Review",
    "The Argus",
    "Westport Times",
    "Riverside News",
]
_NAMES = [
    "Ana Brell",
    "Tom Ibbet",
    "Lin Abara",
    "Marisol Costa",
    "Pia Lund",
    "Jan Holt",
    "Mira Hale",
    "Ines Halloran",
    "Priya Nair",
    "David Okafor",
    "Sofia Marchetti",
    "James Whitlock",
    "Aiko Tanaka",
    "Omar Haddad",
    "Claire Dubois",
    "Peter Lindqvist",
    "Ruth Adeyemi",
    "Carlos Mendez",
    "Hannah Weiss",
    "Nikolai Petrov",
    "Emily Carter",
    "Sam O'Neill",
    "Leila Rahimi",
    "Kwame Boateng",
]
_TOWNS = [
    "Dunmarrow",
    "Brenholm",
    "Orlosk",
    "Tarn",
    "Halden",
    "London",
    "Nairobi",
    "Warsaw",
    "Chicago",
    "Lagos",
    "Madrid",
    "Delhi",
    "Manchester",
    "Texas",
    "Kyiv",
    "Sydney",
    "Toronto",
    "Boston",
    "Aske Bay",
    "Norvale",
]
_TOPICS = [
    "Politics",
    "Climate",
    "Health",
    "Housing",
    "Business",
    "Education",
    "Crime",
    "Science",
    "Transport",
    "Energy",
    "Technology",
    "Immigration",
    "Football",
    "Courts",
    "Environment",
    "Economy",
    "Artificial intelligence",
    "Farming",
    "Elections",
    "Local government",
    "Film",
    "War in the east",
    "Cost of living",
    "Wildlife",
]
_READERS = [
    "j_holt",
    "pialund",
    "dunmarrow_dan",
    "anabrell",
    "cyclist42",
    "Maggie T",
    "RealityCheck",
    "northener",
    "tom1961",
    "Sandra K.",
    "harbourman",
]
_DAYS = [
    "12 March 2026",
    "March 3, 2025",
    "4 May 2024",
    "Jan. 14, 2025",
    "21 June 2025",
    "Tuesday, Aug. 6, 2024",
    "2 hours ago",
    "October 9, 2023",
    "Feb 27, 2026",
    "Thursday 5 June 2025",
]
_BYLINES = (
    *("By {N}", "{N}", "By {N} and {N}", "By {N}, {O}", "{N} in {P}", "BY {N}", "By {N}, {T} correspondent"),
    *("Written by {N}", "{N} | {T}", "{N}, {O}", "{N}, {T} correspondent", "By {T} reporter {N}", "{N} - {P}"),
)
_DATES = (
    *("{D}", "Published {D}", "Published: {D} | Updated: {D}", "{D}, 10:15", "Updated {D} at 4:05 p.m. ET", "{O}"),
    *("{O} | {D}", "Last updated: {D}"),
)
_KICKERS = ("Analysis", "Opinion", "Exclusive", "World news", "EXPLAINER", "Comment", "Politics")
_JOINTS = (" ", "  ", " | ", " · ", " / ", ", ")

Placed = tuple[str, str]
"""The part of a page that a line is, and the line."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together at a place of a page; `kind` is a reason or "body"."""

    place: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it should be left by cleaning."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Others:
    """What links on a page lead to: headlines and first sentences of other articles."""

    titles: Sequence[str]
    teasers: Sequence[str]


def read_blocks(path: Path) -> list[Block]:
    """The blocks of a file."""
    found: list[Block] = []
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, *lines = part.strip().splitlines()
        place, _, kind = head.partition(" ")
        found.append(Block(place, kind, tuple(filter(None, lines))))
    return found


def read_stories(path: Path = STORIES) -> list[Story]:
    """The stories of a file: headline and lines, a blank line between stories."""
    stories = [each.splitlines() for each in path.read_text(encoding="utf-8").strip().split("\n\n")]
    return [Story(title, tuple(lines)) for title, *lines in stories]


class Writer:
    """Writes pages out of some of the rows and blocks, the same for the same seed."""

    def __init__(
        self, rows: Sequence[tuple[str, str]], blocks: Sequence[Block], others: Others, rng: random.Random
    ) -> None:
        self._rng, self._others = rng, others
        self._rows: Mapping[str, list[Block]] = defaultdict(list)
        self._blocks: Mapping[tuple[str, bool], list[Block]] = defaultdict(list)
        for reason, line in rows:
            for place in PLACES.get(reason, ("body",)):
                self._rows[place].append(Block(place, reason, (line,)))
        for block in blocks:
            self._blocks[block.place, block.kind == "body"].append(block)

    def lines(self, block: Block, entities: Sequence[str] = ()) -> list[str]:
        """The lines of a block with what was left open filled in."""
        return [_SLOT.sub(lambda match: self._fill(match[1], entities), line) for line in block.lines]

    def page(self, story: Story, *, title_known: bool) -> list[Placed]:
        """A page with the story on it; without its headline when the reader of the file has it from elsewhere."""
        rng = self._rng
        names = Counter(match for line in story.lines for match in _ENTITY.findall(line))
        entities = [name for name, _ in names.most_common(12)]
        page: list[Placed] = []
        whole = rng.random() < 0.15
        if rng.random() < (0.9 if whole else 0.35):
            for _ in range(rng.choice((2, 4, 6) if whole else (1, 1, 2, 3))):
                page += self._residue("top", entities)
        if not title_known:
            page += [("kicker", rng.choice(_KICKERS))] if rng.random() < 0.06 else []
            page += [("headline", story.title)]
        if not title_known or rng.random() < 0.4:
            page += self._head(story, entities, title_known)
        summed_up = [line for part, line in page if part == "head" and len(line) > 40]
        page += self._body(story.lines, entities)
        if summed_up and page[-2][0] == "body" and rng.random() < 0.15:
            page.insert(len(page) - 1, ("among", rng.choice(summed_up)))
        page += self._planted("tail", TRICKY, entities) if rng.random() < 0.25 else []
        if rng.random() < 0.85:
            for _ in range(rng.choice((4, 6, 8) if whole else (1, 1, 2, 2, 3, 4))):
                page += self._planted("tail", "foot", entities) if rng.random() < 0.06 else []
                page += self._residue("tail", entities)
        return page

    def _head(self, story: Story, entities: Sequence[str], title_known: bool) -> Iterator[Placed]:
        rng = self._rng
        kinds = ["residue"] * rng.choice((0, 1, 1, 2, 3))
        often = {"byline": 0.55, "day": 0.55, "planted": 0.12, "standfirst": 0.45}
        kinds += [kind for kind, share in often.items() if rng.random() < share]
        rng.shuffle(kinds)
        for kind in kinds:
            if kind == "residue":
                yield from self._residue("head", entities)
            elif kind == "planted":
                yield from self._planted("head", "head", entities)
            elif kind == "standfirst" and len(story.lines) > 5:
                yield "head", _standfirst(rng, story.lines)
            elif kind in ("byline", "day"):
                form = rng.choice(_BYLINES if kind == "byline" else _DATES)
                yield "head", self.lines(Block("head", "body", (form,)))[0]
        if not title_known and rng.random() < 0.08:
            yield "beneath", story.title

    def _body(self, lines: Sequence[str], entities: Sequence[str]) -> Iterator[Placed]:
        rng = self._rng
        if rng.random() < 0.04:
            lines = lines[: rng.choice((1, 1, 2, 3))]
        elif len(lines) > 28 or (len(lines) > 9 and rng.random() < 0.4):
            size = rng.randrange(5, min(28, len(lines)))
            lines = lines[:size] if rng.random() < 0.7 else lines[-size:]
        places = range(1, len(lines))
        residue = rng.sample(places, min(len(places), rng.choice((0, 1, 2, 2, 3, 4))))
        tricky = rng.sample(places, min(len(places), rng.choice((1, 1, 2, 2, 3))))
        for at, line in enumerate(lines):
            planted: list[Placed] = []
            if at in residue:
                for _ in range(rng.choice((1, 1, 1, 2))):
                    planted += self._residue("mid", entities)
            if at in tricky:
                row = [(TRICKY, rng.choice(self._rows["body"]).lines[0])] if self._rows["body"] else []
                like = row if row and rng.random() < 0.3 else self._planted("mid", TRICKY, entities)
                planted = planted + like if rng.random() < 0.5 else like + planted
            yield from planted
            yield "body", line

    def _planted(self, place: str, part: str, entities: Sequence[str]) -> list[Placed]:
        if not self._blocks[place, True]:
            return []
        lines = self.lines(self._rng.choice(self._blocks[place, True]), entities)
        shouted = len(lines) == 1 and not lines[0].endswith(".") and self._rng.random() < 0.15
        return [(part, line.upper() if shouted else line) for line in lines]

    def _residue(self, place: str, entities: Sequence[str]) -> list[Placed]:
        rng = self._rng
        rows = self._rows[place] if self._rows[place] and rng.random() < 0.3 else self._blocks[place, False]
        lines = self.lines(rng.choice(rows), entities)
        chance = rng.random()
        if len(lines) > 2 and sum(map(len, lines)) < 90 and chance < 0.2:
            lines = [rng.choice(_JOINTS).join(lines)]
        elif len(lines) == 2 and chance < 0.2:
            lines = [rng.choice((" ", " ", ": ", " – ")).join(lines)]
        elif 0.2 < chance < 0.25:
            lines = [line.upper() for line in lines]
        elif len(lines) > 2 and 0.25 < chance < 0.33:
            bullet = rng.choice(("• ", "- ", "* ", "› "))
            lines = [lines[0], *(bullet + line for line in lines[1:])]
        return [(PART[place], line) for line in lines]

    def _fill(self, slot: str, entities: Sequence[str]) -> str:
        rng = self._rng
        if slot == "N2":
            return rng.choice(_NAMES).split()[-1]
        if slot == "n":
            return str(rng.randrange(2, 30))
        choices: dict[str, Sequence[str]] = {
            "H": self._others.titles,
            "S": self._others.teasers,
            "E": entities or _NAMES,
            "O": _OUTLETS,
            "N": _NAMES,
            "P": _TOWNS,
            "T": _TOPICS,
            "D": _DAYS,
            "u": _READERS,
        }
        return rng.choice(choices[slot])


def _standfirst(rng: random.Random, lines: Sequence[str]) -> str:
    """A sentence or two of the story, as a standfirst sums it up."""
    sentences = [each for line in lines[1:9] for each in _SENTENCE.split(line)]
    fitting = [each for each in sentences if 45 <= len(each) <= 190 and "“" not in each and '"' not in each]
    if not fitting:
        return rng.choice(lines[1:5])
    said = rng.choice(fitting)
    if len(said) < 110 and rng.random() < 0.25:
        said += " " + rng.choice(fitting)
    return said.rstrip(".") if rng.random() < 0.5 else said
