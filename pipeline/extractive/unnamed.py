"""Whether a question asks for the name of somebody or something that the evidence speaks of without a name.

"Which hospital did she die at?"  "She died at a private hospital." → no sentence found names the hospital
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extractive.features import Reading
from pipeline.grounding.names import names_in
from pipeline.questions import STOP_WORDS, content_stems, stem
from pipeline.wordnet import usual_part

_NAME_OF = regex.compile(
    r"(?i)\bwhat(?:[’']s| is| was| are| were) the (?:full |real )?names? of (?:the |an? )?(?P<of>.+)"
)
_WHICH = regex.compile(r"(?i)^(?:at |in |for |by |from |with |under |to |of )?(?:which|what) (?P<of>.+)")
_ONE = r"(?:an?|another|one|two|three|four|some|unnamed|unidentified)"
_WORD = regex.compile(r"[\p{L}’'\-]+")


def unnamed(reading: Reading, number: int, chosen: Sequence[int]) -> str:
    """That no sentence names what part `number` wants the name of, when those chosen for it have only "a hospital".

    Empty when there is a name in one of them that the question has not.
    """
    part = reading.asked.parts[number]
    by_name = _NAME_OF.search(part.text)
    asked = by_name or _WHICH.match(part.text)
    head = _head(asked["of"]) if asked else ""
    if not head or not chosen:
        return ""
    before = rf"(?:{_ONE}|the|its|his|her|their)" if by_name else _ONE
    spoken_of = regex.compile(
        rf"(?i)\b{before} (?:[\p{{L}}\p{{N}}’'\-]+ ){{0,3}}?{regex.escape(head[:-1])}\p{{L}}{{1,3}}\b"
    )
    known = content_stems(reading.asked.text)
    texts = [reading.pool[index].sentence.text for index in chosen]
    if not any(spoken_of.search(text) for text in texts):
        return ""
    if any(stem(word) not in known for text in texts for name in names_in(text) for word in name.parts):
        return ""
    return f"No sentence found names the {head}."


def _head(phrase: str) -> str:
    """The noun that a phrase is about: "private hospital in Nandgiri" → hospital; empty for a name or none."""
    head = ""
    for word in _WORD.findall(phrase)[:4]:
        if word in STOP_WORDS or word[0].isupper() or (head and usual_part(word) not in ("noun", "adjective")):
            break
        head = word
    return head if len(head) > 2 and usual_part(head) == "noun" else ""
