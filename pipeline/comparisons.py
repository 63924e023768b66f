"""The two sides of a comparison, each as something that can be looked for by itself.

>>> [side.query for side in sides("How does the first pay offer compare with the latest one?")]
['the first pay offer', 'the latest one pay offer']
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.questions import CALENDAR, STOP_WORDS, content_stems, words

# No side goes over a comma or a question mark.
_ONE, _OTHER = r"(?P<one>[^,;?]{2,120}?)", r"(?P<other>[^,;?]{2,120}?)"
_END = r"\s*(?:[,;?.]|$)"
_COMPARISONS = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        rf"\b(?:compar(?:e|es|ed|ing|ison)|differ(?:s|ed|ences?)?|changed?) between {_ONE} and {_OTHER}{_END}",
        rf"\bcompar(?:e|ing|ison of) {_ONE} (?:with|to|against|and) {_OTHER}{_END}",
        rf"\bhow (?:do|does|did) {_ONE} (?:compare|differ) (?:with|to|from) {_OTHER}{_END}",
        rf"\bhow far apart (?:are|is|were|was|do|did) {_ONE} and {_OTHER}{_END}",
        rf"^{_ONE} (?:versus|vs\.?) {_OTHER}{_END}",
    )
)
# A side with one of these leaves what it is about to the other side: "the latest one", "its supplier".
_LEANS = regex.compile(
    r"\b(?:ones?|(?:that|those)(?= (?:of|in|from|for|by)\b)|its|their|his|hers?|theirs|first|latest|later|former|"
    r"other)\b",
    regex.IGNORECASE,
)
_COMPARING_TEXT = """
    compare compares compared comparing comparison differ differs differed difference differences changed far apart
    versus vs first second latest last later earlier former initial final one ones"""
_COMPARING = frozenset(_COMPARING_TEXT.split())


@dataclass(frozen=True, slots=True)
class Side:
    """A side in the `words` of the question, and the `query` for it, which names what the words leave to the rest."""

    words: str
    query: str


def sides(text: str) -> tuple[Side, ...]:
    """The two sides of a comparison; none when a question compares nothing, or a side says nothing by itself."""
    for pattern in _COMPARISONS:
        if match := pattern.search(text):
            one, other = match["one"].strip(), match["other"].strip()
            if not (content_stems(one) and content_stems(other)):
                return ()
            around = _telling(f"{text[: match.start('one')]} {text[match.end('other') :]}")
            return _side(one, other, around), _side(other, one, around)
    return ()


def _side(own: str, other: str, around: list[str]) -> Side:
    left_out = around + (_telling(other) if _LEANS.search(own) else [])
    held = content_stems(own)
    added = [word for word in dict.fromkeys(left_out) if not content_stems(word) <= held]
    return Side(own, " ".join([own, *added]))


def _telling(text: str) -> list[str]:
    """The words that say what a text is about: no days, figures and words of comparing."""
    return [
        word
        for word in words(text)
        if word not in STOP_WORDS and word not in _COMPARING and word not in CALENDAR and not word[0].isdigit()
    ]
