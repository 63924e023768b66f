"""Who says it: for each sentence of an article its own voice, a speaker, or a chain of those who passed the words on.

frames    whose word one sentence gives            articles   who "she" is, and quotations of several sentences
speakers  how a speaker is named in the article    keeping    the speaker kept in what an answer says
verbs     the words by which a text reports

Pure and deterministic; English reporting verbs.
"""

from __future__ import annotations

from pipeline.attribution.articles import Said, read_article
from pipeline.attribution.keeping import SentencesOf, attributed

__all__ = ["Said", "SentencesOf", "attributed", "read_article"]
