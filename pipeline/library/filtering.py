"""Filters as SQL over the versions of a catalogue: which passages and articles a search may use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.library import records
from pipeline.library.database import Database
from pipeline.types import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIVE = "v.retired_at IS NULL"

_GIVEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Selection:
    """The passages that a filter lets through, by id, ascending; `retired` when some are of versions no longer live."""

    ids: NDArray[np.int64]
    retired: bool

    @cached_property
    def id_set(self) -> frozenset[int]:
        """The same ids, to look one up."""
        return frozenset(self.ids.tolist())


class Resolver:
    """Finds the passages that filters let through, and remembers the last ones until the catalogue changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last: tuple[object, Selection] | None = None

    def resolve(self, filters: Filters) -> Selection | None:
        """The passages that these filters let through, or None for an empty filter."""
        if not filters:
            return None
        key = (filters, self._database.state())
        if self._last is None or self._last[0] != key:
            self._last = (key, self._found(filters))
        return self._last[1]

    def _found(self, filters: Filters) -> Selection:
        import numpy as np

        where, values = condition(filters)
        query = f"SELECT v.first_passage, v.passages, v.retired_at IS NOT NULL FROM version v WHERE {where} ORDER BY 1"
        found = np.array(self._database.rows(query, *values), dtype=np.int64).reshape(-1, 3)
        first, count, retired = found.T
        # Every run of ids written out: its first id, and how far on in it each of its passages is.
        ids = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
        return Selection(ids, bool(retired.any()))


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
