"""What markup may cost before it is parsed."""

from __future__ import annotations

import re

_MAX_ATTRIBUTES = 100
_LONG_TAG = 1000
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z) | <[a-z](?P<attributes>[^\s>/]*+ (?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+) >?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]*+))?+""")


def without_attribute_floods(html: str) -> str:
    """Tags with their first attributes only: a tag's cost in libxml2 grows with the square of them (40,000: 11 s)."""
    return _TAG.sub(_with_few_attributes, html)


def _with_few_attributes(tag: re.Match[str]) -> str:
    if tag["attributes"] is None or len(tag[0]) < _LONG_TAG:
        return tag[0]
    attributes = list(_ATTRIBUTE.finditer(tag[0]))
    return tag[0] if len(attributes) <= _MAX_ATTRIBUTES else tag[0][: attributes[_MAX_ATTRIBUTES].end()] + ">"
