"""Conversation: follow-up questions made to stand alone, and what a session does between them. Pure but for `store`."""

from __future__ import annotations

from pipeline.conversing.referents import Turn
from pipeline.conversing.rewriting import standalone

__all__ = ["Turn", "standalone"]
