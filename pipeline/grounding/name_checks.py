"""Do the cited sentences speak of the people, places and groups that a statement names, in the same parts?

A name is borne out when the cited sentences have it, a part of it (the surname), its acronym, or another word for the
same country; its fuller form may come from the passage or the title. A name that only the passage has is borne out
when the cited sentence opens with a pronoun or "the group", and the name stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.grounding.aliases import is_demonym, joined_names, same_name
from pipeline.grounding.alignment import Place, place_of_span, stand_ins
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import counted
from pipeline.grounding.lexicon import listed
from pipeline.grounding.names import HEADS, SAYS, TITLE_PARTS, TITLES, Name, is_descriptor, is_kin, names_in
from pipeline.grounding.places import place_of
from pipeline.grounding.units import ORDINALS
from pipeline.grounding.words import PRONOUNS, Token, keys, read

_BEFORE_VERB = listed("also later had has have then earlier again still himself herself itself")
# Irregular past tenses of what one does to another; "met" and "married" go both ways.
_PAST = listed(
    """
    beat hit struck shot sued won bought sold told led hurt fought overtook outbid underwent built found gave sent took
    caught held paid saw threw broke chose stole taught
    """
)
# How many words from a verb of saying its speaker is looked for.
_BESIDE = 8
# Words for whoever speaks, which need not stand in the source.
_ANY_SPEAKER = listed(
    """
    company companies firm group organisation organization agency government ministry authorities authority officials
    official spokesman spokeswoman spokesperson statement report reports article newspaper paper text club team party
    union bank court council police sources source data figures survey study researchers experts it he she they
    """
)
_SUMMONED = listed("its his her their home back up off for on")
_HELPING = listed("has have had also then now later")
_NOT_OBJECT = listed(
    "in at on of by for with from to into over after before during as because when that and but near under"
)
_PLACE_WORDS = listed("in at from near to of on through across outside inside around into")


def check_names(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for names that the cited sentences do not bear out."""
    measured = counted(text)
    names = [name for name in names_in(text, _known(text, cited)) if not measured & {name.first, name.last}]
    return tuple(
        f"the name “{name.words}” is not in the cited sentences"
        for name in names
        if not any(_borne_out(name, sentence, names) or _in_title(name, text, sentence) for sentence in cited)
    )


def _in_title(name: Name, text: str, sentence: CitedSentence) -> bool:
    """Whether the title has the name with the word that the name owns, as the statement does: "Sweden's bank"."""
    tokens = read(text)
    if name.last + 1 >= len(tokens) or not _possessive(tokens[name.last]):
        return False
    phrase = [token.lower for token in tokens[name.first : name.last + 2]]
    title = [token.lower for token in read(sentence.title)]
    return any(title[at : at + len(phrase)] == phrase for at in range(len(title)))


