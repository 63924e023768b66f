import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.rendering.jsonform import (
    answer_json,
    article_json,
    articles_json,
    briefing_json,
    ingest_json,
    json_text,
    search_json,
    status_json,
)
from pipeline.rendering.safe import INVISIBLE, SURROGATES
from tests import samples


def test_an_answer_has_the_fixed_form() -> None:
    value = answer_json(samples.ANSWER)
    assert list(value) == [
        "question",
        "status",
        "model",
        "statements",
        "gaps",
        "evidence",
        "usage",
        "disagreements",
        "understood",
    ]
    assert value["statements"][4] == {
        "text": "The ship will return on 20 March.",
        "support": "weak",
        "findings": ["the cited text says “may return”, the statement says it will"],
        "citations": [
            {
                "article_id": "9c1e04b7d2a8",
                "title": "Merrow ferry withdrawn after crack found in bow door",
                "source": "Merrow Gazette",
                "published": "2026-03-12T07:40:00+00:00",
                "url": "https://gazette.example/2026/03/12/merrow-ferry",
                "origin_group": "",
                "start": samples.ANSWER.statements[4].citations[0].start,
                "end": samples.ANSWER.statements[4].citations[0].end,
                "quote": "The company said that the ship may return on 20 March if a replacement part arrives from "
                "Gdynia in time.",
                "attribution": None,
            }
        ],
    }
    assert list(value["statements"][0]) == ["text", "support", "findings", "citations"]
    about = ["article_id", "title", "source", "published", "url", "origin_group"]
    citation_keys = [*about, "start", "end", "quote", "attribution"]
    assert list(value["statements"][0]["citations"][0]) == citation_keys
    assert value["usage"].items() >= {"input_tokens": 1204, "output_tokens": 188, "seconds": 2.41}.items()


def test_quotes_are_the_characters_of_the_article_as_printed() -> None:
    texts = {article.info.id: article_json(article)["text"] for article in samples.ARTICLES.values()}
    citations = [cited for part in answer_json(samples.ANSWER)["statements"] for cited in part["citations"]]
    assert len(citations) == 8
    for cited in citations:
        assert texts[cited["article_id"]][cited["start"] : cited["end"]] == cited["quote"]
    for found in search_json(samples.EVIDENCE)["evidence"]:
        for sentence in found["sentences"]:
            assert texts[found["article_id"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_a_briefing_has_the_same_statements_under_titles() -> None:
    value = briefing_json(samples.BRIEFING)
    assert list(value) == [
        *("topic", "status", "model", "sections", "sources", "gaps", "evidence", "usage", "understood"),
        "library_seen",
    ]
    assert [section["title"] for section in value["sections"]] == ["Bottom line", "Key points", "What the island has"]
    assert list(value["sections"][0]) == ["title", "statements", "kind"]
    assert [source["id"] for source in value["sources"]] == [article.id for article in samples.BRIEFING.sources]


def test_an_ingest_report_counts_and_gives_reasons() -> None:
    value = ingest_json(samples.REPORT)
    assert {key: value[key] for key in ("added", "updated", "unchanged", "duplicates", "passages")} == {
        "added": 2,
        "updated": 1,
        "unchanged": 1,
        "duplicates": 1,
        "passages": 9,
    }
    assert value["rejected"][0] == {
        "origin": "inbox/photo.jpg",
        "reason": "it is not text: it begins like a JPEG image",
    }
    assert value["articles"]["duplicates"] == [
        {"origin": "inbox/copy of merrow-ferry.txt", "article_id": "9c1e04b7d2a8"},
    ]


def test_an_article_shows_its_spans() -> None:
    value = article_json(samples.GAZETTE)
    assert list(value) == [
        *("id", "title", "source", "url", "published", "authors", "language"),
        *("modified", "first_seen", "section", "version", "origin_group", "correction"),
        *("text", "blocks", "left_out", "origin"),
    ]
    assert value["left_out"][1] == {
        "start": samples.GAZETTE.left_out[1].start,
        "end": samples.GAZETTE.left_out[1].end,
        "reason": "advertisement",
        "text": "ADVERTISEMENT – continue reading below",
    }
    assert value["blocks"][0] == {"start": 0, "end": 52, "role": "headline"}
    assert articles_json([samples.GAZETTE.info])["articles"] == [{key: value[key] for key in list(value)[:13]}]


def test_status_is_plain() -> None:
    value = status_json(samples.STATUS)
    assert value["sizes"] == {"catalogue": 184_320, "words": 61_004, "vectors": 0}
    assert value["sources"] == {"Merrow Gazette": 1, "Northern Herald": 1, "Strait Radio": 1}


@given(st.text(alphabet=st.characters(exclude_categories=())) | st.sampled_from(samples.HOSTILE))
def test_json_text_is_safe_to_print_and_parses_back(text: str) -> None:
    printed = json_text({"value": text})
    assert json.loads(printed) == {"value": text}
    assert not INVISIBLE.search(printed)
    assert not SURROGATES.search(printed)
    printed.encode()


def test_json_text_keeps_what_can_be_read() -> None:
    assert json_text({"title": "“Zürich” 日本"}) == '{\n  "title": "“Zürich” 日本"\n}'
