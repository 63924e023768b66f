"""Does a statement give somebody an office that the cited sentences do not?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.grounding.aliases import same_name
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.names import TITLES, Name, names_in
from pipeline.grounding.words import Token, keys, read


def check_titles(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for an office that the sources do not name, given to somebody whose office they name."""
    contexts = " ".join(sentence.context or sentence.text for sentence in cited)
    given = [(name, title) for name, title in _titled(contexts) if title]
    named = keys(contexts)
    return tuple(
        f"“{token.text}” is not what the cited sentences call “{name.words}”"
        for name, title in _titled(text)
        for token in title
        if token.key not in named and any(same_name(name, other, contexts) for other, _ in given)
    )


def _titled(text: str) -> Iterator[tuple[Name, tuple[Token, ...]]]:
    """The names of a text and the words of the office before each: "Finance Minister"."""
    tokens = read(text)
    for name in names_in(text):
        words = [token for token in tokens[name.first : name.last + 1] if token.content]
        office = any(token.lower in TITLES for token in words)
        own = {part for part in name.parts if part not in TITLES}
        if office and name.place is None:
            title = [token for token in words if token.lower not in own or token.lower in TITLES]
            at = next(place for place, token in enumerate(words) if token.lower in TITLES)
            yield name, tuple(dict.fromkeys((*words[:at], *title)))
