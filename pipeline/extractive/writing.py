"""From a task to a draft: whole sentences of the evidence with their marks, or a line that says what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.embedding import Embeddings
from pipeline.extractive.candidates import candidates, marked
from pipeline.extractive.choosing import MARGIN_RANKED, by_date, choose, in_reading_order
from pipeline.extractive.deciding import doubts
from pipeline.extractive.features import Reading
from pipeline.extractive.ranking import ranked
from pipeline.extractive.referents import with_referent
from pipeline.extractive.refusing import absent, absent_name, is_beside_the_point, nearest, unspoken
from pipeline.extractive.support import Support
from pipeline.extractive.weights import score
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
    scores, reading = score(asked, pool, embeddings)
    beside = is_beside_the_point(reading)
    if beside and reading.in_one:
        return _nothing_on_it(reading, task)
    if reading.in_one and (missing := absent(asked, task.evidence) or unspoken(reading)):
        return f"{NO_ANSWER} {missing} {nearest(reading, scores)}"
    answered: list[int] = []
    gaps: dict[str, str] = {}
    support = None if reading.in_one else Support(reading)
    picked = choose(reading, scores)
    # Learned on what is first by these scores; which sentences to give is a finer matter.
    doubted = doubts(reading, scores, picked, support)
    if support:
        picked = choose(reading, ranked(support, scores), MARGIN_RANKED)
    for part, chosen, doubt in zip(asked.parts, picked, doubted, strict=True):
        # What refers back is answered by what comes next, in whatever words.
        if chosen and (doubt is None or (part.refers_back and answered)):
            answered.extend(chosen)
        else:
            gaps[part.text.rstrip("?. ")] = doubt or ""
    if not answered and beside:
        return _nothing_on_it(reading, task)
    if not answered:
        said = " ".join([NO_ANSWER, *dict.fromkeys(filter(None, gaps.values()))])
        nearby = nearest(reading, scores)
        # A sentence that contradicts the question need not be shown twice.
        return said if nearby.partition(": ")[2] in said else f"{said} {nearby}"
    ordered = by_date(answered, pool) if asked.versions else in_reading_order(answered, pool)
    missed = [f"{MISSING} “{part}”: {_lower(said or 'Nothing in the evidence says.')}" for part, said in gaps.items()]
    return "\n".join([_prose(ordered, reading), *missed])


def _nothing_on_it(reading: Reading, task: Task) -> str:
    return f"{NO_ANSWER} {absent_name(reading.asked, task.evidence) or unspoken(reading) or NOTHING_FOUND}"


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
