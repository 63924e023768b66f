"""The speaker kept in what an answer says: who says each citation, named in the statement where its sentence does not.

A sentence within a quotation, or after a "she said", does not name its speaker; an answer made of it must. The speaker
is put in where grounding bears that out, and missing is a finding in a statement that says the thing as a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import regex

from pipeline.attribution.articles import Said, read_article
from pipeline.attribution.frames import hidden, voices
from pipeline.attribution.speakers import UNNAMED
from pipeline.grounding import CitedSentence, check_statement
from pipeline.grounding.reporting import PRONOUNS
from pipeline.grounding.words import fold, plain, read
from pipeline.types import ArticleInfo, Citation, Sentence, Statement

SentencesOf: TypeAlias = Callable[[str], Sequence[Sentence]]
"""All sentences of an article, by its id, in order; none when there is no such article."""

_QUOTES = "“”\"'‘’"
_PRONOUN = regex.compile(r"(?<![\p{L}’'])(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b(?! \[)")


@dataclass(frozen=True, slots=True)
class _Place:
    """A cited sentence in its article, with who says it."""

    article: ArticleInfo
    sentences: Sequence[Sentence]
    said: Sequence[Said]
    at: int

    def cite(self, at: int) -> Citation:
        sentence = self.sentences[at]
        return Citation(self.article, sentence.start, sentence.end, sentence.text, self.said[at].attribution)

    def cited_sentence(self, at: int) -> CitedSentence:
        before = " ".join(sentence.text for sentence in self.sentences[max(0, at - 3) : at])
        context = f"{self.article.title}\n{before} {self.sentences[at].text}"
        return CitedSentence(self.sentences[at].text, before, context, self.article.title)


def attributed(statement: Statement, sentences_of: SentencesOf) -> Statement:
    """The statement with who says each of its citations, and with the speaker in its text where it must be.

    A statement that is borne out but gives as a fact what another sentence ascribes to somebody becomes weak.
    """
    places = [_place(citation, sentences_of) for citation in statement.citations]
    citations = tuple(
        citation if place is None else replace(citation, attribution=place.said[place.at].attribution)
        for citation, place in zip(statement.citations, places, strict=True)
    )
    statement = replace(statement, citations=citations)
    known = [place for place in places if place is not None]
    if statement.support != "supported" or len(known) != len(places) or not known:
        return statement
    carried = [place for place in known if place.said[place.at].named_in]
    if len(carried) < len(known):
        return statement
    place = carried[0]
    said = place.said[place.at]
    speaker = said.attribution.chain[0].partition(",")[0]
    if speaker == UNNAMED or fold(speaker) in PRONOUNS:
        return statement
    if fold(speaker.rsplit(" ", 1)[-1]) in fold(statement.text) or "[" in statement.text:
        return statement
    if plain(statement.text) == plain(place.sentences[place.at].text):
        return _with_speaker(statement, place, speaker)
    own = voices(place.sentences[place.at].text)
    if own or voices(statement.text) or any(token.lower in PRONOUNS for token in read(statement.text)):
        return statement
    verb = said.attribution.verb
    finding = f"the attribution is dropped: {speaker} says it (“{verb}”)"
    return replace(statement, support="weak", findings=(*statement.findings, finding))


def _with_speaker(statement: Statement, place: _Place, speaker: str) -> Statement:
    """The copied sentence with its speaker, and the sentence that names the speaker cited too; as it is if unsound."""
    named = place.said[place.at].named_in[0]
    text = _naming(statement.text, speaker, place.at > named)
    sources = [place.cited_sentence(at) for at in sorted({place.at, named})]
    support, _ = check_statement(text, sources)
    if support != "supported":
        return statement
    citations = (*statement.citations, place.cite(named)) if named != place.at else statement.citations
    return replace(statement, text=text, citations=tuple(dict.fromkeys(citations)))


def _naming(text: str, speaker: str, within: bool) -> str:
    """ "She [Ida Korr] said …"; “…” (according to Ida Korr) for what is nothing but quoted words."""
    found = voices(text)
    if found:
        for match in _PRONOUN.finditer(text):
            if fold(match.group()) == fold(found[0].words) and not _within_quotation(text[: match.start()]):
                return f"{text[: match.end()]} [{speaker}]{text[match.end() :]}"
        return text
    inside = hidden(plain(text), False)
    bare = text.strip(f"{_QUOTES} ").rstrip(".!")
    whole = bool(inside) or within
    return f"“{bare}” (according to {speaker})." if whole else text


def _within_quotation(before: str) -> bool:
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _place(citation: Citation, sentences_of: SentencesOf) -> _Place | None:
    sentences = tuple(sentences_of(citation.article.id))
    at = next((at for at, sentence in enumerate(sentences) if sentence.start == citation.start), None)
    if at is None:
        return None
    said = read_article(tuple(sentence.text for sentence in sentences), citation.article.source)
    return _Place(citation.article, sentences, said, at)
