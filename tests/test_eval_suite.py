from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import pytest

from eval.evaluate import BUNDLED_SUITE, INJECTED_SUITE, check
from eval.gold import Edition, Span, find_gold, locate, quotable
from eval.loading import load_suite
from eval.newsuite import start_suite
from eval.suite import Kind, Nugget, UnsoundSuite
from pipeline.errors import InputError, SuiteError, UsageError
from pipeline.types import Article, ArticleInfo, Block, Filters, LeftOut
from tests.eval_samples import ARTICLES, CASES, TOLL, article, write_suite


def test_load(tmp_path: Path) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    first, second = suite.cases
    assert (suite.name, first.id, first.kind, first.accept) == ("sample", "q1", "single", ("41 crowns",))
    assert [nugget.vital for nugget in first.nuggets] == [True, False]
    assert (second.answerable, second.unanswerable) == (False, "absent relation")
    assert [fact.nugget.fact for fact in suite.topics[0].facts] == ["41 crowns", "denied"]


def test_filters_of_a_question(tmp_path: Path) -> None:
    dated = CASES.replace('kind = "single"', 'kind = "temporal"\nas_of = 2026-03-01\nsources = ["The Post"]')
    case = load_suite(write_suite(tmp_path / "suite", dated)).cases[0]
    assert case.filters == Filters(as_of=case.filters.as_of, sources=("The Post",))
    assert str(case.filters.as_of) == "2026-03-01"


def test_digest_pins_articles_and_cases(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    digest = load_suite(folder).digest
    assert digest == load_suite(write_suite(tmp_path / "copy")).digest
    (folder / "floors.toml").write_text("[extractive]\n")
    assert digest == load_suite(folder).digest
    (folder / "articles" / "bridge.txt").write_text("changed")
    assert digest != load_suite(folder).digest


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "q2"', 'id = "q1"', "'q1': the id is used 2 times"),
        ('id = "t1"', 'id = "q1"', "'q1': the id is used 2 times"),
        ('kind = "single"', 'kind = "riddle"', "bridge.toml:3 'q1': kind: Input should be 'single'"),
        ("accept = ", "acept = ", "'q1': acept is not a field; did you mean accept?"),
        ('question = "What does', 'qestion = "What does', "bridge.toml:3 'q1': question is missing"),
        ('question = "What does', 'question = "" # ', "bridge.toml:3 'q1': question is empty"),
        ("[[topic]]", "[[topik]]", "bridge.toml: topik is not a field; did you mean topic?"),
        ('answer = "The toll is 41 crowns."', 'answer = "It is 39."', "and what it accepts contradict each other"),
        ('"Who built', '"What does crossing the bridge cost?" # ', "the same question is asked by another case"),
        ('accept = ["41 crowns"]', 'accept = ["41 francs"]', "contains the accepted answer '41 francs'"),
        ('accept = ["41 crowns"]', "accept = []", "needs answer, accept and support; it has no accept"),
        ('any = ["Monday"]', 'any = ["Tuesday"]', "contains the nugget 'since Monday' in any of its forms"),
        ('any = ["denied"]', 'any = ["admitted"]', "the sentence of the fact 'denied' contains none of its forms"),
        ('kind = "single"', 'kind = "followup"', "'q1': a follow-up needs `after`"),
        ('kind = "single"', 'kind = "single"\nafter = [""]', "'q1': after 1 is empty"),
        ("wire.jsonl:2", "wire.jsonl:1", "there is no article 'wire.jsonl:1'"),
        ("wire.jsonl:2", "wire.jsonl:9", "there is no article 'wire.jsonl:9'"),
        ('"bridge.txt"', '"brigde.txt"', "there is no article 'brigde.txt'; did you mean 'bridge.txt'?"),
        ('why = "Nobody', 'accept = ["x"]\nwhy = "Nobody', "unanswerable and has a reference answer"),
        ('unanswerable = "absent relation"\n', "", "needs `unanswerable`"),
        ("[[topic]]", "[[topic", "not well-formed TOML"),
    ],
)
def test_problems_are_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in CASES
    with pytest.raises(SuiteError) as raised:
        load_suite(write_suite(tmp_path / "suite", CASES.replace(old, new)))
    assert problem in str(raised.value)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    broken = CASES.replace('accept = ["41 crowns"]', 'accept = ["x"]').replace('any = ["denied"]', 'any = ["9"]')
    with pytest.raises(UnsoundSuite, match="2 problems") as raised:
        load_suite(write_suite(tmp_path / "suite", broken))
    assert [problem[:19] for problem in raised.value.problems] == ["bridge.toml:3 'q1':", "bridge.toml:30 't1'"]


