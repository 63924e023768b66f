"""Sentence boundaries with exact offsets, by rules, for the main news languages.

`split` never rewrites: every sentence is a span of the text it was given, and together the sentences hold every
character that is not white space, once and in order. The rules are written for news: initials, titles and dotted
abbreviations do not end a sentence, a quotation mark closes with the sentence it ends, and a full stop with no space
after it ("danger to Israel.According to") does end one.
"""

from __future__ import annotations

import re

from pipeline.types import Sentence

_CANDIDATE = re.compile(r"[.!?…。！？｡؟۔।]+|[\n\r\x0b\x0c\x85\u2028\u2029]+")
_LINE_BREAK = re.compile(r"\s+")
_CJK_STOPS = frozenset("。！？｡")
_CLOSERS = re.compile(r"(?:[\"'”’»›)\]」』】）》〉“]|[ \u00a0\u202f](?=»)|\*{1,2}(?=\s|$)|_(?=\s|$))*")
_OPENERS = "\"'“„«‹‘’([{「『【（《〈¿¡-–—•*_#>… \u00a0\u202f\t"
_STRAY_CLOSERS = re.compile(r"\s+[\"”’»)\]」』】）]+(?=\s|$)")
_TOKEN_BEFORE = re.compile(r"[^\s\"“„«‹‘(\[{「『（—–/…]+$")
_WORD_AFTER = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?\.?")
_ATTRIBUTION = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]*\s+){1,3}(?:said|says|asked|asks|told|tells|added|adds|wrote|writes|shouted|joked|replied)\b"
)
_NUMBERING = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")
_PARTICLE_AFTER_QUOTE = frozenset("とがはをにのでもやっへ、，,：:；;")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A full stop after one of these never ends a sentence: a name, a noun or a number always follows.
_NEVER_LAST = _words(
    """mr mrs ms mx messrs mmes dr drs prof rev revd hon gen lt col maj capt cmdr cpl sgt pvt adm brig supt insp det sen
    rep gov pres vp amb sec-gen st ste mt ft fr sr dra sra srta sres vs v eg e.g i.e ie cf al approx viz esp no nos
    z.b d.h u.a s.o o.ä bzw ca evtl ggf vgl hrsg inkl zzgl sog nr str abs tel dipl-ing dipl hl
    mme mlle mm mgr me env av p.ex c.-à-d p.ej pág núm art.º ud uds d dª excmo sig dott dott.ssa avv ing on exmo
    т.е т.к т.н т.ч ул им см стр проф акад напр пр-т пл просп обл респ тов о-в г-н г-жа ред
    د م أ ص ر.ا"""
)
# After one of these a sentence ends only when what follows looks like the start of one.
_MAYBE_LAST = _words(
    """inc co corp ltd llc plc bros jr etc usw etw ff u.s u.k u.n e.u d.c u.s.a u.s.s.r l.a n.y ph.d m.d b.a m.a b.c a.d
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo ave blvd rd dept est govt assn mio mrd tsd jh mill ee.uu ee uu janv févr avr juil déc
    г гг в вв др т.д т.п млн млрд тыс руб коп н.э"""
)
# A full stop after one of these is an abbreviation only before a number: "No. 5", but "He said no."
_BEFORE_NUMBER = _words(
    """no nos nr art fig figs p pp pg vol sec ch par para abs ca c s bd núm pág n º jan feb mar apr jun jul aug sep sept
    oct nov dec tel ext ver v ст п № рис"""
)
_CLOCK = frozenset(("a.m", "p.m", "a. m", "p. m", "am", "pm"))
_AFTER_CLOCK = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b|[A-Z]{1,2}[SD]?T\b|GMT|UTC|CES?T|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|eastern|pacific|central|mountain|local|daily",
    re.IGNORECASE,
)
# Words that open a sentence far more often than they continue a name ("in the U.S. The" against "U.S. Senate").
_STARTERS = _words(
    """the this that these those there it its he she they we i you his her their our my a an in on at by for from with
    to of as and but or so yet if when while after before since until although though because however meanwhile
    according also still now then once what who where why how not no some many most all each both another one two
    der die das er sie es wir ich ein eine im in am auf mit nach bei und aber doch auch so wenn als dies diese
    le la les un une il elle ils elles ce cette ces mais et en dans au aux pour selon depuis nous on
    el los las una él ella ellos pero y según por para su sus este esta
    il lo gli uno una ma e secondo nel o os as um uma ele ela mas e segundo no na
    он она они это этот эта эти в на но и по с как мы я не к для об при также однако"""
)
_GERMAN_MONTHS = _words(
    """januar februar märz april mai juni juli august september oktober november dezember jahrhundert jänner"""
)
_DOMAINS = _words("com org net edu gov co uk io ai de fr es it ru info news tv js py html php jpg png pdf")
_QUOTES = frozenset("\"'”’»›」』“")

