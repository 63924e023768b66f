"""Briefings without a model: the sentences of the sources that matter most, in their own words.

belonging     which articles a topic is about            writer      bottom line and developments, as a draft
lines         their sentences, readable by themselves    background  the lists that follow, grounded
weighing      how likely one tells a key fact              chronicle   timeline
selecting     which go in, nothing told twice              people      who is who
parts         the same for a model, which writes them one by one
developments  the steps of the story                       doubts      disagreements, claims, what is not known
"""

from __future__ import annotations

from pipeline.summarising.background import background
from pipeline.summarising.belonging import belonging
from pipeline.summarising.parts import Story, bottom_line_title, parts_of
from pipeline.summarising.writer import briefing_writer, write_brief

__all__ = ["Story", "background", "belonging", "bottom_line_title", "briefing_writer", "parts_of", "write_brief"]
