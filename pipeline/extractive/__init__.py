"""The writer that needs no model: it answers with the sentences of the evidence that bear the answer, word for word.

    task → candidates (every evidence sentence)
         → tables (words and vectors of question and evidence) → features (each sentence against every part of the
           question) → scores (learned weights)
         → does it say what is asked, of the names and the time that are asked of? else a refusal that names the gap
         → ranking (of several passages: all that is measured, learned weights)
         → the best sentences, none repeating another, in reading order, each with its mark

The weights are learned by `eval/fit/extractive.py` and kept, with the figures reached, in `weights.json`; those of the
ranking by `eval/fit/ranking.py`, in `ranking.json`; those of the decision by `eval/fit/nearmiss.py`, in `refusal.json`.
"""

from pipeline.extractive.answerability import answerability
from pipeline.extractive.candidates import Candidate, candidates, is_dangling, without_dateline
from pipeline.extractive.refusing import absent
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
