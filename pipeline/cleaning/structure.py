"""What the lines of an article are: headline, standfirst, byline, publication line, sub-headlines, paragraphs.

The decisions are made in the order a reader makes them: what is residue by itself, what hangs on residue (the list
under "Most read"), the head of the article from its headline to its first paragraph, then the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cleaning import dates, residue
from pipeline.cleaning.lines import Line
from pipeline.types import Reason, Role

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_FINAL = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]」』*_]*$")
_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’»)]*\s+[\"“„«‘(]?[^\W\d_a-z]|[。！？][^」』]")
_NO_SUBHEAD = re.compile(r"[.!,;:…。！，；：؟][\"'”’»)\]*_]*$")
_BULLET = re.compile(r"^(?:[•●▪◦‣·►▶*♦–—-]|\d{1,3}[.)]\s)\s*")
_FIELD = re.compile(r"^[^\W\d_][\w ]{0,24}: \S")

# Head of an article: at most so many lines that are no residue stand between its headline and its first paragraph.
_HEAD_LINES = 8
# Lines below the last paragraph that are no residue by themselves: up to so many are taken for links of the page's foot.
_FEW_IN_TAIL = 10
_CLOSING: tuple[Reason, ...] = ("comment count", "copyright", "cookie notice")
_NAGGING: tuple[Reason, ...] = ("newsletter nag", "read-more", "share bar", "promotion", "navigation")
_MAX_HEADLINE = 220
_MAX_STANDFIRST_WORDS = 60
_LEAD_RATIO = 1.4

_BY = re.compile(
    r"^(?:(?:written|reported|reporting|story|words|text|analysis|opinion|report|review|interview|edited|compiled|posted|"
    r"published|article|created) by|by|von|par|por|di|von unserem korrespondenten|автор(?:ы)?|текст|بقلم|كتب|كتبت|מאת|"
    r"از|نویسنده|作者|记者|本报记者|文|author|authors|autor|auteur|autore)\s*[:：]?\s+(?P<names>\S.*)$",
    re.IGNORECASE,
)
_CREDIT_TAIL = re.compile(
    r"^[(\[]?(?:(?:additional |further |also |with )?(?:reporting|editing|writing|contributions?|contributed|compiled|"
    r"translated|files|input|produced)\b.{0,12}\b(?:by|from|to)\b|contribut(?:ing|ors?|ed)\s*[:：]|distributed by\b|"
    r"(?:mit material von|quelle:|\(?dpa|avec afp|con información de|по материалам)|source\s*:\s*(?:ap|afp|reuters|agencies))",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(r"^[–—−-]{1,2}\s?(?:[^\W\d_a-z][\w.’'-]*[\s,]*(?:and |with |& )?){1,8}$")
_NAME = r"[^\W\d_a-z][\w’'.-]*(?:\s+(?:(?:de|da|di|del|van|von|der|den|bin|al|el|la|le|du|dos)\s+)*[^\W\d_a-z][\w’'.-]*){1,3}"
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
    r"sun|star|globe|mail|express|economist|magazine|newswire|newspaper|media|network|radio|broadcasting|"
    r"agency|reuters|ap|afp|bbc|cnn|npr|cnbc|bloomberg|politico|axios|forbes|fortune|newsweek|usa today|zeitung|"
    r"allgemeine|spiegel|welt|tagesschau|figaro|monde|libération|país|mundo|corriere|repubblica|folha|estado|globo|"
    r"коммерсант|известия|газета|риа|тасс|الجزيرة|العربية|הארץ|נט|人民日报|新华社|新闻|新聞|朝日|読売)\b|times$|新聞$|网$",
    re.IGNORECASE,
)
_KICKERS = frozenset(
    ["analysis", "opinion", "comment", "commentary", "editorial", "exclusive", "breaking", "live", "explainer", "interview", "feature", "features", "review", "column", "columnist", "perspective", "investigation", "special", "report", "update", "updated", "world", "politics", "business", "sport", "sports", "tech", "technology", "science", "health", "culture", "local", "national", "news", "obituary", "letters", "fact", "check", "first", "take", "guest", "essay", "long", "read", "kommentar", "meinung", "analyse", "exklusiv", "opinión", "análisis", "éditorial", "tribune", "entretien", "мнение", "аналитика"]
)  # fmt: skip
_LABEL = re.compile(
    r"(?P<updated>(?:last )?(?:updated|modified|edited|revised)|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|"
    r"обновлено|آخر تحديث|עודכן|更新)|(?P<published>(?:first )?(?:published|posted|issued|released|created)|date|"
    r"veröffentlicht|stand|publié|publicado|pubblicato|опубликовано|(?:تاريخ ال)?نشر|פורסם|发布|公開)",
    re.IGNORECASE,
)
_CLOCK_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|on|at|le|um|uhr|am|pm|gmt|utc|[ecmp][sd]?t|"
    r"bst|cest?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|\d{1,2}[:.h]\d\d|\d{4})\b",
    re.IGNORECASE,
)
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
    r"^(?:[^\W\d_a-z][\w.’'/-]*[\s,]*){1,6}(?:[,\s]*[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?)?,?\s*"
    r"\((?P<wire>[^()]{2,40})\)\s?[–—-]{1,2}\s"
)
_CAPITALS_DATELINE = re.compile(r"^[^\W\d_a-z]{2,}(?:[\s/,.’'-]+[^\W\d_a-z]{2,})*(?:,\s[\w.\s]{2,30})?\s[–—-]{1,2}\s")
_LEADING_WIRE = re.compile(rf"^(?:[\w.,’' -]{{2,40}}\s)?\(?(?P<wire>{_WIRE})\)?\s?[–—-]{{1,2}}\s")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lines of an article are, one label each, and what they say of where it comes from."""

    labels: tuple[Role | Reason, ...]
    title: str
    source: str
    published: str | None
    authors: tuple[str, ...]


