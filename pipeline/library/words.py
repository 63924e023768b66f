"""Full text: BM25 by tantivy over title, heading and text, asked in plain language.

A question never reaches a query parser. It is cut into words by the analyzer that indexed the passages, its stop words
are dropped, and the rest are joined by OR; quoted phrases, and neighbouring characters of scripts without spaces, count
extra where they stand together. So nothing that anyone types can be a syntax error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, TypeAlias

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from pipeline.library.projection import Entry, Hit

WORDS_LAYOUT = "words 1"

# What a match in each field is worth. With 0.7 for the title, RealTimeQA 2023 has an answering passage among the first
# 4 for .60 of the questions, among 10 for .70. A heading stands above its passage as the title does above the article.
_FIELDS = {"text": 1.0, "title": 0.7, "heading": 0.7}

# A quoted phrase found word for word counts this many times as much again as its words do on their own.
_PHRASE_BOOST = 2.0

# Past this many different words the rarest are used: 200 words over 20,000 passages take 3 ms, 10,000 take 213 ms.
_MAX_TERMS = 256
_MAX_PHRASES = 64
_MAX_QUERY_CHARACTERS = 100_000

# Filters that leave less than this share of the passages are given to tantivy as a set of ids (5 ms for 10,000 of
# them); wider ones are applied to its ranking, which is read on until there are enough.
_SET_SHARE = 0.1

_HEAP_BYTES = 128_000_000
# One thread indexes 8,000 passages of 130 words a second, two 16,000.
_THREADS = 2

# Scripts that write no spaces: each character is a word of its own, so that any part of a run can be found.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# A number keeps its separators ("1,200.5" is one word); letters and digits stay together ("10th").
_WORD = rf"[{_UNSPACED}]|\p{{N}}+(?:[.,]\p{{N}}+)+|[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]+"
_UNSPACED_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}"
)
_QUOTED = re.compile('["“”„«»]([^"“”„«»]{3,200})["“”«»]')

# Soft hyphens, zero-width and direction marks: they are in the text of an article, but in no word.
_INVISIBLE = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])

# Function and question words of English. Not "us", which is a country in a headline written without points.
_FUNCTION_WORDS = """
    a about after all also am an and any are as at be because been before being between both but by can could
    did do does doing down during each few for from further had has have having he her here hers him his how i
    if in into is it its itself just me more most my no nor not now of off on once only or other our out over
    own s same she should so some such t than that the their them then there these they this those through to
    too under until up very was we were what when where which while who whom whose why will with would you your
