"""Where an article comes from, as its head says: bylines, publication lines, datelines, the name of the outlet.

Every rule looks at one short line as a reader sees it. `facts` puts together what the lines of a head say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pipeline.cleaning import dates
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD
from pipeline.types import Role

_BY = re.compile(
    r"^(?:(?:written|reported|reporting|story|words|text|analysis|opinion|report|review|interview|edited|compiled|posted|"
    r"published|article|created) by|by|von|par|por|di|von unserem korrespondenten|автор(?:ы)?|текст|بقلم|كتب|كتبت|מאת|"
    r"از|نویسنده|作者|记者|本报记者|文|author|authors|autor|auteur|autore)\s*[:：]?\s+(?P<names>\S.*)$",
    re.IGNORECASE,
)
_PARTICLE = r"(?:(?:de|da|di|del|van|von|der|den|bin|al|el|la|le|du|dos)\s+)*"
_NAME = rf"[^\W\d_a-z][\w’'.-]*(?:\s+{_PARTICLE}[^\W\d_a-z][\w’'.-]*){{1,3}}"
_BARE_NAMES = re.compile(rf"^{_NAME}(?:(?:,\s*|\s+(?:and|und|et|y|e|&)\s+){_NAME})*$")
_NOT_NAMES = re.compile(
    r"\b(?:staff|editors?|correspondents?|reporters?|writers?|columnist|desk|agenc(?:y|ies)|service|newsroom|team|wires?|"
    r"contributors?|special|chief|bureau|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|"
    r"april|june|july|august|september|october|november|december|new|los|san|santa|north|south|east|west|united|hong|"
    r"saudi|sri|tel|great|the|city|county|state|street|university|party|league|cup|open|championship|war|deal|act)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"\b(?:times|post|news|herald|guardian|mirror|tribune|gazette|observer|journal|daily|press|review|standard|ledger|"
    r"monthly|weekly|quarterly|chronicle|telegraph|independent|examiner|dispatch|inquirer|enquirer|register|republic|"
    r"mercury|courier|argus|echo|record|advocate|bulletin|beacon|sentinel|voice|pilot|citizen|leader|messenger|monitor|"
    r"sun|star|globe|mail|express|economist|magazine|newswire|newspaper|media|network|radio|broadcasting|"
    r"agency|reuters|ap|afp|bbc|cnn|npr|cnbc|bloomberg|politico|axios|forbes|fortune|newsweek|usa today|zeitung|"
    r"allgemeine|spiegel|welt|tagesschau|figaro|monde|libération|país|mundo|corriere|repubblica|folha|estado|globo|"
    r"коммерсант|известия|газета|риа|тасс|الجزيرة|العربية|הארץ|נט|人民日报|新华社|新闻|新聞|朝日|読売)\b|times$|新聞$|网$",
    re.IGNORECASE,
)
_KICKER = re.compile(
    r"(?:analysis|opinion|comment|commentary|editorial|exclusive|breaking|live|explainer|interview|feature|"
    r"features|review|column|columnist|perspective|investigation|special|report|update|updated|world|"
    r"politics|business|sport|sports|tech|technology|science|health|culture|local|national|news|"
    r"obituary|letters|fact|check|first|take|guest|essay|long|read|kommentar|meinung|analyse|exklusiv|"
    r"opinión|análisis|éditorial|tribune|entretien|мнение|аналитика|and|of|the|us|uk)",
    re.IGNORECASE,
)
_LONGEST_NAMES = 80
_LABEL = re.compile(
    r"(?P<updated>(?:last )?(?:updated|modified|edited|revised)|aktualisiert|mis à jour|actualizado|aggiornato|"
    r"atualizado|обновлено|آخر تحديث|עודכן|更新)|"
    r"(?P<published>(?:first )?(?:published|posted|issued|released|created)|date|"
    r"veröffentlicht|stand|publié|publicado|pubblicato|опубликовано|(?:تاريخ ال)?نشر|פורסם|发布|公開)",
    re.IGNORECASE,
)
_CLOCK_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|on|at|le|um|uhr|am|pm|gmt|utc|[ecmp][sd]?t|"
    r"bst|cest?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|\d{1,2}[:.h]\d\d|\d{4})\b",
    re.IGNORECASE,
)
# A line that begins with its date is about the date when it is short: "Tuesday 15 April 2026 – latest at the top".
_NEAR_START = 12
_SHORT_LINE = 90
_AGO = re.compile(
    r"^(?:(?:published|updated|posted|vor|il y a|hace)\s*:?\s*)?(?:\d{1,3}|an?|one)\s*"
    r"(?:minutes?|mins?|hours?|hrs?|h|m|days?|d|weeks?|minuten|stunden?|tagen?|minutos|horas|heures?|jours?)(?:\s+ago)?$",
    re.IGNORECASE,
)
_WIRE = r"CNN|AP|AFP|Reuters|REUTERS|BBC|dpa|DPA|UPI|TASS|Xinhua|ANI|IANS|PTI|EFE|ANSA|AAP|NPR|Bloomberg|WSJ|CNBC|Kyodo"
_WIRE_LINE = re.compile(
    rf"^[^.:?!]{{0,60}}?\b(?P<wire>{_WIRE})\)?(?:\s+Business|\s+Style|\s+Sport)?\s*\)?\s*[–—-]{{1,2}}$"
)
_DATELINE = re.compile(
    r"^[^\W\d_a-z][\w.’'/-]*(?:[\s,]+[^\W\d_a-z][\w.’'/-]*){0,5}(?:[,\s]*[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?)?,?\s*"
    r"\((?P<wire>[^()]{2,40})\)\s?[–—-]{1,2}\s"
)
_CAPITALS_DATELINE = re.compile(r"^[^\W\d_a-z]{2,}(?:[\s/,.’'-]+[^\W\d_a-z]{2,})*(?:,\s[\w.\s]{2,30})?\s[–—-]{1,2}\s")
_LEADING_WIRE = re.compile(rf"^(?:[\w.,’' -]{{2,40}}\s)?\(?(?P<wire>{_WIRE})\)?\s?[–—-]{{1,2}}\s")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says of its origin; empty or None where it is silent. `published` is ISO 8601."""

    source: str
    published: str | None
    authors: tuple[str, ...]


