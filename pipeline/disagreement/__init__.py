"""Where sources disagree: figures of one thing that differ, and what sentences deny or correct. Pure, no model.

figures   what a figure is of        wording   sentences that say themselves that somebody disagrees
causes    what brought it about      opposing  denied and told, open and shut      aligning   what two texts share
replying  another account of what the sentence before says
likening  how alike every two sentences of a story are      telling   what one of them tells
contrasts what two of them hold against each other          judging   which are in dispute, by learned weights
finding   the versions of one thing, with their sources and days   noting   what a writer is told of them
"""

from __future__ import annotations

from pipeline.disagreement.finding import Found, find_disagreements, shown_for
from pipeline.disagreement.noting import note_for

__all__ = ["Found", "find_disagreements", "note_for", "shown_for"]