def test_not_a_suite_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="is not a suite"):
        load_suite(tmp_path)
    with pytest.raises(SuiteError, match="no questions and no topics yet"):
        load_suite(write_suite(tmp_path / "suite", "# nothing\n"))


def editions(
    folder: Path, names: Sequence[str] = tuple(ARTICLES), refused: Mapping[str, str] = MappingProxyType({})
) -> list[Edition]:
    return [Edition(None, {name: article(name, folder)[1] for name in names}, refused)]


def test_gold_is_found_in_what_was_taken_in(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    gold = find_gold(load_suite(folder), editions(folder))
    assert gold["q1"].spans == (Span("bridge.txt", 0, len(TOLL)), Span("wire.jsonl:2", 27, 27 + len(TOLL)))
    assert gold["q1"].nuggets == (frozenset({0, 1}), frozenset({0, 1}))
    assert gold["q2"].spans == ()


def test_a_quote_that_no_article_has(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite", CASES.replace(TOLL, TOLL.replace("rose", "went")))
    with pytest.raises(SuiteError) as raised:
        find_gold(load_suite(folder), editions(folder))
    assert "bridge.toml:3 'q1': not in the text that was kept of 'bridge.txt': 'The bridge toll went" in str(
        raised.value
    )
    assert f"; the nearest sentence there is '{TOLL}'" in str(raised.value)


def test_an_article_that_was_not_taken_in(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    refused = {"wire.jsonl:2": "it is a copy of another"}
    with pytest.raises(SuiteError, match=r"the article 'wire\.jsonl:2' was not taken in: it is a copy of another"):
        find_gold(load_suite(folder), editions(folder, ["bridge.txt"], refused))


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ("until = 2026-02-28", "its filters leave the article 'bridge.txt' out, of 2026-03-01"),
        ("since = 2026-03-02", "its filters leave the article 'bridge.txt' out, of 2026-03-01"),
        ("as_of = 2026-02-28", "its filters leave the article 'bridge.txt' out, of 2026-03-01"),
        ('sources = ["Post"]', "its filters leave the article 'bridge.txt' out, of 2026-03-01"),
        ("since = 2026-03-01", None),
    ],
)
def test_a_reference_that_the_filters_put_out_of_reach(tmp_path: Path, filters: str, problem: str | None) -> None:
    folder = write_suite(tmp_path / "suite", CASES.replace('kind = "single"', f'kind = "temporal"\n{filters}'))
    (here,) = editions(folder)
    dated = {
        name: replace(each, info=replace(each.info, published="2026-03-01")) for name, each in here.articles.items()
    }
    if problem is None:
        assert find_gold(load_suite(folder), [Edition(None, dated)])
        return
    with pytest.raises(SuiteError, match=problem):
        find_gold(load_suite(folder), [Edition(None, dated)])


@pytest.mark.parametrize(
    ("text", "left_out", "quote", "start"),
    [
        ("A dam broke. A dam broke.", (), "A dam broke.", 0),
        ("A dam broke. A dam broke.", (LeftOut(0, 12, "navigation"),), "A dam broke.", 13),
        ("A dam broke.", (LeftOut(0, 12, "caption or credit"),), "A dam broke.", None),
        ("A\n dam\xa0broke.", (), "A dam broke.", 0),
        ("A\u200b dam broke.", (LeftOut(1, 2, "invisible characters"),), "A dam broke.", 0),
        ("A dam held.", (), "A dam broke.", None),
    ],
)
def test_locate(text: str, left_out: tuple[LeftOut, ...], quote: str, start: int | None) -> None:
    info = ArticleInfo("a", "")
    blocks = (Block(0, len(text), "paragraph"),)
    span = locate(quote, Article(info, "a", text, text.encode(), "text", "a", blocks, left_out))
    assert (span and span.start) == start


def test_what_cannot_be_retrieved_is_no_gold() -> None:
    text = "A dam broke\nIt held for years."
    blocks = (Block(0, 11, "headline"), Block(12, len(text), "paragraph"))
    found = Article(ArticleInfo("a", ""), "a", text, text.encode(), "text", "a", blocks, ())
    assert locate("A dam broke", found) is None
    assert quotable(found) == ["It held for years."]


def test_a_question_without_nuggets_has_one(tmp_path: Path) -> None:
    start, end = CASES.index("[[question.nuggets]]"), CASES.index("[[question.support]]")
    case = load_suite(write_suite(tmp_path / "suite", CASES[:start] + CASES[end:])).cases[0]
    assert case.nuggets == (Nugget("The toll is 41 crowns.", ("41 crowns",), vital=True),)


BRIDGE = """The bridge opened

The bridge opened on Monday after 41 months of work, the city said on its website.

"It is beautiful", said Mara Quill, who lives beside it and crossed it first.
"""
WIRE = '{"title": "Toll", "text": "The toll is 5 crowns for a car, and nothing for those who walk or cycle."}\n'


def test_a_new_suite_is_sound_once_its_blanks_are_filled(tmp_path: Path) -> None:
    clippings = tmp_path / "clippings"
    clippings.mkdir()
    (clippings / "a.txt").write_text(BRIDGE)
    (clippings / "wire.jsonl").write_text(WIRE)
    (clippings / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0JFIF")
    made = start_suite(tmp_path / "mine", [clippings])
    assert (made.articles, [name for name, _ in made.refused]) == (2, ["photo.jpg"])
    assert sorted(path.name for path in (tmp_path / "mine" / "articles").iterdir()) == ["a.txt", "wire.jsonl"]
    with pytest.raises(UnsoundSuite) as raised:
        check(tmp_path / "mine")
    assert [problem[-17:] for problem in raised.value.problems] == ["question is empty"] * 3
    listed = (tmp_path / "mine" / "sentences.txt").read_text(encoding="utf-8")
    assert 'article = "wire.jsonl:1"' in listed
    assert r'quote = "\"It is beautiful\", said Mara Quill, who lives beside it and crossed it first."' in listed
    text = made.cases.read_text(encoding="utf-8")
    filled = text.replace('question = "" ', 'question = "When did it open?" ', 1)
    filled = filled.replace('question = ""\n', 'question = "What is the toll?"\n').replace(
        "accept = []\n", 'accept = ["5"]\n'
    )
    filled = filled.replace("accept = [] ", 'accept = ["Monday"] ').replace('answer = ""', 'answer = "See there."')
    filled = filled.replace('question = "" ', 'question = "Who built it?" ').replace('why = ""', 'why = "Not said."')
    made.cases.write_text(filled, encoding="utf-8")
    suite = check(tmp_path / "mine")
    assert [case.kind for case in suite.cases] == ["single", "single", "unanswerable"]
    assert suite.cases[0].story == "first"


def test_a_new_suite_goes_over_nothing_and_needs_articles(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(BRIDGE)
    (tmp_path / "mine").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        start_suite(tmp_path / "mine", [article])
    with pytest.raises(InputError, match="no file or folder"):
        start_suite(tmp_path / "other", [tmp_path / "nowhere"])
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(InputError, match=r"no articles to quote from .*empty\.txt"):
        start_suite(tmp_path / "other", [tmp_path / "empty.txt"])
    assert not (tmp_path / "other").exists()


def test_the_bundled_suite_is_sound_and_as_large_as_promised() -> None:
    suite = check(BUNDLED_SUITE)
    unanswerable = [case for case in suite.cases if not case.answerable]
    assert len(suite.cases) >= 210
    assert len(unanswerable) >= 55
    assert {case.kind for case in suite.cases} == set(get_args(Kind))
    assert all(sum(case.kind == kind for case in suite.cases) >= 12 for kind in get_args(Kind))
    assert {case.unanswerable for case in unanswerable} == {
        "absent entity",
        "absent relation",
        "wrong period",
        "false premise",
    }
    assert len(suite.topics) >= 21
    assert sum(case.filters.as_of is not None for case in suite.cases) >= 8
    files = [path for path in suite.articles_folder.rglob("*.*") if path.is_file()]
    assert sum(len(path.read_text().splitlines()) if path.suffix == ".jsonl" else 1 for path in files) >= 82


def test_the_injected_suite_is_sound() -> None:
    assert len(check(INJECTED_SUITE).cases) == 6
