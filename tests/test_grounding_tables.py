"""The checks against the tables of paraphrases and faults: at least 95% of faults found, at most 5% false alarms."""

from __future__ import annotations

import pytest

from pipeline.grounding import ground_draft
from pipeline.types import Statement
from tests.grounding_tables import TUNED, Row, rows