def read(lines: Sequence[Line], title: str, authors: tuple[str, ...], language: str, today: date) -> Reading:
    """Label every line and gather the metadata that stand in the head of the article; `title` is the reader's, or empty."""
    reasons = _reasons(lines)
    headline = _headline(lines, reasons, title)
    if headline is not None:
        reasons[headline] = None
    _leave_out_lists(lines, reasons)
    content = [index for index, why in enumerate(reasons) if why is None]
    labels: list[Role | Reason] = [why or "paragraph" for why in reasons]
    head = _head(lines, content, headline)
    facts = _Facts(language, today)
    for index, role in head.items():
        labels[index] = role
        facts.gather(lines[index].plain, role)
    body = [index for index in content if index not in head]
    names = authors or tuple(facts.authors)
    for place, index in enumerate(body):
        labels[index] = _body_role(lines, body, place, names)
        if labels[index] == "publication":
            facts.gather(lines[index].plain, "publication")
    if body and not facts.source:
        facts.source = _wire_of(lines[body[0]].plain)
    _leave_out_repeats(lines, labels, headline)
    shown = lines[headline].plain if headline is not None else _lead(lines, body)
    return Reading(tuple(labels), title or shown, facts.source, facts.date(), tuple(facts.authors))


def is_prose(plain: str) -> bool:
    """Whether a line reads as a paragraph of running text, in any script."""
    if _UNSPACED.search(plain):
        return len(plain) >= 40 or (len(plain) >= 20 and bool(_FINAL.search(plain)))
    words = len(_WORD.findall(plain))
    final = bool(_FINAL.search(plain))
    return words >= 35 or (final and (words >= 12 or (words >= 8 and bool(_SENTENCE_BREAK.search(plain)))))


def _reasons(lines: Sequence[Line]) -> list[Reason | None]:
    return ["script residue" if line.is_script else residue.reason(line.plain) for line in lines]


