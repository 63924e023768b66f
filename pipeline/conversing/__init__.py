"""Conversation: follow-up questions made to stand alone, what typed lines mean, and threads that go on later.

rewriting  what a follow-up leaves out, by rules       session   exchanges, filters, commands
referents  what "it" and "she" can mean                threads   conversations kept in the library's folder
by_model   the same asked of a language model
"""

from __future__ import annotations

from pipeline.conversing.referents import Turn
from pipeline.conversing.rewriting import standalone
from pipeline.conversing.session import COMMANDS, Exchange, Line, Session, filtered, read_line
from pipeline.conversing.threads import Thread, ThreadFile, threads

__all__ = [
    "COMMANDS",
    "Exchange",
    "Line",
    "Session",
    "Thread",
    "ThreadFile",
    "Turn",
    "filtered",
    "read_line",
    "standalone",
    "threads",
]