def check_name_places(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a name put where the cited sentences have another."""
    known = _known(text, cited)
    contexts = " ".join(sentence.context for sentence in cited)
    pairs = stand_ins(
        list(_placed(text, known)),
        [placed for sentence in cited for placed in _placed(sentence.text, known)],
        lambda one, other: same_name(one, other, contexts) or same_name(other, one, contexts),
    )
    # A state does not stand in the place of a person because her office is told before her name, or after it.
    return tuple(
        f"“{name.words}” stands where the cited sentences have “{other.words}”"
        for name, other in pairs
        if not _is_of(text, cited, name, other)
    )


def _is_of(text: str, cited: Sequence[CitedSentence], one: Name, other: Name) -> bool:
    """Whether both sides put the two names side by side with an office or another descriptor between them."""
    return all(
        any(
            _described_by({*one.parts}, {*other.parts}, source, left, right)
            for source in sources
            for left, right in pairwise(names_in(source))
        )
        for sources in ((text,), tuple(sentence.text for sentence in cited))
    )


def _described_by(one: set[str], other: set[str], text: str, left: Name, right: Name) -> bool:
    if not ((one & {*left.parts} and other & {*right.parts}) or (other & {*left.parts} and one & {*right.parts})):
        return False
    between = [token for token in read(text)[left.last + 1 : right.first] if token.content]
    return len(between) <= 5 and any(is_descriptor(token) for token in between)


def _placed(text: str, known: frozenset[str]) -> Iterator[tuple[Name, Place]]:
    for name in names_in(text, known):
        yield name, place_of_span(text, name.first, name.last)


def check_speakers(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for words put into the mouth of somebody else than the cited sentences say."""
    known = _known(text, cited)
    given = [(name, sentence.context) for sentence in cited for name in _speakers(sentence.text, known)]
    other = _other_speakers(text, cited)
    if not given:
        return other
    return other + tuple(
        f"“{speaker.words}” is not who says this in the cited sentences"
        for speaker in _speakers(text, known)
        if not any(same_name(speaker, name, context) for name, context in given)
        and speaker.place is None
        and any(
            same_name(speaker, name, sentence.context) for sentence in cited for name in names_in(sentence.text, known)
        )
    )


def _other_speakers(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a speaker without a name who is somebody else in the cited sentences, or an office not in them."""
    regions = [
        frozenset(token.key for token in region) for sentence in cited for region in _around_verbs(sentence.text)
    ]
    # "He said" may be told with any word for him that stands before.
    taken_up = any(token.lower in PRONOUNS for each in cited for region in _around_verbs(each.text) for token in region)
    named = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    given = frozenset[str]().union(*(keys(sentence.text) for sentence in cited))
    return tuple(
        f"“{token.text}” is not who says this in the cited sentences"
        for token in _common_speakers(text)
        if not any(token.key in region for region in regions)
        and ((regions and (token.key in given or not taken_up)) or token.key not in named)
        and (token.lower in TITLES or token.lower not in _ANY_SPEAKER)
    )


def _common_speakers(text: str) -> Iterator[Token]:
    """The nouns right before a verb of saying, or before the "of Sorvik" that stands there."""
    tokens = read(text)
    for at, token in enumerate(tokens):
        if token.lower not in SAYS:
            continue
        if at > 2 and tokens[at - 1].capital and tokens[at - 2].lower in ("of", "in"):
            at -= 2
        one = tokens[at - 1] if at else token
        if one.kind == "word" and one.content and not one.capital and one is not token and one.lower not in ORDINALS:
            yield one


def _around_verbs(text: str) -> Iterator[Sequence[Token]]:
    """What stands around each verb of saying: its speaker is among it, perhaps with an office beside the name."""
    tokens = read(text)
    for at, token in enumerate(tokens):
        if token.lower in SAYS or token.lower == "according":
            yield tokens[max(0, at - _BESIDE) : at + _BESIDE]


def check_owners(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for what the cited sentences give to another: "Osmark's navy" where they have "Valtara's navy"."""
    known = _known(text, cited)
    given = [(owner, owned, sentence.context) for sentence in cited for owner, owned in _owners(sentence.text, known)]
    return tuple(
        f"“{name.words}” stands where the cited sentences have “{others[0].words}”"
        for name, owned in _owners(text, known)
        if (others := [owner for owner, other, _ in given if other == owned])
        and not any(same_name(name, owner, context) for owner, other, context in given if other == owned)
        and any(same_name(name, other, "") for sentence in cited for other in names_in(sentence.text, known))
    )


def _owners(text: str, known: frozenset[str]) -> Iterator[tuple[Name, str]]:
    """Names in the possessive and what they own."""
    tokens = read(text)
    for name in names_in(text, known):
        last = tokens[name.last]
        follower = tokens[name.last + 1] if name.last + 1 < len(tokens) else None
        if last.end - last.start > len(last.lower) + 1 and follower and follower.content and not follower.capital:
            yield name, follower.key
        of = next((at for at in range(name.first - 1, max(0, name.first - 4), -1) if tokens[at].lower == "of"), 0)
        kin = tokens[of - 1] if of else None
        if kin and name.place is None and kin.content and not kin.capital and is_kin(kin):
            yield name, kin.key


def check_subjects(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for somebody who does what in the cited sentences another does: "Demir resigned" for "de Vroom"."""
    known = _known(text, cited)
    given = [(name, verb, sentence) for sentence in cited for name, verb in _subjects(sentence.text, known)]
    return tuple(
        f"“{name.words}” does what “{others[0].words}” does in the cited sentences"
        for name, verb in _subjects(text, known)
        if (others := [other for other, done, _ in given if done == verb])
        and not any(
            same_name(name, other, sentence.context) or same_name(other, name, sentence.context)
            for other, done, sentence in given
            if done == verb
        )
        and any(same_name(name, other, "") for sentence in cited for other in names_in(sentence.text, known))
    )


def _subjects(text: str, known: frozenset[str]) -> Iterator[tuple[Name, str]]:
    """Names and the verb in the past right after each; verbs of saying have a check of their own."""
    tokens = read(text)
    for name in names_in(text, known):
        at = name.last + 1
        while at < len(tokens) and tokens[at].lower in _HELPING:
            at += 1
        led = name.first > 0 and tokens[name.first - 1].lower in (*_PLACE_WORDS, "of", "by", "for", "with", "and")
        if at < len(tokens) and not led and not _possessive(tokens[name.last]):
            verb = tokens[at]
            past = verb.lower.endswith("ed") or verb.lower in _PAST
            if past and verb.content and not verb.capital and verb.lower not in SAYS:
                yield name, verb.key


def check_exchanged(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for two names that have changed places around the same word: who accuses whom."""
    known = _known(text, cited)
    for sentence in cited:
        given = list(_beside(sentence.text, known))
        for left, verb, right in _beside(text, known):
            same = [(one, other) for one, between, other in given if between == verb and not same_name(one, other, "")]
            if any(_same_pair((left, right), pair, sentence.context) for pair in same):
                continue
            if any(_same_pair((right, left), pair, sentence.context) for pair in same):
                return (f"“{left.words}” and “{right.words}” are exchanged",)
        for subject, verb, objects in _acts(sentence.text):
            for claimed_subject, claimed_verb, claimed_objects in _acts(text):
                if verb == claimed_verb and claimed_subject in objects and subject in claimed_objects:
                    return (f"who does it and to whom is exchanged around “{verb}”",)
        done, told = _objects(sentence.text), _objects(text)
        for subject, verb, objects in _acts(text):
            if subject in done.get(verb, ()) and not objects & done[verb]:
                return (f"in the cited sentences “{verb}” is done to it, not by it: “{subject}”",)
        for verb in told.keys() & done.keys():
            for other in done.keys() - told.keys():
                if told[verb] & done[other] and not told[verb] & done[verb]:
                    return (f"in the cited sentences another is the object of “{verb}”",)
    return ()


def _same_pair(claimed: tuple[Name, Name], given: tuple[Name, Name], context: str) -> bool:
    return all(same_name(one, other, context) for one, other in zip(claimed, given, strict=True))


def _known(text: str, cited: Sequence[CitedSentence]) -> frozenset[str]:
    """The words that are parts of names within the sentences at hand: names even where a sentence starts."""
    texts = (text, *(sentence.context or sentence.text for sentence in cited))
    return frozenset(part for source in texts for name in names_in(source) for part in name.parts)


def _borne_out(name: Name, sentence: CitedSentence, told: Sequence[Name]) -> bool:
    tokens = [token for token in read(sentence.text) if token.kind != "mark"]
    if _written_out(name.parts, tokens):
        return True
    if all(part in TITLES or part in TITLE_PARTS for part in name.parts):
        return _written_out(name.parts, [token for token in read(sentence.context) if token.kind != "mark"])
    if name.place is not None and any(token.capital and place_of((token.lower,)) == name.place for token in tokens):
        return True
    if any(same_name(name, other, sentence.context) for other in names_in(sentence.text, frozenset(name.parts))):
        return True
    if name.parts == tuple(token.lower for token in read(sentence.title) if token.kind != "mark"):
        return True
    if any(is_demonym(Name(token.text, (token.lower,), 0, 0), name) for token in tokens if token.capital):
        return True
    parts = joined_names(name)
    if len(parts) > 1 and all(_borne_out(part, sentence, told) for part in parts):
        return True
    return _antecedent(name, sentence, told)


def _written_out(parts: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Whether the words stand there in this order, in any case ("the prime minister"); "us" is not "US"."""
    wanted = list(parts)
    words = [token.lower if token.lower != "us" or token.text == "US" else "" for token in tokens]
    together = "".join(wanted)
    lengths = {len(wanted), 1, len(wanted) + 1}
    return any("".join(words[start : start + length]) == together for length in lengths for start in range(len(words)))


def _antecedent(name: Name, sentence: CitedSentence, told: Sequence[Name]) -> bool:
    """Whether a pronoun or "the group" of the sentence can stand for the name.

    It can when nothing in the sentence is named before it, or when the statement keeps the name that is.
    """
    earlier = names_in(f"{sentence.title}. {sentence.before}", frozenset(name.parts))
    if not any(same_name(name, other, sentence.context) for other in earlier):
        return False
    tokens = read(sentence.text)
    named = [
        other
        for other in names_in(sentence.text)
        if other.first == 0 or tokens[other.first - 1].lower not in _PLACE_WORDS
    ]
    first_named = named[0].first if named else len(tokens)
    kept = not named or any(same_name(other, named[0], sentence.context) for other in told)
    for position, token in enumerate(tokens):
        definite = token.lower == "the" and any(word.lower in HEADS for word in tokens[position + 1 : position + 4])
        if token.lower in PRONOUNS or definite:
            return position < first_named or kept
    return False


def _speakers(text: str, known: frozenset[str]) -> Iterator[Name]:
    """The names that say something: right before the verb, or right after it ("said Jones")."""
    tokens, names = read(text), names_in(text, known)
    for position, token in enumerate(tokens):
        summons = token.lower == "called" and position + 1 < len(tokens) and tokens[position + 1].lower in _SUMMONED
        passive = summons or (
            position > 0 and tokens[position - 1].lower in ("was", "were", "is", "are", "been", "being", "be")
        )
        if token.lower not in SAYS or passive:
            continue
        before = [name for name in names if name.last in (position - 1, position - 2)]
        between = [word.lower for word in tokens[before[0].last + 1 : position]] if before else []
        if before and all(word in _BEFORE_VERB or word.endswith("ly") for word in between):
            if before[0].first == 0 or tokens[before[0].first - 1].lower not in _PLACE_WORDS:
                yield before[0]
        elif token.lower in ("said", "says", "added", "told") and position and tokens[position - 1].text in ',"':
            yield from (name for name in names if name.first == position + 1)
    for position, token in enumerate(tokens):
        if token.lower == "according" and position + 2 < len(tokens):
            yield from (name for name in names if name.first in (position + 2, position + 3))


def _objects(text: str) -> dict[str, frozenset[str]]:
    """For each verb in the past, the words after it up to a preposition; verbs without any are left out."""
    tokens = read(text)
    found: dict[str, frozenset[str]] = {}
    for at, token in enumerate(tokens):
        if token.content and not token.capital and (token.lower.endswith("ed") or token.lower in _PAST):
            objects = frozenset(_objects_after(tokens, at))
            if objects:
                found[token.key] = found.get(token.key, frozenset()) | objects
    return found


def _objects_after(tokens: Sequence[Token], at: int) -> Iterator[str]:
    for other in tokens[at + 1 : at + 8]:
        if other.kind == "mark" or other.lower in _NOT_OBJECT:
            return
        if other.content and other.kind == "word":
            yield other.key


def _acts(text: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(who, verb, whom) by concept for verbs in the active past: the words before, and after up to a preposition."""
    tokens = read(text)
    for at, token in enumerate(tokens):
        calls_on = token.lower == "called" and at + 1 < len(tokens) and tokens[at + 1].lower == "on"
        past = token.content and (token.lower.endswith("ed") or token.lower in _PAST) and not token.capital
        if at == 0 or not (past or calls_on):
            continue
        start = next((place for place in range(at - 1, -1, -1) if tokens[place].lower not in _HELPING), 0)
        before = tokens[start]
        after = list(_objects_after(tokens, at + calls_on))
        if before.kind == "word" and before.content and after and before.key not in after:
            yield before.key, token.key, frozenset(after)


def _possessive(token: Token) -> bool:
    return token.kind == "word" and token.end - token.start > len(token.text) and "." not in token.text


def _beside(text: str, known: frozenset[str]) -> Iterator[tuple[Name, str, Name]]:
    """Two names, the word with meaning after the first, and which of them acts: a passive is turned round."""
    tokens, names = read(text), names_in(text, known)
    for one, other in pairwise(names):
        between = tokens[one.last + 1 : other.first]
        words = [token for token in between if token.content and token.kind == "word"]
        # "Halmark's foreign minister, Edda Rosting" and "Edda Rosting, the foreign minister of Halmark": nobody acts.
        if words and (_possessive(tokens[one.last]) or is_descriptor(words[0])):
            continue
        if not words or len(between) > 8 or any(token.text in ".;:" for token in between):
            continue
        lowers = [token.lower for token in between]
        if other.place is not None and lowers[-1] in ("from", "in", "of", "at"):
            continue  # "Kornlund, a maker of oat drinks from Denmark": where it is, not to whom it is done.
        passive = lowers[-1:] == ["by"] or (lowers[-1:] == ["the"] and lowers[-2:-1] == ["by"])
        if passive:
            yield other, words[0].key, one
        else:
            yield one, words[0].key, other
