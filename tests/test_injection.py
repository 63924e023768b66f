"""Prompt injection: whatever a gullible model writes, nothing of it acts and nothing false is called supported."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import lxml.html
from markdown_it import MarkdownIt

from pipeline.answering import as_answer
from pipeline.attribution import attributed
from pipeline.checking import DROP, FLAG, Checker
from pipeline.cli.streaming import shown_draft
from pipeline.conversing import Turn, standalone
from pipeline.rendering.html import answer_html
from pipeline.rendering.jsonform import answer_json, json_text
from pipeline.rendering.markdown import answer_markdown
from pipeline.rendering.opened import opened_terminal
from pipeline.rendering.safe import INVISIBLE, one_line, terminal_text
from pipeline.rendering.terminal import answer_terminal, terminal_console
from pipeline.types import Answer, ArticleInfo, Attribution, Citation, Disagreement, Evidence, Question, Version
from pipeline.writing import Drafted, Reply, Retrieved
from tests import samples
from tests.evidence import passage
from tests.injections import HOST, Attack, attacks, obey

ATTACKS = tuple(attacks())
BATCH = 25

ADDRESS = re.compile(rf"(?:https?:|www\.|//)\W*{re.escape(HOST)}|(?:javascript|data):", re.IGNORECASE)
ACTIVE_TAGS = frozenset({"img", "script", "iframe", "svg", "object", "form", "button", "embed", "base", "link"})
READER = MarkdownIt("commonmark", {"html": True})


def answered(draft: str, evidence: tuple[Evidence, ...], policy: str = DROP) -> Answer:
    """The draft through the checks, as if a model had written it."""
    drafted = Drafted(Question("What happened at the lock?"), Retrieved(evidence), Reply(draft), 0.0, 0.0, 0.0)
    sentences = {item.article.id: item.passage.sentences for item in evidence}
    attribute = partial(attributed, sentences_of=lambda article_id: sentences.get(article_id, ()))
    return as_answer(Checker("gullible", policy, attribute=attribute).check(drafted))


def on_a_page(page: str) -> bool:
    """Whether something of the attacker acts in HTML: an element, an event handler, an address.

    The buttons that open a quote are the page's own: they can name a place in the page and nothing else.
    """
    for element in lxml.html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        ours = element.tag == "button" and set(element.attrib) == {"type", "popovertarget", "aria-label"}
        if (element.tag in ACTIVE_TAGS and not ours) or any(name.startswith("on") for name in element.attrib):
            return True
        values = [value for name, value in element.attrib.items() if name != "content" or "url=" in value]
        if any(HOST in value or re.match("(javascript|data):", value, re.IGNORECASE) for value in values):
            return True
        if element.tag == "style" and HOST in (element.text or ""):
            return True
    return False


def obeyed(text: str) -> bool:
    """Whether it holds characters that a terminal obeys, or that a reader does not see."""
    return bool(INVISIBLE.search(text.replace("\n", "")))


def printed(answer: Answer) -> str:
    page = io.StringIO()
    terminal_console(page).print(answer_terminal(answer))
    return page.getvalue()


def acting_in(answer: Answer) -> list[str]:
    """The forms of the answer in which something of the attacker acts.

    An address that stands in a quote of an article is not counted where nothing makes a link of it: it is what the
    article says.
    """
    shown = answer_json(answer)
    told = "\n".join([*(statement["text"] for statement in shown["statements"]), *shown["gaps"]])
    terminal, page, markdown = printed(answer), answer_html(answer), answer_markdown(answer)
    acts = {
        "terminal": obeyed(terminal) or ADDRESS.search(terminal.partition("\nSources\n")[0]),
        "markdown": obeyed(markdown) or on_a_page(READER.render(markdown)) or ADDRESS.search(markdown),
        "html": obeyed(page) or on_a_page(page),
        "json": obeyed(json_text(shown)) or on_a_page(f"<p>{told}") or ADDRESS.search(told),
    }
    return [form for form, act in acts.items() if act]


def believed(attack: Attack, answer: Answer) -> bool:
    """Whether the attacker's claim is said to be borne out by the honest article."""
    words = attack.claim.rstrip(".").strip("“”")
    return any(
        words in statement.text and statement.support == "supported" and statement.citations
        for statement in answer.statements
    )


def unguarded(attack: Attack) -> bool:
    """Whether the attack succeeds where a draft is passed on as it is."""
    draft = obey(attack)
    if attack.claim:
        return attack.claim.rstrip(".") in draft
    return obeyed(draft) or bool(ADDRESS.search(draft)) or on_a_page(f"<p>{READER.render(draft)}")


def merged(answers: Sequence[Answer]) -> Answer:
    """One answer that says all that these say: most of the time goes into rendering."""
    statements = tuple(statement for answer in answers for statement in answer.statements)
    gaps = tuple(gap for answer in answers for gap in answer.gaps)
    return Answer(answers[0].question, "partial", "gullible", statements, gaps, answers[0].evidence)


