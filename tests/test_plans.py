"""Briefing templates: those that come along, and what is wrong with one of the user's in a clear sentence."""

import pytest

from pipeline.errors import InputError
from pipeline.plans import built_in, load_plan, parse_plan
from pipeline.types import BriefingPlan

FRONT = '+++\nname = "mine"\nversion = 1\nwords = 200\n+++\n'


def test_the_built_in_templates_are_well_formed() -> None:
    assert built_in() == ("daily", "person", "situation", "timeline")
    for name in built_in():
        plan = load_plan(name)
        assert plan.sections
        assert {kind for kind, _ in plan.titles} <= set(plan.sections)


def test_sections_keep_their_order_and_titles() -> None:
    plan = parse_plan(f"{FRONT}\n- Timeline: How it came\n- bottom-line\n".encode(), "mine.md")
    assert plan == BriefingPlan(200, ("timeline", "bottom line"), "", (("timeline", "How it came"),))


UNSOUND = (
    ("- timeline\n", "does not begin with front matter"),
    (f"{FRONT}\n", "names no section"),
    (f"{FRONT}- weather\n", r"line 6 names the section 'weather'; there are bottom line, development"),
    (f"{FRONT}- timeline\n- timeline: Again\n", "line 7 has the section 'timeline' a second time"),
    (f"{FRONT}Timeline\n", "line 6 is no section"),
    (f"{FRONT}- development: Steps\n", "gives the developments a title"),
    (FRONT.replace("200", "7") + "- timeline\n", "words is 7; it goes from 40 to 5000"),
    (FRONT.replace("200", '"many"') + "- timeline\n", "needs words as a whole number"),
    (FRONT.replace("version = 1\n", "") + "- timeline\n", "needs version as a whole number"),
    (FRONT.replace("words", "tone = 1\nwords") + "- timeline\n", "has 'tone'"),
    (FRONT.replace("= 200", "=") + "- timeline\n", "not well formed"),
)


@pytest.mark.parametrize(("text", "said"), UNSOUND, ids=lambda value: value[-40:])
def test_an_unsound_template_is_said_to_be(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_plan(text.encode(), "mine.md")
    with pytest.raises(InputError, match=r"'mine\.md' is not well formed"):
        parse_plan(b"\xff\xfe", "mine.md")


def test_an_unknown_template_names_those_that_there_are() -> None:
    with pytest.raises(InputError, match=r"no briefing template 'weekly'.* one of daily, person, situation, timeline"):
        load_plan("weekly")