def facts(head: Iterable[tuple[str, Role]], language: str, today: date) -> Facts:
    """Put together what lines of known roles say; of two lines that say the same kind of thing the first is believed.

    A date after `today` is not believed; the day of publication goes before that of the last change.
    """
    source = ""
    authors: tuple[str, ...] = ()
    days: dict[str, str] = {}
    for plain, role in head:
        if role == "byline":
            authors = authors or tuple(_names(plain))
        if role in ("byline", "publication"):
            days = _days(plain, language, today) | days
        if role == "dateline":
            source = source or wire_of(plain)
        elif role == "publication" or (role == "byline" and not authors):
            source = source or _outlet(plain)
    return Facts(source, days.get("published") or days.get("updated"), authors)


def _days(plain: str, language: str, today: date) -> dict[str, str]:
    """The dates of a line by what its labels say they are; a date without a label is the day of publication."""
    days: dict[str, str] = {}
    labels = list(_LABEL.finditer(plain))
    kinds = ["published", *(label.lastgroup or "published" for label in labels)]
    for kind, (start, end) in zip(kinds, pairwise([0, *(label.start() for label in labels), len(plain)]), strict=True):
        found = dates.find(plain[start:end], language)
        if found and dates.is_past(found.iso, today):
            days.setdefault(kind, found.iso)
    return days


@lru_cache(maxsize=4096)
def role_of(plain: str) -> Role | None:
    """The role of a line in the head of an article; None for what is neither byline, publication line nor dateline."""
    if _WIRE_LINE.match(plain):
        return "dateline"
    if len(plain) > 160:
        return None
    if is_byline(plain):
        return "byline"
    if is_labelled_date(plain) or _is_date_line(plain) or _AGO.match(plain):
        return "publication"
    if "@" in plain and " " not in plain:
        return "byline"
    return "publication" if _is_outlet(plain) or is_kicker(plain) else None


def is_byline(plain: str) -> bool:
    match = _BY.match(plain)
    if not match or (FINAL.search(plain) and not re.search(r"\b\w\.$|[A-Z]\.", plain)):
        return False
    names = match["names"]
    first = WORD.search(names)
    if not first or len(WORD.findall(names)) > 18:
        return False
    return (
        not first.group()[0].islower() and not first.group()[0].isdigit() and not _CLOCK_WORDS.fullmatch(first.group())
    )