def _headline(lines: Sequence[Line], reasons: list[Reason | None], title: str) -> int | None:
    """The line that is the headline: the one that repeats a known title, else the first that can be one."""
    candidates = [
        index
        for index, why in enumerate(reasons)
        if why is None or (why in ("read-more", "caption or credit") and not residue.is_list_head(lines[index].plain))
    ]
    if title:
        wanted = _letters(title)
        for index in candidates[:5]:
            letters = _letters(lines[index].plain)
            if (
                letters
                and len(letters) >= 0.6 * len(wanted)
                and (wanted.startswith(letters) or letters.startswith(wanted))
            ):
                return index
        return None
    if len([index for index in candidates if reasons[index] is None]) < 2:
        return None
    first = candidates[0]
    second = next((index for index in candidates[1:] if reasons[index] is None), first)
    if _is_kicker(lines[first].plain) and not is_prose(lines[second].plain):
        first = second
    plain = lines[first].plain
    too_long = len(plain) > _MAX_HEADLINE or bool(_SENTENCE_BREAK.search(plain) and is_prose(plain))
    return None if too_long or _is_lead_paragraph(plain) else first


def _is_lead_paragraph(plain: str) -> bool:
    """Whether a first line is the story already: it has a dateline, or is a full sentence of some length."""
    if _DATELINE.match(plain) or _CAPITALS_DATELINE.match(plain) or _LEADING_WIRE.match(plain):
        return is_prose(plain)
    if _UNSPACED.search(plain):
        return plain.endswith("。")
    return plain.endswith(".") and len(_WORD.findall(plain)) > 16


def _leave_out_lists(lines: Sequence[Line], reasons: list[Reason | None]) -> None:
    """Mark what hangs on residue: the items under a list head, and what follows the end of the article."""
    prose = [index for index, why in enumerate(reasons) if why is None and is_prose(lines[index].plain)]
    last_prose = prose[-1] if prose else -1
    few = sum(why is None for why in reasons[last_prose + 1 :]) <= _FEW_IN_TAIL
    listing = False
    ended = False
    for index, line in enumerate(lines):
        why, in_tail = reasons[index], index > last_prose
        if why is not None:
            if residue.is_list_head(line.plain):
                listing = in_tail or not _READ_MORE.match(line.plain)
            if in_tail and (why in _CLOSING or (why in _NAGGING and few)):
                ended = True
            continue
        if is_prose(line.plain) or _CREDIT_TAIL.match(line.plain) or line.plain.endswith((".", ".”")):
            listing = False
        elif listing and (in_tail or _is_item(line.plain)):
            reasons[index] = "read-more"
        elif in_tail and ended and prose and not _is_kept_in_tail(line.plain):
            reasons[index] = "navigation" if len(_WORD.findall(line.plain)) < 4 else "read-more"
        elif in_tail and prose and residue.is_shop(line.plain):
            reasons[index] = "promotion"
        elif in_tail and few and prose and line.plain.count(" | ") > 1 and not _FINAL.search(line.plain):
            reasons[index] = "navigation"


_READ_MORE = re.compile(r"\W*(?:read|more|continue|click|keep|weiterlesen|lire la suite|leer más)\b", re.IGNORECASE)


def _is_item(plain: str) -> bool:
    return not is_prose(plain) and len(plain) <= 160


def _is_kept_in_tail(plain: str) -> bool:
    return bool(_CREDIT_TAIL.match(plain) or _labelled_date(plain) or _BULLET.match(plain) or _FIELD.match(plain)) or plain.endswith(".")


def _head(lines: Sequence[Line], content: list[int], headline: int | None) -> dict[int, Role]:
    """The roles of the lines from the top to the first paragraph."""
    roles: dict[int, Role] = {}
    place = 0
    if headline is not None:
        for index in content[: content.index(headline)]:
            roles[index] = "publication"
        roles[headline] = "headline"
        place = content.index(headline) + 1
    top = content[place : place + _HEAD_LINES]
    standfirst: int | None = None
    for offset, index in enumerate(top):
        plain = lines[index].plain
        role = _head_role(plain)
        if role:
            roles[index] = role
            continue
        rest = [lines[other].plain for other in top[offset + 1 :]]
        if headline is not None and standfirst is None and _is_standfirst(plain, rest):
            standfirst = index
            roles[index] = "standfirst"
            continue
        if headline is not None and rest and not is_prose(plain) and _BARE_NAMES.match(plain) and _is_name(plain):
            roles[index] = "byline"
            continue
        if headline is None and not roles and offset == 0 and rest and _BARE_NAMES.match(plain) and _is_name(plain):
            roles[index] = "byline"
            continue
        break
    return roles


