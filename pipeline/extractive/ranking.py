"""In which order sentences of several passages answer a part: by all that is measured of them, with learned weights.

`features` measures a sentence against the words of a question, `support` against the relation that it asks for. Here
comes what an editor sees beside both: that it stands where the article tells the matter, that it says who somebody is
when that is asked, that it names a kind of the thing asked for ("vehicles": "lorry").

The weights are learned by `eval/fit/ranking.py` and kept, with the figures reached, in `ranking.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import regex

from pipeline.extractive.features import FEATURES
from pipeline.extractive.meeting import MET, worth_of
from pipeline.extractive.support import SUPPORT, Support
from pipeline.extractive.tables import Matrix, unit
from pipeline.people import ROLES
from pipeline.questions import STOP_WORDS, Part, stem, words
from pipeline.wordnet import is_kind_of

FILE = "ranking.json"
# What a sentence at the edge of its passage has beside it is taken to be so far below the best.
NOTHING = -8.0
# What the name in a neighbour is worth.
BESIDE = 0.8
# A word counts for a kind of the thing asked for with exp(-distance / REACH), the distance in words.
REACH = 6.0

PLACED: dict[str, str] = {
    "below": "how far its score by `weights.json` is below the best",
    "before below": "the same, of the sentence before",
    "after below": "the same, of the sentence after",
    "passage below": "the same, of the best one of its passage",
    "article below": "the same, of the best one of its article",
    "place": "how many have a better one, by logarithm",
    "place in article": "the same, within its article",
    "with before similarity": "cosine of the part with the sentence and the one before together",
    "with article similarity": "cosine of the part with the mean of the sentences of its article",
    "defines": "says who or what a name of the question is, or who has a role in it, when that is asked",
    "person said": "how well the names of the part are said here, by their last words alone too",
    "person near": "the same, or beside it",
    "kind": "names a kind of the thing that is asked for",
    "kind near": "share of the part's words around that",
    "manner": "tells by what means, when it is asked how",
    "says": "tells what somebody says",
    "negative": "has a negation",
}
"""What is measured of a sentence beside FEATURES and SUPPORT."""

MEASURED: tuple[str, ...] = (*FEATURES, *(f"relation: {name}" for name in SUPPORT), *PLACED)
"""All that the order goes by."""

_IDENTITY = regex.compile(
    r"(?i)^\W*(?:and |so )?(?:who|what)(?:[’']s| is| was| are| were)\s(?:the\s)?(?P<of>[^?]+?)\W*$"
)
_HELD = regex.compile(
    r"(?i)^\W*who (?:(?:is|was) (?:the )?(?:\p{L}+ )?(?P<role>\p{L}+) of|(?:now |currently )?(?P<verb>\p{L}+)) "
    r"(?:the )?(?P<of>[^?,]{2,60}?)(?: now| today| currently| at present)?\W*$"
)
_POST = regex.compile(
    r"(?i)\bwhat (?:is|was) .{2,60}[’']s?\s(?:job|role|post|position|title)\b\W*$|"
    r"\b(?:what|which) (?:job|role|post|position|office|title)\b"
)
_HOW = regex.compile(
    r"(?i)\bhow\b(?! (?:many|much|long|old|far|big|large|often|tall|wide|deep|fast|high|close|near)\b)"
)
_MANNER = regex.compile(r"(?i)\b(?:by (?:\p{L}+ly )?\p{L}+ing|with|using|through|via|after \p{L}+ing|from)\b")
_SAYS = regex.compile(r"(?i)[“”\"]|\b(?:said|says|told|according to|added|warned|claimed|insisted)\b")
_NO = regex.compile(r"(?i)\b(?:no|not|nobody|none|never|neither|nor|without)\b|n[’']t\b")
# An article joined to the front of a name: "al-Asgari" is called "Asgari" too.
_JOINED = regex.compile(r"^(?:al|el|ul|ad|an|ar|as|ash|at|az|d|l)[’'\-](?=\p{L}{3})")
_ROLE = rf"(?:{'|'.join(sorted(ROLES))})"
_OWNED = r"(?:the|a|an|one|its|his|her|their)\s"
_IS_ONE = (
    r"(?:\s[\p{L}\d\-]+){0,2}?\s(?:is|was|are|were|became|has been|serves? as|served as|worked as)\s"
    r"(?:(?:not only|also|still|now|\p{L}+ly)\s)?"
    r"(?:(?:described|known|regarded|seen|named|appointed)\s(?:\p{L}+\s)?(?:as\s)?)?"
    rf"(?:{_OWNED}|\p{{Ll}}+\s(?:of|for|at)\s|\p{{L}}+[’']s\s)"
)
_APPOSED = rf"(?:[’']s)?\s?[,(–—]\s?(?:{_OWNED}|(?:who|which|then|now)\s|\d{{1,3}}\b|(?:\p{{L}}+\s){{0,4}}?{_ROLE}\b)"


def ranked(support: Support, scores: Matrix) -> Matrix:
    """The log odds of each sentence against the others to answer each part, (parts, sentences).

    `scores` are those by `weights.json`.
    """
    weights = load_ranking()
    values = measured(support, scores)
    places = [MEASURED.index(name) for name in weights]
    return np.asarray(values[:, :, places] @ np.array(list(weights.values())))


def measured(support: Support, scores: Matrix) -> Matrix:
    """The values of MEASURED, (parts, sentences, features)."""
    placed = np.stack([_place(support, number, row) for number, row in enumerate(scores)])
    return np.concatenate([support.reading.features, support.features(scores), placed], axis=2)


@lru_cache(maxsize=1)
def load_ranking() -> Mapping[str, float]:
    """The weights that ship with newsdesk; what has none counts for nothing."""
    data = json.loads(files("pipeline.extractive").joinpath(FILE).read_text(encoding="utf-8"))
    return dict(data["weights"])


def _place(support: Support, number: int, row: Matrix) -> Matrix:
    """The values of PLACED, (sentences, features), by the scores of a part."""
    tables, part = support.tables, support.reading.asked.parts[number]
    own, aim, below = np.arange(len(tables.pool)), tables.part_vectors[number], row - row.max()
    ids = np.array([item.evidence.article.id for item in tables.pool])
    article = ids[:, None] == ids[None, :]
    better = row[None, :] > row[:, None]
    texts = [item.resolved for item in tables.pool]
    said = _names_said(support, part)
    kind, kind_near = _kinds(support, number)
    manner = _HOW.search(part.text) is not None
    values = {
        "below": below,
        "before below": np.where(tables.before == own, NOTHING, below[tables.before]),
        "after below": np.where(tables.after == own, NOTHING, below[tables.after]),
        "passage below": np.where(tables.together, below[None, :], -np.inf).max(axis=1),
        "article below": np.where(article, below[None, :], -np.inf).max(axis=1),
        "place": np.log1p(better.sum(axis=1)),
        "place in article": np.log1p((better & article).sum(axis=1)),
        "with before similarity": unit(tables.sentences + tables.sentences[tables.before]) @ aim,
        "with article similarity": unit(article.astype(np.float32) @ tables.sentences) @ aim,
        "defines": _defining(part, texts),
        "person said": said,
        "person near": np.maximum(said, BESIDE * np.maximum(said[tables.before], said[tables.after])),
        "kind": kind,
        "kind near": kind_near,
        "manner": [manner and _MANNER.search(text) is not None for text in texts],
        "says": [_SAYS.search(text) is not None for text in texts],
        "negative": [_NO.search(text) is not None for text in texts],
    }
    return np.stack([np.asarray(values[name], dtype=np.float64) for name in PLACED], axis=1)


def _defining(part: Part, texts: Sequence[str]) -> Matrix:
    """How well each text says who or what somebody is, or who has a role, when the part asks that."""
    asked, held = _IDENTITY.match(part.text), _HELD.match(part.text)
    if (asked and asked["of"] in part.names) or (part.names and _POST.search(part.text)):
        return np.array([float(_defines(text, part.names)) for text in texts])
    if held:
        return _holds(held["role"] or held["verb"], held["of"], texts)
    return np.zeros(len(texts))


def _defines(text: str, names: Sequence[str]) -> bool:
    """Whether a text says who or what one of these names is: "X is the …", "X, the …", "the minister, X"."""
    for name in names:
        first, last = (regex.escape(_bare(name.split(" ")[at])) for at in (0, -1))
        if regex.search(rf"(?i)\b{last}(?:{_IS_ONE}|{_APPOSED})", text):
            return True
        if regex.search(rf"(?i)\b{_ROLE}(?:(?:\sof\s[\p{{L}}\s]{{2,30}})?,)?\s(?:{first}|{last})\b", text):
            return True
    return False


def _holds(asked: str, of: str, texts: Sequence[str]) -> Matrix:
    """How well each text names the holder of a role, asked for by its name or by what he does: "who commands the
    brigade" by "the leader of the brigade"."""
    worth = {role: worth_of(asked.casefold(), role) for role in ROLES}
    named = "|".join(sorted(role for role, value in worth.items() if value >= MET))
    if not named:
        return np.zeros(len(texts))
    of = regex.escape(of)
    told = regex.compile(
        rf"(?i)\b(?P<role>{named}) (?:of|for|at) (?:the )?{of}\b(?![’'])|"
        rf"\b{of}(?:[’']s?)? (?:\p{{L}}+ )?(?P<role>{named})\b"
    )
    found = [told.search(text) for text in texts]
    return np.array([worth[match["role"].casefold()] if match else 0.0 for match in found])