def _names(plain: str) -> list[str]:
    """The people (or agencies) that a byline names."""
    match = _BY.match(plain)
    text = match["names"] if match else plain
    text = re.split(r"\s+(?:in|at|for|for the|reporting from)\s+(?=[A-Z])|\s[|–—•·-]\s|\s*[|•·;(]|\s{2,}", text)[0]
    names: list[str] = []
    for part in re.split(r",\s*(?:and\s+)?|\s+(?:and|und|et|y|e|и|&|with)\s+|、|和|\sו", text):
        part = part.strip(" .*_")
        words = part.split()
        if not words or (_BY.match(plain) and names and len(words) == 1):
            continue
        acronym = len(words) == 1 and (
            (len(part) > 1 and part.isupper()) or UNSPACED.search(part) or part in ("Reuters",)
        )
        agency = bool(words) and words[-1] == "Agency"
        person = 2 <= len(words) <= 5 and not _NOT_NAMES.search(part) and not part[0].islower()
        if acronym or agency or person:
            names.append(part.title() if part.isupper() and len(words) > 1 else part)
    return names


def is_name(plain: str) -> bool:
    return not _NOT_NAMES.search(plain) and not _OUTLET.search(plain) and len(plain) <= _LONGEST_NAMES


def _is_outlet(plain: str) -> bool:
    """Whether a line of the head is the name of a publication."""
    words = WORD.findall(plain)
    small = ("of", "the", "and", "de", "la", "le", "el", "der", "die", "das", "for", "in", "live")
    titled = all(not word[0].islower() or word.lower() in small for word in words)
    return (
        bool(_OUTLET.search(plain))
        and len(words) <= 9
        and titled
        and not FINAL.search(plain)
        and not plain.endswith(":")
    )


def _outlet(plain: str) -> str:
    """The publication that a line of the head names, empty without one."""
    found = dates.find(plain)
    if found:
        plain = f"{plain[: found.start]} | {plain[found.end :]}"
    for part in re.split(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+|\s{2,}", plain):
        part = part.strip(" .:*_")
        part = re.sub(r"^(?:source|quelle|fuente|источник)\s*:\s*", "", part, flags=re.IGNORECASE)
        if (
            part
            and not _LABEL.match(part)
            and not _CLOCK_WORDS.fullmatch(part)
            and _is_outlet(part)
            and not _BY.match(part)
        ):
            return part
    return ""


def is_kicker(plain: str) -> bool:
    """Whether a line is the label over a headline: "Analysis", "World news"."""
    words = WORD.findall(plain)
    return 0 < len(words) <= 3 and all(_KICKER.fullmatch(word) for word in words)


def is_labelled_date(plain: str) -> bool:
    """ "Published 12 March 2026": a label at the start and little else."""
    return (
        bool(_LABEL.match(plain))
        and len(plain) <= 140
        and bool(dates.find(plain) or re.search(r"\d\s*(?::\d\d|ago)", plain))
    )


def _is_date_line(plain: str) -> bool:
    """Whether a line is a date with at most a few words around it (a weekday, a time, the name of the publication)."""
    if len(plain) > 120 or not any(char.isdigit() for char in plain):
        return False
    found = dates.find(plain)
    if not found:
        return False
    if found.start <= _NEAR_START and len(plain) <= _SHORT_LINE and not FINAL.search(plain):
        return True
    rest = _CLOCK_WORDS.sub(" ", f"{plain[: found.start]} | {plain[found.end :]}")
    words = WORD.findall(rest)
    return len(words) <= 6 and not FINAL.search(rest.strip()) and sum(word[0].islower() for word in words) <= 2


def wire_of(plain: str) -> str:
    """The agency that a dateline names, alone on its line or before a first paragraph; empty without one."""
    match = _WIRE_LINE.match(plain) or _LEADING_WIRE.match(plain) or _DATELINE.match(plain)
    return match["wire"].strip() if match else ""


def has_dateline(plain: str) -> bool:
    """Whether a paragraph begins with a dateline: "GENEVA, March 3 (Reuters) -"."""
    return bool(_DATELINE.match(plain) or _CAPITALS_DATELINE.match(plain) or _LEADING_WIRE.match(plain))


def is_dateline(plain: str) -> bool:
    """Whether a line is a dateline and nothing else: "New York CNN —"."""
    return bool(_WIRE_LINE.match(plain))


def is_bare_name(plain: str) -> bool:
    """Whether a line is nothing but the names of people."""
    return len(plain) <= _LONGEST_NAMES and bool(_BARE_NAMES.match(plain)) and is_name(plain)