def _head_role(plain: str) -> Role | None:
    if _WIRE_LINE.match(plain):
        return "dateline"
    if len(plain) > 160:
        return None
    if _is_byline(plain):
        return "byline"
    if _labelled_date(plain) or _is_date_line(plain) or _AGO.match(plain):
        return "publication"
    if "@" in plain and " " not in plain:
        return "byline"
    return "publication" if _is_outlet(plain) or _is_kicker(plain) else None


def _is_standfirst(plain: str, rest: list[str]) -> bool:
    """Whether a line under the headline sums the article up, judged by what follows it."""
    words = len(_WORD.findall(plain))
    if _UNSPACED.search(plain):
        return len(plain) <= 80 and bool(rest) and len(rest[0]) >= 1.5 * len(plain)
    if words > _MAX_STANDFIRST_WORDS or words < 5 or not rest:
        return False
    following = rest[0]
    if _head_role(following) and not is_prose(following):
        return True
    if not _FINAL.search(plain):
        return words >= 6 and not plain.endswith(":") and is_prose(following)
    return (
        words <= 35
        and not _SENTENCE_BREAK.search(plain)
        and plain[0] not in '"“«„'
        and is_prose(following)
        and len(_WORD.findall(following)) >= _LEAD_RATIO * words
    )


def _body_role(lines: Sequence[Line], body: list[int], place: int, authors: tuple[str, ...]) -> Role:
    plain = lines[body[place]].plain
    if _WIRE_LINE.match(plain):
        return "dateline"
    if _CREDIT_TAIL.match(plain) and len(plain) <= 300:
        return "byline"
    if _SIGN_OFF.match(plain) and len(plain) <= 80:
        return "byline"
    late = place >= len(body) - 3 and place > 0
    if (
        late
        and authors
        and any(re.match(rf"{re.escape(name)} (?:is|are|was|covers|writes|reports)\b", plain) for name in authors)
    ):
        return "byline"
    if late and not is_prose(plain) and (_labelled_date(plain) or (_BY.match(plain) and _is_byline(plain))):
        return "publication" if _labelled_date(plain) else "byline"
    return "subhead" if _is_subhead(lines, body, place) else "paragraph"


def _is_subhead(lines: Sequence[Line], body: list[int], place: int) -> bool:
    """A short line without a full stop that stands alone above a paragraph; lines of a list are paragraphs."""
    plain = lines[body[place]].plain
    if place + 1 >= len(body) or not _is_short(plain) or _NO_SUBHEAD.search(plain) or _BULLET.match(plain):
        return False
    if (not plain[0].isalnum() and plain[0] not in "\"“‘'«„¿「『(") or plain[0].islower() or _FIELD.match(plain):
        return False
    following = lines[body[place + 1]].plain
    opens = is_prose(following) or bool(_BULLET.match(following)) or bool(_FINAL.search(following))
    before = lines[body[place - 1]].plain if place else ""
    in_list = place > 0 and _is_short(before) and not _FINAL.search(before) and not before.endswith(":")
    return opens and not in_list


def _is_short(plain: str) -> bool:
    return len(plain) <= 30 if _UNSPACED.search(plain) else len(plain) <= 110 and len(_WORD.findall(plain)) <= 16


def _leave_out_repeats(lines: Sequence[Line], labels: list[Role | Reason], headline: int | None) -> None:
    """A whole block that says the headline or the standfirst again is no part of the body."""
    said: set[str] = set()
    for index, label in enumerate(labels):
        letters = _letters(lines[index].plain)
        if index == headline or label == "standfirst":
            said.add(letters)
        elif letters in said and len(letters) > 15 and label in ("paragraph", "subhead", "publication", "byline"):
            labels[index] = "repeated standfirst"


