"""For or against: does a statement put somebody on the other side than the cited sentences do?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import keys, read

_AGAINST = listed(
    """
    against oppose opposes opposed opposing opposition opponents reject rejects rejected rejecting refuse refuses
    refused resist resists resisted anti protest protests protested protesting object objects objected critics
    criticised not no never down denied denies condemned
    """
)
_FOR = listed("favour favor favouring favoring support supports supported supporting backing")


def check_stance(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding for "against" where nothing in the cited sentences opposes, and for "in support of" where they do."""
    told = [token.lower for token in read(text)]
    given = {token.lower for sentence in cited for token in read(sentence.text)}
    source = frozenset[str]().union(*(keys(sentence.text) for sentence in cited))
    voted = "against" in told and any(word.startswith(("vot", "rul", "decid", "speak", "spoke")) for word in told)
    if voted and not given & _AGAINST and keys(text) & source:
        return ("“against” is put in: the cited sentences oppose nothing",)
    favours = [word for one, word in zip(["", *told], told, strict=False) if word in _FOR and one == "in"]
    if favours and "against" in given and not given & _FOR and not set(told) & _AGAINST:
        return (f"“in {favours[0]} of” is “against” in the cited sentences",)
    for sentence in cited:
        tokens = read(sentence.text)
        for at in range(2, len(tokens) - 1):
            if (tokens[at - 2].lower, tokens[at - 1].lower) == ("rather", "than") and not {"rather", "not"} & set(told):
                wanted = tokens[at].lower
                if any(one == "to" and other == wanted for one, other in pairwise(told)):
                    return (f"“to {wanted}” is “rather than {wanted}” in the cited sentences",)
    return ()
