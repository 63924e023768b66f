"""Which language a text is in, by py3langid (a naive Bayes model over byte n-grams, Lui and Baldwin, ACL 2012)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The languages in which most of the world's news is written; of all 97 that the model knows, rare ones win short texts.
_NEWS_LANGUAGES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id"),
    *("it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta", "te"),
    *("th", "tl", "tr", "uk", "ur", "vi", "zh"),
)
# Enough to be sure of; all of a long article would take as long as cutting it into sentences.
_SAMPLE = 800
_FEWEST_LETTERS = 12
# On single sentences of ten languages, wrong guesses stay under this probability and right ones hardly ever do.
_SURE = 0.6

_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]+)?")


def detect(text: str) -> str:
    """The ISO 639-1 code of the language that the start of a text is in; empty when none is clear."""
    sample = text[:_SAMPLE]
    if len(_LETTER.findall(sample)) < _FEWEST_LETTERS:
        return ""
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else ""


def named(tag: str) -> str:
    """The code in a language tag as pages and feeds give it ("en-GB", "de_DE"); empty when it is no tag."""
    match = _TAG.fullmatch(tag.strip())
    return match[1].lower() if match else ""


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_NEWS_LANGUAGES)
    return identifier
