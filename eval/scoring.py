"""One case and what the system gave for it → its scores, and in words why it fell short.

A score is absent where it is not defined: a refused question has no citation precision, an unanswerable one no recall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.gold import Gold, Span
from eval.metrics.answer import accept_hit, exact_match, nugget_recall, rouge_l, said, token_f1
from eval.metrics.briefing import redundancy, share_disputes_real, share_disputes_shown, which_are_real
from eval.metrics.citation import citation_precision, citation_recall, share_cited, share_exact, share_supported
from eval.metrics.refusal import refusal_scores
from eval.metrics.retrieval import hit_at, hit_within, ndcg_at, nugget_recall_at, recall_at, reciprocal_rank
from eval.suite import Case, Conflict, Topic
from pipeline.types import Answer, Article, Briefing, Evidence, SectionKind, Statement

RETRIEVED = 20
"""How many passages are asked for when the ranking is measured."""

GROUPS: dict[str, tuple[str, ...]] = {
    "retrieval": (
        "hit@1",
        "hit@5",
        "hit@10",
        "hit@1000_tokens",
        "hit@2000_tokens",
        "recall@5",
        "recall@10",
        "recall@20",
        "evidence_nuggets@5",
        "evidence_nuggets@10",
        "mrr",
        "ndcg@10",
    ),
    "answers": ("accept", "exact_match", "token_f1", "rouge_l", "nuggets", "nuggets_vital"),
    "citations": (
        "citation_precision",
        "citation_recall",
        "quotes_exact",
        "statements_cited",
        "statements_supported",
    ),
    "follow-ups": ("typed_hit@5", "typed_accept"),
    "refusals": ("refusal_rate", "false_refusal_rate", "refusal_accuracy"),
    "briefings": (
        "facts",
        "facts_vital",
        "brief_quotes_exact",
        "brief_cited",
        "brief_supported",
        "redundancy",
        "disputes_shown",
        "disputes_real",
        "brief_refused",
    ),
}
"""Every score of a case by what it is about, in the order in which tables show them."""

LOWER_IS_BETTER = frozenset({"false_refusal_rate", "redundancy", "brief_refused", "failures"})

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A retrieved passage by place, the tokens it would take in a prompt, and which gold sentences it holds."""

    span: Span
    tokens: int
    gold: frozenset[int]


def rank(evidence: Sequence[Evidence], gold: Gold) -> tuple[Ranked, ...]:
    """The retrieved passages with the gold sentences in each."""
    ranked = []
    for found in evidence:
        span = Span(found.passage.article_id, found.passage.start, found.passage.end)
        held = frozenset(at for at, wanted in enumerate(gold.spans) if wanted.overlaps(span))
        ranked.append(Ranked(span, found.passage.tokens, held))
    return tuple(ranked)


def score_retrieval(ranking: Sequence[Ranked], gold: Gold) -> Scores:
    """The retrieval scores of an answerable case; none without gold sentences."""
    held = [passage.gold for passage in ranking]
    tokens = [passage.tokens for passage in ranking]
    count = len(gold.spans)
    return _defined(
        {
            **{f"hit@{k}": hit_at(held, count, k) for k in (1, 5, 10)},
            **{f"hit@{budget}_tokens": hit_within(held, tokens, count, budget) for budget in (1000, 2000)},
            **{f"recall@{k}": recall_at(held, count, k) for k in (5, 10, 20)},
            **{f"evidence_nuggets@{k}": nugget_recall_at(held, gold.nuggets, k) for k in (5, 10)},
            "mrr": reciprocal_rank(held, count),
            "ndcg@10": ndcg_at(held, count, 10),
        }
    )


def score_answer(case: Case, gold: Gold, answer: Answer, articles: Mapping[str, Article]) -> Scores:
    """Answer, citation and refusal scores. An answerable question that is refused scores 0 on its words."""
    scores: dict[str, float | None] = {
        "quotes_exact": share_exact(answer.statements, articles),
        "statements_cited": share_cited(answer.statements),
        "statements_supported": share_supported(answer.statements),
        **refusal_scores(case.answerable, answer.status == "refused"),
    }
    if case.answerable:
        text = spoken(answer.statements)
        citations = [citation for statement in answer.statements for citation in statement.citations]
        scores |= {
            "accept": accept_hit(text, case.accept),
            "exact_match": exact_match(text, case.accept),
            "token_f1": token_f1(text, case.answer),
            "rouge_l": rouge_l(text, case.answer),
            "nuggets": nugget_recall(text, case.nuggets),
            "nuggets_vital": nugget_recall(text, case.nuggets, vital_only=True),
            "citation_precision": citation_precision(citations, gold.spans),
            "citation_recall": citation_recall(citations, gold.spans, gold.nuggets),
        }
    return _defined(scores)


def score_as_typed(case: Case, gold: Gold, ranking: Sequence[Ranked], text: str) -> Scores:
    """What a follow-up scores when it is asked as it was typed: what resolving it gains is `hit@5` and `accept` less
    these."""
    hit = hit_at([passage.gold for passage in ranking], len(gold.spans), 5)
    return _defined({"typed_hit@5": hit, "typed_accept": accept_hit(text, case.accept)})


