r"""The one place that makes untrusted text harmless: a title, a quote, a name or an address can come from anyone.

What is removed everywhere: control characters (a terminal obeys ESC, BEL and the C1 bytes), bidirectional overrides,
embeddings, isolates and marks (they reorder what a reader sees: "Trojan Source", CVE-2021-42574), zero-width and other
invisible characters (they hide text), and halves of surrogate pairs (no stream can encode them). What a reader can see
is never changed.

For HTML there is nothing here but `plain`: the templates escape, and `link` decides about addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from rich.text import Text

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Scripts in which the zero-width (non-)joiner is spelling: Arabic to Sinhala, without the Arabic letter mark U+061C.
_JOINING = r"\u0600-\u061b\u061d-\u0dff"

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and line feed, DEL, C1
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, Mongolian selectors
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero-width space, line separators, bidi controls, word joiner
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # filler, variation selectors, BOM
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # tags and selectors that can carry hidden text
    rf"|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])"
)
"""Characters that act on a terminal or hide text and that no reader sees; line feed and tab are not among them."""

SURROGATES = re.compile(r"[\ud800-\udfff]")
"""Halves of surrogate pairs, as they come from badly decoded file names."""


def plain(text: str) -> str:
    """The text without anything invisible or active. Every kind of line end becomes a line feed, a tab a space."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return SURROGATES.sub("\ufffd", INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """The plain text on one line: every run of white space becomes one space, none at either end."""
    return " ".join(plain(text).split())


def terminal_text(text: str, style: str = "") -> Text:
    """The plain text for rich, with its line feeds: no markup, emoji codes or highlighting is read into it."""
    from rich.text import Text

    return Text(plain(text), style=style)


_MARKDOWN = re.compile(
    r"""
      [\\`*_{}\[\]\#|~^$@&<>]             # emphasis, code, links, headings, tables, footnotes, math, mentions, HTML
    | :(?=//) | (?<=[^\W\d_]):(?=\S)      # addresses that GitHub links by themselves: https://…, mailto:…
    | (?<=\w)\.(?=[^\W\d_]) | (?<=[wW]{3})\.  # … and www.…, or a bare host name
    | ^[-+=:%!?]                          # list items, underlines of headings, definitions, title blocks, admonitions
    """,
    re.VERBOSE,
)
_LIST_NUMBER = re.compile(r"^(\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown_text(text: str) -> str:
    r"""The text on one line, escaped so that Markdown shows it as it is, wherever on a line it is placed.

    Nothing in it can become a link, an image, HTML, a heading, a list, a table, a footnote or the definition of one.

    `<`, `>` and `&` become entities, because some renderers do not know the escape `\<`; the rest gets a backslash.
    """
    line = _MARKDOWN.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), one_line(text))
    return _LIST_NUMBER.sub(r"\1\\\2", line)


_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?")
_KEPT_IN_PATH = "/:;,@!$&=+*~%?-._"


def link(url: str) -> str | None:
    """The address as it may stand in an `href` or a Markdown link, in ASCII; None if it may not be a link at all.

    Allowed are http and https with a host name (or IPv4 address) and an optional port. Anything with a user name, white
    space, a backslash, a control or an invisible character is refused, not repaired: browsers and parsers disagree
    about those. Quotes, brackets and parentheses are percent-encoded.
    """
    if url != plain(url) or "\\" in url or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    address = f"{parts.scheme}://{host}{'' if port is None else f':{port}'}{quote(parts.path, safe=_KEPT_IN_PATH)}"
    if parts.query:
        address += f"?{quote(parts.query, safe=_KEPT_IN_PATH)}"
    if parts.fragment:
        address += f"#{quote(parts.fragment, safe=_KEPT_IN_PATH)}"
    return address


def _ascii_host(host: str) -> str:
    """The host name as DNS knows it; raises ValueError for one that has no such form."""
    # Python's codec (IDNA 2003) reads these two as other letters than browsers do, so they would lead elsewhere.
    if "\u00df" in host or "\u03c2" in host:
        raise ValueError
    return host.encode("idna").decode("ascii").lower()