def _names_said(support: Support, part: Part) -> Matrix:
    """How well each sentence says the names of a part, 0 to 1, all by their last word alone; 1 when there are none."""
    names = [said for name in part.names if (said := [_bare(word) for word in words(name)])]
    if not names:
        return np.ones(len(support.tables.pool))
    heard = [{_bare(word) for _, word in spoken} for spoken in support.tables.spans]
    return np.array(
        [
            np.mean([1.0 if name[-1] in said else np.mean([word in said for word in name]) for name in names])
            for said in heard
        ]
    )


def _kinds(support: Support, number: int) -> tuple[Matrix, Matrix]:
    """Whether a sentence names a kind of what is asked for, and how much of the part stands around it."""
    tables, relation = support.tables, support.relations[number]
    has, near = np.zeros(len(tables.pool)), np.zeros(len(tables.pool))
    if relation.head is None:
        return has, near
    asked = tables.asked_words[relation.head]
    of_kind = np.array([_is_one_of(word, asked) for word in tables.vocabulary], dtype=bool)
    others = [index for index in (*relation.words, *relation.names) if index != relation.head]
    for column, index in enumerate(tables.indices):
        places = np.flatnonzero(of_kind[index]) if len(index) else np.zeros(0, dtype=int)
        if len(places):
            distance = np.abs(np.arange(len(index))[:, None] - places[None, :]).min(axis=1)
            close = support.met.soft[others][:, index] * np.exp(-distance / REACH)
            has[column], near[column] = 1.0, float(close.max(axis=1).mean()) if others else 1.0
    return has, near


def _is_one_of(word: str, asked: str) -> bool:
    """Whether a word names a kind of what is asked for: another word, and not of everything."""
    return word not in STOP_WORDS and stem(word) != stem(asked) and is_kind_of(word, asked)


def _bare(word: str) -> str:
    return _JOINED.sub("", word.casefold())