# Text may be hard-wrapped when no line of the stretch is longer than this (e-mail and wire services wrap at 65–80).
_WRAP_WIDTH = 90
_WRAP_MIN = 45
# How far the rules look around a mark: it bounds the work on text without any sentence end.
_LOOK_BACK = 1_000
_TOKEN_BACK = 40


def split(text: str, start: int = 0, end: int | None = None, language: str = "") -> tuple[Sentence, ...]:
    """The sentences of `text[start:end]`, with offsets into `text`, trimmed of white space.

    A line break ends a sentence unless the line was broken because the next word did not fit (hard-wrapped text).
    `language` (ISO 639-1, or empty) settles what the text alone cannot, such as German ordinals ("am 3. Oktober").
    """
    end = len(text) if end is None else end
    sentences: list[Sentence] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.start() < begin:
            continue
        stop = _boundary(text, begin, match.start(), match.end(), start, end, language)
        if stop:
            _add(sentences, text, begin, stop)
            begin = stop
    _add(sentences, text, begin, end)
    return tuple(sentences)


def _add(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    body = raw.strip()
    if body:
        start += len(raw) - len(raw.lstrip())
        sentences.append(Sentence(start, start + len(body), body))


def _boundary(text: str, begin: int, at: int, after: int, lower: int, end: int, language: str) -> int:
    """Where the sentence ends that the mark `text[at:after]` may close; 0 when it does not close one."""
    mark = text[at]
    if mark.isspace():
        return 0 if _is_wrapped(text, at, after, lower, end) else after
    if mark in ".…" and at - begin < _LOOK_BACK and not text[begin:at].strip(_OPENERS):
        return 0
    stop = _past_closers(text, begin, after, end)
    if stop >= end:
        return end
    if mark in _CJK_STOPS:
        return 0 if stop > after and text[stop] in _PARTICLE_AFTER_QUOTE else stop
    if not text[stop].isspace():
        return stop if _is_glued_end(text, begin, at, after, stop, end) else 0
    if stray := _STRAY_CLOSERS.match(text, stop, end):
        stop = stray.end()
    following = _past_openers(text, stop, end)
    if following < end and text[following].isspace():
        line_break = _LINE_BREAK.match(text, following, end)
        if line_break is None or not _is_wrapped(text, following, line_break.end(), lower, end):
            return stop
        following = _past_openers(text, line_break.end(), end)
    if following >= end:
        return stop
    return stop if _ends(text, begin, at, after, stop, following, end, language) else 0


def _past_openers(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _OPENERS:
        at += 1
    return at


def _past_closers(text: str, begin: int, after: int, end: int) -> int:
    """The end of the closing quotation marks and brackets after a mark; a straight quote may open the next sentence."""
    match = _CLOSERS.match(text, after, end)
    stop = match.end() if match else after
    glued = stop < end and not text[stop].isspace()
    if glued and stop > after and text[stop - 1] in "\"'“":
        earlier = text.count(text[stop - 1], max(begin, stop - _LOOK_BACK), stop - 1)
        stop -= earlier % 2 == 0
    return stop


def _ends(text: str, begin: int, at: int, after: int, stop: int, following: int, end: int, language: str) -> bool:
    """Whether a mark with white space behind it ends the sentence, judged by what stands before and after it."""
    char = text[following]
    quoted = any(closer in _QUOTES for closer in text[after:stop])
    if char.islower():
        return text[following + 1 : following + 2].isupper() and not quoted
    if text[at] in "!?؟":
        return not (quoted and _ATTRIBUTION.match(text, following, end))
    if after - at > 1 or text[at] == "…":
        return not text.startswith(("I ", "I’", "I'"), following)
    if text[at] != "." or (stop > after and text[stop - 1] not in ")]*_"):
        return True
    token_match = _TOKEN_BEFORE.search(text, max(begin, at - _TOKEN_BACK), at)
    token = token_match.group() if token_match else ""
    return not _is_abbreviation(text, begin, at, token, following, end, language)


def _is_abbreviation(text: str, begin: int, at: int, token: str, following: int, end: int, language: str) -> bool:
    """Whether the full stop at `at` belongs to the word before it and the sentence goes on."""
    bare = token.lower().strip("’'*_").lstrip("-")
    before_number = text[following].isdigit()
    word_match = _WORD_AFTER.match(text, following, end)
    word = word_match.group() if word_match else ""
    initial = len(word.rstrip(".")) == 1 and text.startswith(".", following + 1)
    starts = word.lower().rstrip(".") in _STARTERS and not initial
    if bare in _BEFORE_NUMBER and before_number:
        return True
    if at - begin < _TOKEN_BACK and _NUMBERING.match(token) and not text[begin : at - len(token)].strip(_OPENERS):
        return True
    if bare in ("no", "nos"):
        return False
    if bare in _NEVER_LAST and (len(bare) > 1 or not starts):
        return not (bare in ("on", "me", "al", "d", "sig", "ing") and token.islower())
    if bare in _CLOCK:
        return bool(_AFTER_CLOCK.match(text, following, end))
    if bare in _MAYBE_LAST:
        # "Wash.", "Ill.", "Sun." and their like are words too: an abbreviation only with its capital.
        latin_word = token.isascii() and token.islower() and "." not in token and bare not in ("etc", "usw", "inc")
        return not (latin_word or starts or before_number or bare == "etc")
    if token.isdigit() and len(token) <= 2:
        if word.lower() in _GERMAN_MONTHS:
            return True
        return language in ("de", "no", "da", "fi", "cs", "pl") and bool(word) and not starts
    if len(token) == 1 and token.isalpha():
        return initial or ((token.isupper() or not token.islower()) and not starts)
    if "." in token and all(len(part) <= 2 for part in token.split(".")) and token.replace(".", "").isalpha():
        return not starts
    return False


def _is_glued_end(text: str, begin: int, at: int, after: int, stop: int, end: int) -> bool:
    """Whether a mark with no space behind it ends a sentence: "…to Israel.According to", "country.”He", "去吗?他"."""
    following = stop
    while following < end and text[following] in "“„«‘\"'(":
        following += 1
    nxt, second = text[following : following + 1], text[following + 1 : following + 2]
    if text[at] in "?!" and nxt > "\u2e7f" and nxt.isalpha():
        return True
    opened = following > stop
    if not nxt.isupper() or not (second.islower() or second in " ’'" or opened):
        return False
    before = text[at - 1] if at > begin else ""
    token_match = _TOKEN_BEFORE.search(text, max(begin, at - _TOKEN_BACK), at)
    token = token_match.group() if token_match else ""
    if stop > after or opened:
        return before.isalnum() or before in "”’\"')]%"
    if any(sign in token for sign in ".@/\\=&") or token.lower() in _NEVER_LAST:
        return False
    word_match = _WORD_AFTER.match(text, following, end)
    word = word_match.group() if word_match else ""
    if word.split(".")[0].lower() in _DOMAINS:
        return False
    long_enough = len(token) >= 2 and (token[-2:].islower() or token.isdigit())
    return long_enough or before in "”’\"')]%" or (text[at] in "!?" and before.isalpha())


def _is_wrapped(text: str, at: int, after: int, lower: int, end: int) -> bool:
    """Whether a line break was made only because the next word did not fit on the line (one break, no blank line)."""
    if text[at:after].strip("\r\n") or text.count("\n", at, after) > 1 or after >= end:
        return False
    line_start = max(text.rfind("\n", lower, at) + 1, lower)
    line = text[line_start:at].rstrip()
    if not _WRAP_MIN <= len(line) <= _WRAP_WIDTH:
        return False
    lower, end = max(lower, line_start - _LOOK_BACK), min(end, after + _LOOK_BACK)
    blank_above, blank_below = text.rfind("\n\n", lower, at), text.find("\n\n", after, end)
    lines = text[lower if blank_above < 0 else blank_above : end if blank_below < 0 else blank_below].split("\n")
    width = max(len(each.rstrip()) for each in lines)
    next_word = text[after:end].split(None, 1)[:1]
    return width <= _WRAP_WIDTH and bool(next_word) and len(line) + 1 + len(next_word[0]) > width
