"""Filters as SQL over the versions of a catalogue: which passages and articles a search may use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.library import records
from pipeline.library.database import Database
from pipeline.types import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIVE = "v.retired_at IS NULL"

_GIVEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that a filter lets through, by id, ascending; `retired` when some are of versions no longer live."""

    ids: NDArray[np.int64]
    retired: bool


def resolve(database: Database, filters: Filters) -> Selection | None:
    """The passages that these filters let through, or None for an empty filter."""
    import numpy as np

    if not filters:
        return None
    where, values = condition(filters)
    found = database.rows(
        f"""SELECT p.id, v.retired_at IS NOT NULL FROM version v JOIN passage p ON p.version_id = v.id
            WHERE {where} ORDER BY p.id""",
        *values,
    )
    return Selection(np.array([i for i, _ in found], dtype=np.int64), any(retired for _, retired in found))


def condition(filters: Filters) -> tuple[str, list[object]]:
    """Filters as SQL over `version v`. `as_of` ends with that day in the time zone of this machine."""
    conditions: list[str] = [LIVE]
    values: list[object] = []
    if filters.as_of is not None:
        end = datetime.combine(filters.as_of, datetime.max.time()).astimezone(UTC)
        conditions = [
            "v.first_seen <= ?",
            "(v.retired_at IS NULL OR v.retired_at > ?)",
            "(v.day IS NULL OR v.day <= ?)",
        ]
        values = [records.timestamp(end), records.timestamp(end), filters.as_of.isoformat()]
    if filters.since is not None:
        conditions.append("v.day >= ?")
        values.append(filters.since.isoformat())
    if filters.until is not None:
        conditions.append("v.day <= ?")
        values.append(filters.until.isoformat())
    named = {
        "source": filters.sources,
        "author": filters.authors,
        "language": filters.languages,
        "section": filters.sections,
    }
    for kind, names in named.items():
        if names:
            conditions.append(f"v.id IN (SELECT version_id FROM facet WHERE kind = '{kind}' AND value IN {_GIVEN})")
            values.append(json.dumps([records.folded(kind, name) for name in names]))
    if filters.articles:
        conditions.append(f"v.article_id IN {_GIVEN}")
        values.append(json.dumps(filters.articles))
    if filters.stories:
        conditions.append(f"v.origin_group IN (SELECT origin_group FROM version WHERE article_id IN {_GIVEN})")
        values.append(json.dumps(filters.stories))
    return " AND ".join(conditions), values
