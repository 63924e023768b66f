"""Decision trees as they are stored: what a sum of small ones says of a statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, Union

Tree: TypeAlias = Union[float, "tuple[str, float, Tree, Tree]"]
"""A value, or (feature, end, the tree for values up to the end, the tree for values above it)."""


def tree_of(stored: Any) -> Tree:
    """The tree of its JSON form: nested arrays."""
    if isinstance(stored, list):
        name, end, low, high = stored
        return str(name), float(end), tree_of(low), tree_of(high)
    return float(stored)


def value_of(tree: Tree, values: Mapping[str, float]) -> float:
    """The value of the leaf that these features lead to."""
    while isinstance(tree, tuple):
        name, end, low, high = tree
        tree = low if values[name] <= end else high
    return tree