"""
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())

Ids: TypeAlias = Collection[int]


class WordIndex:
    """A tantivy index of passages, in a folder, or in memory when there is none."""

    survives_kill: ClassVar[bool] = True
    restless_files: ClassVar[frozenset[str]] = frozenset()
    needs_text: ClassVar[bool] = True

    def __init__(self, folder: Path | None, expected: int = 0) -> None:
        builder = tantivy.SchemaBuilder()
        # Not add_unsigned_field: a Python int does not fit it, and the writer dies with a misleading error.
        builder.add_integer_field("id", indexed=True, fast=True)
        for field in _FIELDS:
            builder.add_text_field(field, tokenizer_name="news")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema) if folder is None else tantivy.Index(self._schema, str(folder))
        self._index.config_reader("manual")
        self._index.register_tokenizer("news", self._analyzer)
        self._searcher = self._index.searcher()

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in, and commit. What is added replaces what had its id."""
        writer = self._index.writer(_HEAP_BYTES, _THREADS)
        try:
            for passage_id in {*removed, *(entry.id for entry in added)}:
                writer.delete_documents_by_term("id", passage_id)
            for entry in added:
                document = tantivy.Document()
                document.add_integer("id", entry.id)
                document.add_text("text", _plain(entry.text))
                document.add_text("title", _plain(entry.title))
                document.add_text("heading", _plain(entry.heading))
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int, allowed: Ids | None = None) -> tuple[Hit, ...]:
        """The best `limit` passages (of `allowed`, when given), best first, equal scores by id. Any text is a query."""
        parsed = self._parse(query)
        if parsed is None or limit < 1 or not self._searcher.num_docs:
            return ()
        if allowed is not None and len(allowed) < _SET_SHARE * self._searcher.num_docs:
            ids = Query.term_set_query(self._schema, "id", list(allowed))
            parsed = Query.boolean_query([(Occur.Must, parsed), (Occur.Must, Query.const_score_query(ids, 0.0))])
            allowed = None
        return self._best(parsed, limit, None if allowed is None else frozenset(allowed).__contains__)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many passages have each of these words in their text, under the stem that it is found by."""
        stems = {word: self._analyzer.analyze(_plain(word)) for word in words}
        return {
            word: min((int(self._searcher.doc_freq("text", term)) for term in terms), default=0)
            for word, terms in stems.items()
        }

    def vocabulary(self, beginnings: Sequence[str]) -> list[str]:
        """The words of the texts, as stems, that begin in one of these ways."""
        found = (self._searcher.terms_with_prefix("text", beginning) for beginning in beginnings)
        return [term for terms in found for term, _ in terms]

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> frozenset[int]:
        if not self.count():
            return frozenset()
        hits = self._searcher.search(Query.all_query(), self.count(), count=False).hits
        return frozenset(self._ids_of([address for _, address in hits]))

    def close(self) -> None:
        """Nothing to let go of: tantivy closes its files when the index is collected."""

    @staticmethod
    def discard(folder: Path) -> None:
        """Nothing of a generation lies anywhere but in its folder."""

    @cached_property
    def _analyzer(self) -> TextAnalyzer:
        return _analyzer(stemmed=True)

    @cached_property
    def _splitter(self) -> TextAnalyzer:
        return _analyzer(stemmed=False)

    def _best(self, query: Query, limit: int, allowed: Callable[[int], bool] | None) -> tuple[Hit, ...]:
        """Read the ranking on until `limit` hits are allowed and the last score's ties are all in."""
        reach = limit + 16
        while True:
            found = self._searcher.search(query, reach, count=False).hits
            ids = self._ids_of([address for _, address in found])
            hits = [Hit(i, score) for i, (score, _) in zip(ids, found, strict=True) if allowed is None or allowed(i)]
            closed = len(hits) >= limit and found[-1][0] < hits[limit - 1].score
            if closed or len(found) < reach:
                return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit])
            reach *= 4

    def _ids_of(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(value) for value in self._searcher.fast_field_values("id", addresses) if value is not None]

    def _parse(self, query: str) -> Query | None:
        text = _plain(query[:_MAX_QUERY_CHARACTERS])
        terms = self._terms(text)
        if not terms:
            return None
        clauses = [
            Query.boost_query(Query.term_query(self._schema, field, term), weight)
            for term in terms
            for field, weight in _FIELDS.items()
        ]
        clauses += [
            Query.boost_query(Query.phrase_query(self._schema, field, list(phrase)), _PHRASE_BOOST * weight)
            for phrase in self._phrases(text)
            for field, weight in _FIELDS.items()
        ]
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses])

    def _terms(self, text: str) -> list[str]:
        """The different words of a question as they stand in the index, without stop words unless they are all."""
        words = self._splitter.analyze(text)
        shouting = text.isupper()
        telling = [word for word in words if word.lower() not in _STOP_WORDS or _is_acronym(word, shouting)]
        terms = list(dict.fromkeys(term for word in telling or words for term in self._analyzer.analyze(word)))
        if len(terms) <= _MAX_TERMS:
            return terms
        return sorted(terms, key=lambda term: self._searcher.doc_freq("text", term) or self.count())[:_MAX_TERMS]

    def _phrases(self, text: str) -> list[tuple[str, ...]]:
        quoted = [tuple(self._analyzer.analyze(phrase)) for phrase in _QUOTED.findall(text)]
        runs = [self._analyzer.analyze(run) for run in _UNSPACED_RUN.findall(text)]
        pairs = [pair for run in runs for pair in pairwise(run)]
        return list(dict.fromkeys(phrase for phrase in (*quoted, *pairs) if len(phrase) > 1))[:_MAX_PHRASES]


def _analyzer(*, stemmed: bool) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(_WORD)).filter(Filter.remove_long(80))
    if not stemmed:
        return builder.build()
    builder = builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    return builder.filter(Filter.stemmer("english")).build()


def _is_acronym(word: str, shouting: bool) -> bool:
    """WHO and IT are not who and it, unless everything is in capitals."""
    return not shouting and len(word) > 1 and word.isupper()


def _plain(text: str) -> str:
    """Text in one form for all ways to write the same: composed, full width as half width, nothing invisible."""
    if text.isascii():
        return text
    whole = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text, and tantivy refuses it
    return unicodedata.normalize("NFKC", whole.translate(_INVISIBLE))
