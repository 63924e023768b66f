"""Which articles a topic is about: those that have its words, and those that tell the same story by other words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.grounding.names import names_in
from pipeline.grounding.words import read
from pipeline.questions import content_stems
from pipeline.types import Evidence

# Below this share of the topic's words, weighted by rarity, no article is on the topic.
ON_TOPIC = 0.34
# An article belongs when it has this share of what the best article has of them.
BELONGS = 0.6
# So does one with some word of the topic, when this share of its names, weighted by rarity, is known from the others.
# On the bundled suite articles of the same story have .29 and more, others at most .11.
SAME_STORY = 0.25
# Or when it has the names of the topic: all of them with another word of it or so many other known names, half of them
# with both.
HALF, OTHER_NAMES = 0.5, 2
# On libraries of four or five articles a sixth of the planted disputes is shown with 12, a tenth without.
SO_MANY = 12
# An article of more sentences than this that comes to the topic in one alone only mentions it.
SHORT_ARTICLE = 6


def belonging(topic: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The ids of the articles of this evidence that belong to the topic, in its order; empty when none is on it.

    Rarity tells words apart in a library of many stories; in a small one every article has the names of the story,
    which weigh nothing then. So the names of a topic count by themselves too.
    """
    stems: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for item in evidence:
        text = f"{item.article.title}\n{item.passage.heading}\n{item.passage.text}"
        stems.setdefault(item.article.id, set()).update(content_stems(text))
        names.setdefault(item.article.id, set()).update(part for name in names_in(text) for part in name.parts)
    wanted = content_stems(topic)
    rare = _rarity(stems, wanted)
    share = {article: _share(wanted, said, rare) for article, said in stems.items()}
    best = max(share.values(), default=0.0)
    if best < ON_TOPIC:
        return ()
    named = frozenset(stem for token in read(topic) if token.capital for stem in content_stems(token.text)) & wanted
    has = {article: len(named & said) / len(named) if named else 1.0 for article, said in stems.items()}
    near = {article for article in share if share[article] >= BELONGS * best}
    passing = _in_passing(wanted, evidence)
    passing = passing if near - passing else frozenset()
    core = {article for article in near - passing if has[article]} or near - passing
    known = frozenset[str]().union(*(names[article] for article in core))
    weight = _rarity(names, frozenset[str]().union(*names.values()))

    def tells_it(article: str) -> bool:
        word = bool(stems[article] & wanted - named)
        others = len((names[article] & known) - named) >= OTHER_NAMES
        return bool(named) and has[article] >= HALF and (has[article] == 1.0) + word + others >= 2

    return tuple(
        article
        for article in share
        if article not in passing
        and (
            article in core
            or tells_it(article)
            or (share[article] > 0 and _share(names[article], known, weight) >= SAME_STORY)
        )
    )


def _in_passing(wanted: frozenset[str], evidence: Sequence[Evidence]) -> frozenset[str]:
    """The articles whose title has no word of the topic, and one sentence all that they have of them."""
    sentences: dict[str, list[int]] = {}
    for item in evidence:
        held = sentences.setdefault(item.article.id, [2 * bool(wanted & content_stems(item.article.title))])
        held += [bool(wanted & content_stems(sentence.text)) for sentence in item.passage.sentences]
    return frozenset(article for article, held in sentences.items() if sum(held) < 2 and len(held) > 1 + SHORT_ARTICLE)


def _share(wanted: frozenset[str] | set[str], held: frozenset[str] | set[str], weight: Mapping[str, float]) -> float:
    """The share of the wanted words that are held, by weight; 0 when nothing is wanted."""
    total = sum(weight[word] for word in wanted)
    return sum(weight[word] for word in wanted & held) / total if total else 0.0


def _rarity(held: Mapping[str, set[str]], words: frozenset[str]) -> dict[str, float]:
    """The logarithm of the inverse share of articles that hold a word; an unseen one counts as held once.

    As if of `SO_MANY` articles when there are fewer: in a library of one story alone a name that is in every article
    would weigh nothing.
    """
    frequency = Counter(word for one in held.values() for word in one)
    articles = max(SO_MANY, 1 + len(held))
    return {word: math.log(articles / max(1, frequency[word])) for word in words}