class _Facts:
    """What the head of an article says of its origin, gathered line by line; the first to say a thing is believed."""

    def __init__(self, language: str, today: date) -> None:
        self.source = ""
        self.authors: list[str] = []
        self._language = language
        self._today = today
        self._dates: dict[str, str] = {}

    def gather(self, plain: str, role: Role) -> None:
        """Take from a line of the head what its role promises."""
        if role == "dateline":
            wire = _WIRE_LINE.match(plain)
            self.source = self.source or (wire["wire"] if wire else "")
        if role == "byline" and not self.authors:
            self.authors = _names(plain)
        if role in ("byline", "publication"):
            self._gather_dates(plain)
        if role == "publication" and not self.source and not _is_kicker(plain):
            self.source = _outlet(plain)
        if role == "byline" and not self.source and not self.authors:
            self.source = _outlet(plain)

    def date(self) -> str | None:
        """The day of publication, else of the last change; None when the article says neither."""
        return self._dates.get("published") or self._dates.get("updated")

    def _gather_dates(self, plain: str) -> None:
        labels = list(_LABEL.finditer(plain))
        starts = [0, *(match.start() for match in labels), len(plain)]
        for part, (start, end) in enumerate(zip(starts, starts[1:], strict=False)):
            found = dates.find(plain[start:end], self._language)
            if found and dates.is_past(found.iso, self._today):
                kind = labels[part - 1].lastgroup if part else "published"
                self._dates.setdefault(kind or "published", found.iso)


def _is_byline(plain: str) -> bool:
    match = _BY.match(plain)
    if not match or (_FINAL.search(plain) and not re.search(r"\b\w\.$|[A-Z]\.", plain)):
        return False
    names = match["names"]
    first = _WORD.search(names)
    if not first or len(_WORD.findall(names)) > 18:
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
            (len(part) > 1 and part.isupper()) or _UNSPACED.search(part) or part in ("Reuters",)
        )
        agency = bool(words) and words[-1] == "Agency"
        person = 2 <= len(words) <= 5 and not _NOT_NAMES.search(part) and not part[0].islower()
        if acronym or agency or person:
            names.append(part.title() if part.isupper() and len(words) > 1 else part)
    return names


def _is_name(plain: str) -> bool:
    return not _NOT_NAMES.search(plain) and not _OUTLET.search(plain) and len(plain) <= 80


def _is_outlet(plain: str) -> bool:
    """Whether a line of the head is the name of a publication."""
    words = _WORD.findall(plain)
    small = ("of", "the", "and", "de", "la", "le", "el", "der", "die", "das", "for", "in")
    titled = all(not word[0].islower() or word.lower() in small for word in words)
    return (
        bool(_OUTLET.search(plain))
        and len(words) <= 9
        and titled
        and not _FINAL.search(plain)
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


def _is_kicker(plain: str) -> bool:
    words = _WORD.findall(plain.lower())
    return 0 < len(words) <= 3 and all(word in _KICKERS or word in ("and", "of", "the", "us", "uk") for word in words)


def _labelled_date(plain: str) -> bool:
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
    rest = _CLOCK_WORDS.sub(" ", f"{plain[: found.start]} | {plain[found.end :]}")
    words = _WORD.findall(rest)
    return len(words) <= 6 and not _FINAL.search(rest.strip()) and sum(word[0].islower() for word in words) <= 2


def _wire_of(plain: str) -> str:
    """The agency that the dateline of a first paragraph names."""
    match = _LEADING_WIRE.match(plain) or _DATELINE.match(plain)
    return match["wire"].strip() if match else ""


def _lead(lines: Sequence[Line], body: list[int]) -> str:
    """A title for a text without a headline: the start of its first paragraph."""
    plain = lines[body[0]].plain if body else ""
    if len(plain) <= 100:
        return plain
    return plain[:100].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
