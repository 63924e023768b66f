"""From a task to a draft: whole sentences of the evidence with their marks, or a line that says what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.embedding import Embeddings
from pipeline.extractive.answerability import odds
from pipeline.extractive.candidates import candidates, marked
from pipeline.extractive.choosing import by_date, choose, in_reading_order
from pipeline.extractive.features import Reading
from pipeline.extractive.referents import with_referent
from pipeline.extractive.refusing import absent, gap, is_beside_the_point, nearest, unconnected, unspoken
from pipeline.extractive.weights import load_weights, score
from pipeline.questions import read_question
from pipeline.writing import MISSING, NO_ANSWER, NOTHING_FOUND, Reply, Task, Writer

NOTHING_ASKED = "The question has no word that says what it is about."


def extractive_writer(embeddings: Embeddings) -> Writer:
    """A writer of answers: `Task → Reply`, always the same for the same task."""
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(lambda task: Reply(write_answer(task, embeddings)), name="extractive writer")


def write_answer(task: Task, embeddings: Embeddings) -> str:
    """A draft made of whole evidence sentences, or a line that refuses and names what is missing."""
    asked = read_question(task.about)
    if not asked.terms:
        return f"{NO_ANSWER} {NOTHING_ASKED}"
    pool = candidates(task.evidence)
    if not pool:
        return f"{NO_ANSWER} {NOTHING_FOUND}"
    weights = load_weights()
    scores, reading = score(asked, pool, embeddings)
    missing = absent(asked, task.evidence) or unspoken(reading) or unconnected(reading)
    if is_beside_the_point(reading):
        return f"{NO_ANSWER} {missing or NOTHING_FOUND}"
    if missing:
        return f"{NO_ANSWER} {missing} {nearest(reading, scores)}"
    answered: list[int] = []
    gaps: dict[str, str] = {}
    chances = odds(reading, scores, weights.answerable)
    for number, (part, chosen) in enumerate(zip(asked.parts, choose(reading, scores), strict=True)):
        missing = gap(reading, number, chosen)
        # What refers back is answered by what comes next, in whatever words.
        unlikely = chances[number] < weights.least_odds(reading) and not (part.refers_back and answered)
        if missing or unlikely or not chosen:
            gaps[part.text.rstrip("?. ")] = missing
        else:
            answered.extend(chosen)
    if not answered:
        return " ".join([NO_ANSWER, *dict.fromkeys(filter(None, gaps.values())), nearest(reading, scores)])
    ordered = by_date(answered, pool) if asked.versions else in_reading_order(answered, pool)
    missed = [f"{MISSING} “{part}”: {_lower(said or 'Nothing in the evidence says.')}" for part, said in gaps.items()]
    return "\n".join([_prose(ordered, reading), *missed])


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _prose(ordered: Sequence[int], reading: Reading) -> str:
    """The sentences with their marks; one that opens with a pronoun gets its referent unless it follows right after."""
    written = []
    for place, index in enumerate(ordered):
        item = reading.pool[index]
        follows = place > 0 and ordered[place - 1] == index - 1
        before = () if follows else item.evidence.passage.sentences[: item.position - 1]
        written.append(marked(with_referent(item.sentence, before), item.mark))
    return " ".join(written)