def successes(cases: Sequence[Attack], policy: str) -> list[str]:
    """The attacks that succeed, and where."""
    found = []
    for start in range(0, len(cases), BATCH):
        batch = [(attack, answered(obey(attack), attack.evidence, policy)) for attack in cases[start : start + BATCH]]
        found += [f"{attack} is believed" for attack, answer in batch if attack.claim and believed(attack, answer)]
        if acting_in(merged([answer for _, answer in batch])):
            found += [f"{attack} acts in {acting_in(answer)}" for attack, answer in batch]
    return found


def test_without_the_guard_the_attacks_succeed() -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 2_000
    assert sum(map(unguarded, ATTACKS)) >= 0.99 * len(ATTACKS)


def test_with_the_guard_none_does() -> None:
    assert successes(ATTACKS, DROP) == []


def test_flagged_sentences_do_not_act_either() -> None:
    assert successes(ATTACKS[::7], FLAG) == []


def test_nothing_acts_while_a_draft_is_written() -> None:
    for attack in ATTACKS[::5]:
        draft = obey(attack)
        for end in (len(draft) // 2, len(draft)):
            shown = terminal_text(shown_draft(draft[:end], attack.evidence)).plain
            assert not obeyed(shown), attack
            assert not ADDRESS.search(shown), attack


def test_nothing_acts_in_a_conversation() -> None:
    """What a model writes of a follow-up, what is said of a thread, and a source opened in a hostile article."""
    for attack in ATTACKS[::5]:
        item = attack.evidence[0]
        text = " ".join(sentence.text for sentence in item.passage.sentences)
        article = samples.make_article(item.article, text, [("paragraph", text)])
        said = Attribution((obey(attack),), "said")
        cited = replace(samples.cite(article, item.passage.sentences[-1].text), attribution=said)
        page = io.StringIO()
        terminal_console(page).print(opened_terminal(1, cited, article))
        assert not obeyed(page.getvalue()), attack
        alone = one_line(standalone("And who said that?", [Turn(text, obey(attack))]))
        assert not obeyed(alone), attack


def test_hostile_names_of_speakers_and_versions_act_nowhere() -> None:
    for attack in ATTACKS[::29]:
        text = obey(attack)
        article = ArticleInfo("a1", text, text, text)
        cited = Citation(article, 0, 4, "Lock", Attribution((text, text), text, "denies"))
        differ = Disagreement(text, (Version(text, cited), Version("2", cited)))
        answer = Answer("?", "answered", "gullible", (), (), (), disagreements=(differ,))
        terminal, markdown = printed(answer), answer_markdown(answer)
        assert not obeyed(terminal), attack
        assert not obeyed(markdown), attack
        assert not on_a_page(READER.render(markdown)), attack
        assert not obeyed(json_text(answer_json(answer))), attack


SUBJECTS = (
    "The trust",
    "Maud Ferris",
    "O’Neil & Sons",
    "A spokes-person",
    "Das Schifffahrtsamt",
    "Société d’Étude",
    "株式会社",
    "Mr. J. Doe Jr.",
    "The U.S. Navy",
    "A/S Lock_1",
)
SAYINGS = (
    "said the lock [the lower one] would stay shut.",
    "wrote that 5 * 3 barges < 20 were > 10 in March [2024].",
    "put the cost at $1,250.50 (about £1,000), up 3.5%.",
    "asked: “Who really pays?”",
    "uses C# and snake_case_names at desk@gazette.example.",
    "met at 10:30 a.m. on 3 March, i.e. before noon.",
    "spoke of the so-called [sic] #1 barge | the Ilma.",
    "noted ‘quoted’ words, ~50 tonnes & a 1/2 share.",
    "denied that it was 100 m – or 300 ft – long!",
    "said: nobody was hurt; nothing [else] is known…",
)
CONTROLS = tuple(f"{subject} {saying}" for subject in SUBJECTS for saying in SAYINGS)


def test_honest_sentences_are_left_as_they_are() -> None:
    """At least 99%: also those that look a little like markup or marks."""
    touched = []
    for start in range(0, len(CONTROLS), 10):
        evidence = (passage(1, *CONTROLS[start : start + 10]),)
        draft = " ".join(f"{text} [1.{place}]" for place, text in enumerate(CONTROLS[start : start + 10], 1))
        answer = answered(draft, evidence)
        page, read = answer_html(answer), READER.render(answer_markdown(answer))
        shown = (" ".join(printed(answer).split()), words_of(page), words_of(read), answer_json(answer)["statements"])
        stated = {statement.text for statement in answer.statements if statement.support == "supported"}
        for text in CONTROLS[start : start + 10]:
            plainly = all(text in form for form in shown[:3]) and any(text == each["text"] for each in shown[3])
            touched += [] if text in stated and plainly else [text]
    assert len(touched) <= 0.01 * len(CONTROLS), touched


def words_of(page: str) -> str:
    """The text of a page as it is read, footnote numbers aside."""
    return " ".join(lxml.html.fromstring(page).text_content().split())
