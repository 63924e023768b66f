"""The benchmarks of labelled pages and stories, on tiny data and against values worked out by hand; and the data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.refusals import has_accepted
from eval.benchmarks.residue import read_page
from pipeline.errors import InputError
from pipeline.settings import Settings
from tests import samples

UNSEEN = Path(__file__).parent / "unseen"

PAGE = (
    "residue\tSkip to main content\n"
    "headline\tFerry Saint Orla withdrawn after crack is found\n"
    "\n"
    "body\tThe ferry Saint Orla was taken out of service on Tuesday after engineers found a crack in her bow door.\n"
    "either\tPublished at 14:02\n"
    "mixed\tNorthline said a replacement would arrive on Friday. Read more here\tRead more here\n"
)
HARBOUR = [
    {
        "url": "https://n.example/one",
        "source": "Tolsta Times",
        "title": "Tolsta harbour strike",
        "published": "2026-03-12T10:00:00Z",
        "text": "Harbour workers at Tolsta walked out on Thursday over pay. The union, Dockers United, said that 340 "
        "workers had joined the strike at Tolsta harbour on Thursday. The port authority closed both gates.",
    },
    {
        "url": "https://n.example/two",
        "source": "Morrow Post",
        "title": "Tolsta harbour at a standstill",
        "published": "2026-03-12T18:00:00Z",
        "text": "The harbour of Tolsta stood still on Thursday. The port authority said that 120 workers had joined "
        "the strike at Tolsta harbour on Thursday. Ships were sent to Oban.",
    },
]


def story(folder: Path, ending: str, labels: str) -> Path:
    folder.mkdir()
    (folder / "harbour.jsonl").write_text("".join(json.dumps(each) + "\n" for each in HARBOUR), encoding="utf-8")
    (folder / f"harbour{ending}").write_text(labels, encoding="utf-8")
    return folder


def test_a_page_is_read_with_what_every_character_is(tmp_path: Path) -> None:
    (tmp_path / "page.tsv").write_text(PAGE, encoding="utf-8")
    page = read_page(tmp_path / "page.tsv")
    residue = "".join(page.text[at] for at in sorted(page.residue))
    body = "".join(page.text[at] for at in sorted(page.body))
    assert residue == "SkiptomaincontentReadmorehere"
    assert body.startswith("FerrySaintOrlawithdrawn")
    assert body.endswith("arriveonFriday.")
    assert "14:02" not in residue + body
    assert page.headline == "Ferry Saint Orla withdrawn after crack is found"


def test_the_residue_of_a_page_goes_and_its_article_stays(tmp_path: Path) -> None:
    (tmp_path / "page.tsv").write_text(
        PAGE.replace("mixed", "body").replace(" Read more here\tRead more here", ""), "utf-8"
    )
    figures = run_benchmark("residue", tmp_path, settings=Settings())
    assert (figures["pages"], figures["body_lost"], figures["headlines_right"]) == (1, 0.0, 1.0)
    assert figures["residue_removed"] == 1.0


@pytest.mark.parametrize("line", ["headlin\tOne", "body", "One two three"])
def test_a_line_without_a_label_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "page.tsv").write_text(PAGE + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="Line 7 of"):
        read_page(tmp_path / "page.tsv")


def test_near_misses_and_answers_are_counted_apart(tmp_path: Path) -> None:
    questions = [
        {"question": "Where were ships sent from Tolsta?", "accept": ["Oban"], "kind": ""},
        {"question": "Who owns the ferry Saint Orla?", "accept": [], "kind": "absent entity"},
    ]
    labels = "".join(json.dumps(each) + "\n" for each in questions)
    figures = run_benchmark("refusals", story(tmp_path / "data", ".questions.jsonl", labels), settings=Settings())
    assert (figures["refused"], figures["false_refusals"], figures["accepted"]) == (1.0, 0.0, 1.0)
    assert figures["refused_by_kind"] == {"absent entity": {"refused": 1, "of": 1}}


@dataclass(frozen=True)
class Accepted:
    accept: tuple[str, ...]
    answer: str
    accepted: bool


@pytest.mark.parametrize(
    "case",
    [
        Accepted((samples.ANSWER.statements[0].text[:20].upper(),), "ANSWER", True),
        Accepted((samples.ANSWER.statements[0].citations[0].quote[-12:],), "ANSWER", True),
        Accepted(("nobody says this",), "ANSWER", False),
        Accepted(("",), "REFUSAL", True),
        Accepted((samples.ANSWER.statements[0].text[:20],), "REFUSAL", False),
    ],
)
def test_an_answer_has_a_form_when_it_says_or_cites_it(case: Accepted) -> None:
    assert has_accepted({"accept": case.accept}, getattr(samples, case.answer)) is case.accepted


def conflicts(says: str) -> str:
    sides = [
        {"url": HARBOUR[0]["url"], "says": "340 workers had joined the strike"},
        {"url": HARBOUR[1]["url"], "says": says},
    ]
    return json.dumps(
        {"topic": "Tolsta harbour strike", "conflicts": [{"about": "strikers", "kind": "figure", "sides": sides}]}
    )


def test_a_conflict_is_shown_when_two_of_its_sides_are(tmp_path: Path) -> None:
    labels = conflicts("120 workers had joined the strike")
    figures = run_benchmark("conflicts", story(tmp_path / "data", ".labels.json", labels), settings=Settings())
    assert (figures["shown"], figures["real"], figures["conflicts"]) == (1.0, 1.0, 1)


def test_a_conflict_of_which_one_side_is_shown_is_not(tmp_path: Path) -> None:
    labels = conflicts("Ships were sent to Oban.")
    figures = run_benchmark("conflicts", story(tmp_path / "data", ".labels.json", labels), settings=Settings())
    assert (figures["shown"], figures["real"]) == (0.0, 0.0)


def test_a_side_that_no_article_holds_is_refused(tmp_path: Path) -> None:
    data = story(tmp_path / "data", ".labels.json", conflicts("130 workers"))
    with pytest.raises(InputError, match="'130 workers' is not in"):
        run_benchmark("conflicts", data, settings=Settings())


@pytest.mark.parametrize("path", sorted(UNSEEN.glob("p*/*.tsv")), ids=lambda path: path.stem)
def test_every_page_has_a_headline_a_body_and_no_character_twice(path: Path) -> None:
    page = read_page(path)
    assert page.headline
    assert page.body
    assert not page.body & page.residue
