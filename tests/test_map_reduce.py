"""A briefing written part by part: what is merged stands, what fails is named, and only so much is asked at once."""

import threading
from pathlib import Path

import pytest

from eval.evaluate import BUNDLED_SUITE
from eval.mocks import BEHAVIOURS, MockChatModel
from pipeline.app import open_newsdesk
from pipeline.errors import MissingKey, ModelError
from pipeline.map_reduce import MapReduceWriter
from pipeline.settings import Settings
from pipeline.summarising import parts_of
from pipeline.writing import Reply, Task
from tests.evidence import passage
from tests.loopback import Request, Response, completion, serve

STORY = (
    passage(1, "The Merrow ferry ran aground with 62 people on board on 14 April 2026, the coastguard said."),
    passage(2, "Damage to the Merrow ferry was put at £4.2m on 16 June 2026, the owner said."),
    passage(3, "A judge will hear 9 witnesses on the Merrow ferry from 3 August 2026, the court said."),
)
TOPIC = "Merrow ferry"


def copy_first(task: Task) -> Reply:
    item = task.evidence[0]
    return Reply(f"{item.passage.sentences[0].text} [{item.number}.1]", 10, 5, requests=1, read=task.evidence)


def writer(part=copy_first, lead=copy_first, **options) -> MapReduceWriter:
    return MapReduceWriter(lambda task: Reply("whole"), part, lead, 400, **options)


def test_a_story_of_one_development_is_written_at_once() -> None:
    assert writer().write(Task(TOPIC, STORY[:1])).text == "whole"


def test_every_development_gets_a_request_and_the_lead_reads_what_they_cite() -> None:
    seen: list[Task] = []
    done: list[tuple[int, int]] = []

    def lead(task: Task) -> Reply:
        seen.append(task)
        return copy_first(task)

    reply = writer(lead=lead, on_part=lambda *counts: done.append(counts)).write(Task(TOPIC, STORY))
    assert [item.number for item in seen[0].evidence] == [1, 2, 3]
    assert reply.text.startswith("## Bottom line\nThe Merrow ferry ran aground")
    assert reply.text.count("\n## ") == 2
    assert (reply.input_tokens, reply.output_tokens, reply.requests, reply.notes) == (40, 20, 4, ())
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_part_that_fails_is_named_and_the_rest_delivered() -> None:
    def part(task: Task) -> Reply:
        if task.evidence[0].number == 2:
            raise ModelError("It took too long", "Try again")
        return copy_first(task)

    reply = writer(part).write(Task(TOPIC, STORY))
    assert "4.2m" not in reply.text
    assert len(reply.notes) == 1
    assert "It took too long" in reply.notes[0]
    assert reply.cost is None


def test_without_a_bottom_line_the_first_sentences_lead() -> None:
    def lead(task: Task) -> Reply:
        return Reply("Forty-one people died [1.1].", read=task.evidence)

    reply = writer(lead=lead).write(Task(TOPIC, STORY))
    assert "Forty-one" not in reply.text
    assert reply.text.splitlines()[0].startswith("## Bottom line")
    assert reply.text.splitlines()[1].count("[") == 2
    assert "the developments lead with their first sentences" in reply.notes[0]


def test_what_is_not_borne_out_is_left_out_before_the_merge_unless_all_is_kept() -> None:
    def part(task: Task) -> Reply:
        said = copy_first(task)
        return Reply(f"{said.text} It sank with 300 cows [{task.evidence[0].number}.1].", read=task.evidence)

    assert "cows" not in writer(part).write(Task(TOPIC, STORY)).text
    assert "cows" in writer(part, keep_all=True).write(Task(TOPIC, STORY)).text


@pytest.mark.parametrize("error", [ModelError("No reply", "Try again"), MissingKey("No key", "Give one")])
def test_when_no_part_can_be_written_it_is_an_error(error: ModelError) -> None:
    def part(task: Task) -> Reply:
        raise error

    with pytest.raises(type(error), match=error.what):
        writer(part).write(Task(TOPIC, STORY))


def test_as_many_requests_are_under_way_as_allowed_and_no_more() -> None:
    first, second, _ = [story.evidence[0].number for story in parts_of(TOPIC, STORY, 400)]
    under_way, most = 0, 0
    lock, together = threading.Lock(), threading.Barrier(2, timeout=10)

    def part(task: Task) -> Reply:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        if task.evidence[0].number in (first, second):
            together.wait()
        with lock:
            under_way -= 1
        return copy_first(task)

    writer(part, jobs=2).write(Task(TOPIC, STORY))
    assert most == 2


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("parts") / "library")
    with open_newsdesk(Settings(library=folder), create=True) as desk:
        desk.ingest([str(path) for path in sorted((BUNDLED_SUITE / "articles").glob("harbour*"))])
    return folder


@pytest.mark.parametrize("behaviour", [name for name in BEHAVIOURS if name != "slow"])
def test_no_mocked_model_gets_an_unsupported_statement_into_a_briefing(library: str, behaviour: str) -> None:
    model = MockChatModel(behaviour=behaviour)
    with open_newsdesk(Settings(library=library), chat_model=model) as desk:
        briefing = desk.brief("Marisol Venture container loss")
    assert briefing.status in ("answered", "partial")
    assert briefing.sections
    statements = [statement for section in briefing.sections for statement in section.statements]
    assert {statement.support for statement in statements} <= {"supported", "weak"}
    if behaviour == "refusing":
        assert briefing.model.startswith("extractive (")


def test_over_http_a_failing_part_is_named_and_the_rest_delivered(
    library: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSDESK_CACHE_FOLDER", str(tmp_path))
    asked: list[str] = []

    def reply(request: Request) -> Response:
        text = request.body["messages"][-1]["content"]
        asked.append(text)
        if len(asked) == 1:
            return completion("The containers", finish_reason="length")
        line = next(line for line in text.splitlines() if line.startswith("[") and len(line.split()) > 9)
        mark, _, sentence = line.partition(" ")
        return completion(f"{sentence} {mark}")

    with serve(reply) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "secret")
        settings = Settings(library=library, model="openai:desk-model", model_requests=2, cache=False)
        with open_newsdesk(settings) as desk:
            briefing = desk.brief("Marisol Venture container loss")
    assert briefing.status in ("answered", "partial")
    assert [section.kind for section in briefing.sections][:2] == ["bottom line", "development"]
    assert sum("is not the model's" in gap for gap in briefing.gaps) == 1
    assert len(asked) > 3


def test_the_parts_of_a_story_keep_their_numbers(library: str) -> None:
    with open_newsdesk(Settings(library=library)) as desk:
        evidence = desk.brief("Marisol Venture container loss").evidence
    stories = parts_of("Marisol Venture container loss", evidence, 400)
    assert len(stories) > 1
    assert sorted(item.number for story in stories for item in story.evidence) == [item.number for item in evidence]
