from __future__ import annotations

from pathlib import Path

import pytest

from eval.evaluate import BUNDLED_SUITE, INJECTED_SUITE, check
from eval.gold import Span, find_gold, locate
from eval.newsuite import start_suite
from eval.suite import Case, UnsoundSuite, load_suite
from pipeline.errors import InputError, SuiteError, UsageError
from pipeline.types import Article, ArticleInfo, Block, Filters, LeftOut
from tests.eval_samples import CASES, TOLL, FakeSystem, write_suite


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
        ('kind = "single"', 'kind = "riddle"', "bridge.toml: question.1.kind: Input should be 'single'"),
        ("accept = ", "acept = ", "question.1.acept: Extra inputs are not permitted"),
        ('"Who built', '"What does crossing the bridge cost?" # ', "the same question is asked by another case"),
        ('accept = ["41 crowns"]', 'accept = ["41 francs"]', "contains the accepted answer '41 francs'"),
        ('accept = ["41 crowns"]', "accept = []", "an answerable question needs answer, accept"),
        ('any = ["Monday"]', 'any = ["Tuesday"]', "contains the nugget 'since Monday' in any of its forms"),
        ('any = ["denied"]', 'any = ["admitted"]', "the sentence of the fact 'denied' contains none of its forms"),
        ("wire.jsonl:2", "wire.jsonl:1", "there is no article 'wire.jsonl:1'"),
        ("wire.jsonl:2", "wire.jsonl:9", "there is no article 'wire.jsonl:9'"),
        ('"bridge.txt"', '"brigde.txt"', "there is no article 'brigde.txt'"),
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
    broken = CASES.replace('accept = ["41 crowns"]', 'accept = ["9"]').replace('any = ["denied"]', 'any = ["9"]')
    with pytest.raises(UnsoundSuite, match="2 problems") as raised:
        load_suite(write_suite(tmp_path / "suite", broken))
    assert [problem[:4] for problem in raised.value.problems] == ["'q1'", "'t1'"]


def test_not_a_suite_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="is not a suite"):
        load_suite(tmp_path)
    with pytest.raises(SuiteError, match="no questions and no topics yet"):
        load_suite(write_suite(tmp_path / "suite", "# nothing\n"))


def test_gold_is_found_in_what_was_taken_in(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    gold = find_gold(load_suite(folder), FakeSystem(folder, {}).articles())
    assert gold["q1"].spans == (Span("bridge.txt", 0, len(TOLL)), Span("wire.jsonl:2", 27, 27 + len(TOLL)))
    assert gold["q1"].nuggets == (frozenset({0, 1}), frozenset({0, 1}))
    assert gold["q2"].spans == ()


def test_a_quote_that_no_article_has(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite", CASES.replace(TOLL, TOLL.replace("rose", "went")))
    with pytest.raises(SuiteError) as raised:
        find_gold(load_suite(folder), FakeSystem(folder, {}).articles())
    assert "'q1': not in the text that was kept of 'bridge.txt': 'The bridge toll went" in str(raised.value)


def test_an_article_that_was_not_taken_in(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    with pytest.raises(SuiteError, match=r"the article 'wire\.jsonl:2' was not taken in"):
        find_gold(load_suite(folder), FakeSystem(folder, {}).articles()[:1])


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


def test_a_new_suite_is_one_question_away_from_sound(tmp_path: Path) -> None:
    clippings = tmp_path / "clippings"
    clippings.mkdir()
    (clippings / "a.txt").write_text(
        "The bridge opened\n\nThe bridge opened on Monday, the city said on its website.\n"
    )
    cases = start_suite(tmp_path / "mine", [clippings])
    with pytest.raises(SuiteError, match="no questions and no topics yet"):
        load_suite(tmp_path / "mine")
    template = cases.read_text(encoding="utf-8")
    assert "#   a.txt" in template
    uncommented = "\n".join(line.removeprefix("# ") for line in template.splitlines() if not line.startswith("# Q"))
    example = uncommented[uncommented.index("[[question]]") :]
    cases.write_text(example, encoding="utf-8")
    suite = load_suite(tmp_path / "mine")
    assert [type(entry) for entry in suite.cases] == [Case, Case]
    with pytest.raises(SuiteError, match=r"not in the text that was kept of 'a\.txt'"):
        check(tmp_path / "mine")
    with pytest.raises(UsageError, match="is there already"):
        start_suite(tmp_path / "mine", [clippings])
    with pytest.raises(InputError, match="no file or folder"):
        start_suite(tmp_path / "other", [tmp_path / "nowhere"])


def test_the_bundled_suite_is_sound_and_as_large_as_promised() -> None:
    suite = check(BUNDLED_SUITE)
    unanswerable = [case for case in suite.cases if not case.answerable]
    assert len(suite.cases) >= 80
    assert len(unanswerable) >= 0.25 * len(suite.cases)
    assert {case.unanswerable for case in unanswerable} == {
        "absent entity",
        "absent relation",
        "wrong period",
        "false premise",
    }
    assert len(suite.topics) >= 8


def test_the_injected_suite_is_sound() -> None:
    assert len(check(INJECTED_SUITE).cases) == 6
