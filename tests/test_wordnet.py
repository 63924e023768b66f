"""What WordNet is asked about words of news prose; irregular and inflected forms are looked up as their words."""

from __future__ import annotations

import pytest

from pipeline.wordnet import Relation, is_kind_of, relation, usual_form


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("left", "leaving", "same"),
        ("resign", "resignation", "form"),
        ("norway", "norwegian", "form"),
        ("resigned", "quit", "synonym"),
        ("tycoon", "magnate", "synonym"),
        ("mice", "rodents", "wider"),
        ("rodents", "mice", "narrower"),
        ("rose", "fell", "contrary"),
        ("exports", "imports", "contrary"),
        ("wrist", "ankle", "sibling"),
        ("mackerel", "herring", "sibling"),
        ("steel", "judge", None),
        ("qasrabad", "steel", None),
    ],
)
def test_what_one_word_is_to_another(one: str, other: str, expected: Relation | None) -> None:
    assert relation(one, other) == expected


@pytest.mark.parametrize("pair", [("rose", "fell"), ("resigned", "quit"), ("wrist", "ankle"), ("Gdańsk", "")])
def test_what_is_mutual_is_mutual(pair: tuple[str, str]) -> None:
    assert relation(*pair) == relation(*reversed(pair))


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("lorry", "vehicles", True),
        ("vehicles", "lorry", False),
        ("rifles", "weapon", True),
        ("leopard", "animal", True),
        ("mayor", "weapon", False),
        ("qasrabad", "city", False),
    ],
)
def test_whether_a_noun_is_of_a_kind(word: str, kind: str, expected: bool) -> None:
    assert is_kind_of(word, kind) is expected


@pytest.mark.parametrize(("word", "form"), [("found", "find"), ("founded", "founded")])
def test_a_verb_in_an_irregular_form_is_known_by_its_verb(word: str, form: str) -> None:
    assert usual_form(word) == form
