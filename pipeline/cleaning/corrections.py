"""Correction notices: "Correction: an earlier version of this article said …", in the text or in the headline.

A notice is a sentence of the article that speaks of an error in the article itself, as newsrooms word them; a report on
somebody else's correction is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cleaning.lines import Line
from pipeline.sentences import split
from pipeline.types import Correction

_THIS = (
    r"(?:this|our|an?) (?:(?:earlier|previous|original|initial|prior) )?(?:online |print )?"
    r"(?:article|story|report|column|piece|post|item|headline|caption|version|dispatch|obituary|profile|review)"
)
_EARLIER = rf"(?:earlier|previous|original|initial|prior) (?:online |print )?version of (?:{_THIS}|it)"
_ERRED = (
    r"mis(?:stated|spelled|spelt|identified|attributed|quoted|characteri[sz]ed|reported|calculated|named|labell?ed)|"
    r"mistakenly|incorrectly|inaccurately|erroneously|wrongly"
)
# What a line opens with, label and colon or dash: an Editor's note only when it goes on to speak of an error.
_LABEL = re.compile(
    r"(?:\W{0,3})(?:(?P<sure>corrections?(?: and clarifications?)?|corrected|clarifications?|retraction|erratum|"
    r"korrektur|berichtigung|rectificatif|corrección|correzione|correção|fe de errores|исправление|уточнение|"
    r"تصحيح|תיקון|更正|訂正)|"
    r"(?P<note>editor[’']?s?[’']? note|note to (?:readers|editors)|anmerkung der redaktion|note de la rédaction|"
    r"nota del editor|update))\W{0,3}\s?[:：—–-]",
    re.IGNORECASE,
)
_SPEAKS_OF_AN_ERROR = re.compile(
    rf"\b{_EARLIER}\b(?!,? (?:was |were |has been )?(?:first |initially |originally |previously )?"
    r"(?:ran|run|appeared|published)\b)|"
    rf"\b{_THIS}\b(?:,? \w+){{0,4}}? (?:{_ERRED})\b|"
    rf"\b{_THIS} (?:has been|was) (?:\w+ )?(?:amended|corrected|withdrawn|retracted)\b|"
    rf"\b{_THIS} (?:has been|was) (?:edited|changed|revised|updated) (?:\w+ ){{0,2}}?to correct\b|"
    r"\bbecause of an? (?:\w+ )?(?:editing|production|reporting|transcription|translation) error\b|"
    r"\(corrects\b|"
    r"\b(?:früheren|vorherigen|ursprünglichen|ersten) (?:version|fassung) (?:dieses|des) (?:artikels|textes|beitrags|"
    r"berichts)\b|"
    r"\bversion (?:antérieure|précédente|initiale) de (?:cet|l[’']) ?article\b|"
    r"\bversión (?:anterior|previa|original) de est[ea] (?:artículo|noticia|nota|información)\b|"
    r"\bversione (?:precedente|originale) di quest[oa] ?(?:articolo|notizia)\b|"
    r"\bversão (?:anterior|original) dest[ea] (?:artigo|reportagem|texto|matéria)\b|"
    r"\b(?:предыдущей|первоначальной|ранней) версии (?:этой |данной )?(?:статьи|новости|материала|заметки)\b|"
    r"(?:本文|此文|报道)?(?:此前|早前|先前|早期)(?:的)?版本",
    re.IGNORECASE,
)
# Wire services: "CORRECTED-Ship loses boxes", "UPDATE 1-CORRECTED-…", "Storm-Ingrith,KILL", "WITHDRAWN: …".
_HEADLINE = re.compile(
    r"^(?:[\w ]{2,12}-)?(?:CORRECTED|CORRECTION|REFILE|KILL|STORY (?:KILLED|WITHDRAWN)|WITHDRAWN|RETRACTED|"
    r"RETRACTION)\b\s?[-:—–(,]|(?:,\s?|-|\b(?:MANDATORY|STORY)\s)KILL(?:ED)?$|^(?:Correction|Corrected|Retraction|Withdrawn)\s?[:—–]"
)
_SAID = re.compile(
    rf"\b(?:{_EARLIER}|{_THIS})\b.{{0,60}}?\b(?:(?:{_ERRED}) )?(?:said|stated|reported|gave|described|identified|"
    r"referred to|named|listed|put|called|attributed|included|claimed|indicated|suggested|misstated|misspelled|"
    r"misidentified|misattributed|misquoted)\b(?: incorrectly| in error)?(?: that)?\s+"
    r"(?P<wrong>[^.;]{3,}(?:\.\d[^.;]*)*)",
    re.IGNORECASE,
)
# Every line that one of the above matches holds one of these; looked for first, they make the search ten times as fast.
_HINTS = (
    *(
        "versi",
        "versã",
        "fassung",
        "верси",
        "版本",
        "corre",
        "clarif",
        "retract",
        "withdrawn",
        "errat",
        "error",
        "korrek",
    ),
    *("berichtig", "rectif", "исправл", "уточн", "تصحيح", "תיקון", "更正", "訂正", "misstat", "misspel", "misident"),
    *("misattrib", "misquot", "mischarac", "misreport", "miscalc", "misname", "mislabel", "mistakenly", "inaccurately"),
    *("erroneously", "wrongly", "amended", "kill", "refile"),
)


def find(text: str, lines: Sequence[Line], title: str) -> Correction | None:
    """The first notice in an article; None without one.

    A notice of one sentence or two is cut out of its line. One that stands in the headline only, where the headline is
    not part of the text, has its words and no place: `start` and `end` are 0.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter became two: character for character then, so that places stay
        lowered = "".join(lower if len(lower := c.lower()) == 1 else c for c in text)
    hints = [hint for hint in _HINTS if hint in lowered]
    for line in lines:
        if line.is_script or not any(hint in lowered[line.start : line.end] for hint in hints):
            continue
        label = _LABEL.match(text, line.start, line.end)
        error = _SPEAKS_OF_AN_ERROR.search(text, line.start, line.end)
        if label is not None and (label["sure"] or error):
            return _notice(text, line.start, line.end)
        if error is not None:
            start = next(s.start for s in split(text, line.start, line.end) if s.end > error.start())
            return _notice(text, start, line.end)
        if _HEADLINE.search(text[line.start : line.end]):
            return _notice(text, line.start, line.end)
    return Correction(0, 0, title) if _HEADLINE.search(title) else None


def _notice(text: str, start: int, end: int) -> Correction:
    said = _SAID.search(text, start, end)
    return Correction(start, end, text[start:end], said["wrong"].strip() if said else "")