def score_briefing(
    topic: Topic, briefing: Briefing, articles: Mapping[str, Article], conflicts: Sequence[tuple[Conflict, Gold]] = ()
) -> Scores:
    """The scores of a briefing; a refused one holds no facts. `conflicts` are those of its story, if any are known."""
    statements = said_in(briefing)
    text = spoken(statements)
    nuggets = [fact.nugget for fact in topic.facts]
    disputed = _in_dispute(briefing)
    shown = [_versions_in(statement, conflicts) for statement in disputed]
    return _defined(
        {
            "facts": nugget_recall(text, nuggets),
            "facts_vital": nugget_recall(text, nuggets, vital_only=True),
            "brief_quotes_exact": share_exact(statements, articles),
            "brief_cited": share_cited(statements),
            "brief_supported": share_supported(statements),
            "redundancy": redundancy([statement.text for statement in said_in(briefing, without="disagreements")]),
            "disputes_shown": share_disputes_shown(shown, [each.id for each, _ in conflicts if each.disputed]),
            "disputes_real": share_disputes_real(shown) if conflicts else None,
            "brief_refused": float(briefing.status == "refused"),
        }
    )


def answer_shortfalls(case: Case, gold: Gold, ranking: Sequence[Ranked], answer: Answer, scores: Scores) -> list[str]:
    """Why an answer fell short, in words, the cause before the effect; empty when it did not."""
    return list(_answer_shortfalls(case, gold, ranking, answer, scores))


def briefing_shortfalls(
    topic: Topic, briefing: Briefing, scores: Scores, conflicts: Sequence[tuple[Conflict, Gold]] = ()
) -> list[str]:
    """Which vital facts and disputes a briefing misses, which it invents, and what is wrong with its citations."""
    if briefing.status == "refused":
        return ["refused: " + "; ".join(briefing.gaps)]
    said_there = spoken(said_in(briefing))
    missing = [
        f"misses: {fact.nugget.fact}" for fact in topic.facts if fact.nugget.vital and not said(said_there, fact.nugget)
    ]
    shown = [(statement.text, _versions_in(statement, conflicts)) for statement in _in_dispute(briefing)]
    for conflict, _ in conflicts:
        sides = {side for _, versions in shown for of, side in versions if of == conflict.id}
        if conflict.disputed and len(sides) < 2:
            missing.append(f"does not show that {conflict.about} is disputed")
    if conflicts:
        real = which_are_real([versions for _, versions in shown])
        missing += [f"shows as disputed: {text}" for (text, _), is_real in zip(shown, real, strict=True) if not is_real]
    if scores.get("brief_quotes_exact", 1.0) < 1.0:
        missing.append("a quote is not what stands in its article")
    return missing


def spoken(statements: Sequence[Statement]) -> str:
    """The text of the statements, as a reader reads them."""
    return " ".join(statement.text for statement in statements)


def said_in(briefing: Briefing, without: SectionKind | None = None) -> tuple[Statement, ...]:
    """The statements of every section but one."""
    return tuple(
        statement for section in briefing.sections if section.kind != without for statement in section.statements
    )


def _in_dispute(briefing: Briefing) -> tuple[Statement, ...]:
    return tuple(
        statement
        for section in briefing.sections
        if section.kind == "disagreements"
        for statement in section.statements
    )


def _versions_in(statement: Statement, conflicts: Sequence[tuple[Conflict, Gold]]) -> list[tuple[str, str]]:
    """The conflicts that a statement gives versions of, by what it cites, each with the side."""
    cited = [Span(each.article.id, each.start, each.end) for each in statement.citations]
    return sorted(
        {
            (conflict.id, version.side)
            for conflict, gold in conflicts
            for version, span in zip(conflict.versions, gold.spans, strict=True)
            if any(span.overlaps(place) for place in cited)
        }
    )


def _answer_shortfalls(
    case: Case, gold: Gold, ranking: Sequence[Ranked], answer: Answer, scores: Scores
) -> Iterator[str]:
    refused = answer.status == "refused"
    if scores.get("quotes_exact", 1.0) < 1.0:
        yield "a quote is not what stands in its article"
    if not case.answerable:
        if not refused:
            yield f"answered, but the library does not say ({case.unanswerable}): {case.why}"
        return
    if not any(passage.gold for passage in ranking[: len(answer.evidence)]):
        yield f"no supporting sentence among the {len(answer.evidence)} passages it was given"
    if refused:
        yield "refused: " + "; ".join(answer.gaps)
        return
    text = spoken(answer.statements)
    evidence = rank(answer.evidence, gold)
    given = frozenset(at for passage in evidence for at in passage.gold)
    for nugget, sentences in zip(case.nuggets, gold.nuggets, strict=True):
        if nugget.vital and not said(text, nugget):
            where = "its evidence has it" if sentences & given else "not in its evidence"
            yield f"misses: {nugget.fact} ({where})"
    if not scores["accept"]:
        yield f"holds none of the accepted answers: {', '.join(case.accept)}"


def _defined(scores: Mapping[str, float | None]) -> Scores:
    return {name: score for name, score in scores.items() if score is not None}
