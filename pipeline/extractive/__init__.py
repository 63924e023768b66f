"""The writer that needs no model: it answers with the sentences of the evidence that bear the answer, word for word.

    task → candidates (every evidence sentence)
         → features (each measured against every part of the question) → scores (learned weights)
         → is there an answer at all? else a refusal that names what is missing
         → the best sentences, none repeating another, in reading order, each with its mark

The weights are learned by `eval/fit/extractive.py` and kept, with the figures reached, in `weights.json`.
"""

from pipeline.extractive.candidates import Candidate, candidates, is_dangling, without_dateline
from pipeline.extractive.refusing import absent, answerability
from pipeline.extractive.weights import score
from pipeline.extractive.writing import extractive_writer, write_answer

__all__ = [
    "Candidate",
    "absent",
    "answerability",
    "candidates",
    "extractive_writer",
    "is_dangling",
    "score",
    "without_dateline",
    "write_answer",
]
