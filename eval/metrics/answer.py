"""How close the words of an answer are to the reference."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from eval.matching import contains
from eval.suite import Nugget


def accept_hit(text: str, accept: Sequence[str]) -> float:
    """1 when the answer contains one of the accepted short forms ("answer recall" of RealTimeQA and of DPR's reader
    evaluation, Karpukhin et al., EMNLP 2020)."""
    return float(any(contains(text, form) for form in accept))


def exact_match(text: str, accept: Sequence[str]) -> float:
    """1 when the answer is one of the accepted forms after SQuAD's normalisation (Rajpurkar et al., EMNLP 2016)."""
    return float(squad_words(text) in [squad_words(form) for form in accept])


def token_f1(text: str, reference: str) -> float:
    """F1 over the bag of words after SQuAD's normalisation (Rajpurkar et al., EMNLP 2016)."""
    said, wanted = Counter(squad_words(text)), Counter(squad_words(reference))
    shared = (said & wanted).total()
    return 2 * shared / (said.total() + wanted.total()) if shared else 0.0


def rouge_l(text: str, reference: str) -> float:
    """ROUGE-L F1 over Porter stems (Lin, ACL workshop 2004), by Google's rouge_score."""
    return float(_rouge_scorer().score(reference, text)["rougeL"].fmeasure)


def nugget_recall(text: str, nuggets: Sequence[Nugget], *, vital_only: bool = False) -> float | None:
    """Share of the nuggets, or of the vital ones, that the text says literally: `all_strict` and `vital_strict` of the
    TREC 2024 RAG track (Pradeep et al., arXiv 2411.09607); a literal match knows no partial support."""
    wanted = [nugget for nugget in nuggets if nugget.vital or not vital_only]
    return sum(1 for nugget in wanted if said(text, nugget)) / len(wanted) if wanted else None


def said(text: str, nugget: Nugget) -> bool:
    """Whether a text says a nugget in any of its forms."""
    return any(contains(text, form) for form in nugget.any)


def squad_words(text: str) -> list[str]:
    """Lower case, no punctuation, no articles, split at white space: `normalize_answer` of SQuAD's scorer."""
    kept = "".join(character for character in text.lower() if character not in _PUNCTUATION)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


# SQuAD's set, and the curly forms that news copy has.
_PUNCTUATION = frozenset(string.punctuation + "‘’“”–—")


@lru_cache(maxsize=1)
def _rouge_scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer
    from rouge_score.tokenizers import DefaultTokenizer

    # Its default tokenizer, named: left to itself it logs a line about choosing it.
    return RougeScorer(["rougeL"], tokenizer=DefaultTokenizer(use_stemmer=True))
