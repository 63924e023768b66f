"""A statement in the first person is the writer's own word, unless a source speaks so or is quoted."""

from __future__ import annotations

import pytest

from pipeline.grounding import ground_draft
from tests.evidence import passage

REFUSED = "“No request for refuge was ever refused,” she said."
OWN = "I have seen the bow door, and my view is that it will fail."
WAR = "The bunker was dug in World War I."


@pytest.mark.parametrize(
    ("statement", "source", "found"),
    [
        ("I’m sorry, but I can’t help with that request.", REFUSED, True),
        ("My request for refuge was refused.", REFUSED, True),
        ("She said no request for refuge was ever refused.", REFUSED, False),
        ("I have seen the bow door.", OWN, False),
        ("The bunker was dug in World War I.", WAR, False),
        ("“I can’t help with that request,” she said.", REFUSED, False),
    ],
)
def test_only_a_source_may_speak_of_itself(statement: str, source: str, found: bool) -> None:
    (section,) = ground_draft(f"{statement} [1.1]", (passage(1, source),))
    told = [finding for held in section.statements for finding in held.findings]
    assert any("speaks of the writer" in finding for finding in told) is found
    if found:
        assert {held.support for held in section.statements} == {"unsupported"}
