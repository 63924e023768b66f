import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.rendering.safe import link, markdown_text, one_line, plain, terminal_text
from tests.samples import HOSTILE

PUNCTUATED = st.text(alphabet=st.sampled_from("ab1 \n\t\\`*_{}[]()#+-.!|<>&;:/\"'~^$@=%?w"), max_size=60)
ANY_TEXT = st.text(max_size=80) | PUNCTUATED | st.sampled_from(HOSTILE)
ADDRESSES = st.builds("{}://{}{}{}".format, st.sampled_from(["http", "https"]), PUNCTUATED, PUNCTUATED, st.text())

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PASSIVE = {"paragraph_open", "inline", "paragraph_close", "text", "text_special", "softbreak"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mb\x07c", "a[31mbc"),
        ("a\x9b31mb\x7fc\x00", "a31mbc"),
        ("a\r\nb\rc\u2028d\x85e\tf", "a\nb\nc\nd\ne f"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066x\u2069 \u200ey\u061c", "x y"),
        ("zero\u200bwidth \ufeffBOM so\xadft \u2060", "zerowidth BOM soft "),
        ("hidden\U000e0041\U000e0101", "hidden"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("pass\u200cword", "password"),
        ("café “x” – 日本語 عربي 🙂 e\u0301", "café “x” – 日本語 عربي 🙂 e\u0301"),
    ],
)
def test_plain_removes_what_a_reader_cannot_see(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(ANY_TEXT)
@example("\u061c\u200c\u0628")
def test_plain_leaves_no_control_or_format_character_and_is_stable(text: str) -> None:
    shown = plain(text)
    left = {character for character in shown if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")}
    assert left <= {"\n"}
    assert plain(shown) == shown
    shown.encode()


@given(ANY_TEXT)
def test_one_line_has_no_line_break(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_terminal_text_reads_no_markup(text: str) -> None:
    shown = terminal_text(text)
    assert shown.plain == plain(text)
    assert shown.spans == []


def tokens(source: str) -> list:
    return [part for token in PARSER.parse(source) for part in (token, *(token.children or []))]


@given(ANY_TEXT)
@example("1. item")
@example("www.1.com")
@example("\xa0    code")
def test_markdown_text_is_shown_as_it_is(text: str) -> None:
    found = tokens(markdown_text(text))
    assert {token.type for token in found} <= PASSIVE
    assert "".join(token.content for token in found if token.type in ("text", "text_special")) == one_line(text)


@given(ANY_TEXT)
@example("|x|\n|-|")
def test_markdown_text_stays_passive_wherever_it_stands(text: str) -> None:
    escaped = markdown_text(text)
    source = (
        f"# {escaped}\n\n- {escaped}\n\n{escaped}\n{escaped}\n\n**{escaped}** “{escaped}” {escaped}.\n\n> {escaped}\n"
    )
    allowed = {
        f"{name}_{side}" for name in ("heading", "bullet_list", "list_item", "blockquote") for side in ("open", "close")
    }
    found = {token.type for token in tokens(source)}
    assert found <= PASSIVE | allowed | {"strong_open", "strong_close"}


@pytest.mark.parametrize(
    ("text", "dangerous"),
    [
        ("https://evil.example", "https://"),
        ("www.evil.example", "www."),
        ("www.1.com", "www."),
        ("evil.example", "evil.example"),
        ("mail@evil.example", "mail@"),
        ("mailto:x", "mailto:"),
        ("<b>", "<"),
        ("$x$", "x$"),
        ("{{x}}", "{{"),
    ],
)
def test_markdown_text_breaks_what_only_extensions_read(text: str, dangerous: str) -> None:
    assert dangerous not in markdown_text(text)


def test_ordinary_words_are_not_escaped() -> None:
    line = "Port's “40 ships” (12 March, 10:30) – U.N. said 3.5% more; see p. 4."
    assert markdown_text(line).replace("U\\.N.", "U.N.") == line


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a/b?x=1&y=2#z", "https://news.example/a/b?x=1&y=2#z"),
        ("HTTP://News.Example", "http://news.example"),
        ("http://192.0.2.7:8080/", "http://192.0.2.7:8080/"),
        ("https://news.example/é?q=ü", "https://news.example/%C3%A9?q=%C3%BC"),
        ("https://zürich.example/", "https://xn--zrich-kva.example/"),
        ("https://news.example/%41%zz", "https://news.example/%41%zz"),
        (
            "https://news.example/a(b)[c]\"d'<e>`f|{g}^",
            "https://news.example/a%28b%29%5Bc%5D%22d%27%3Ce%3E%60f%7C%7Bg%7D%5E",
        ),
        ("", None),
        ("news.example", None),
        ("//news.example", None),
        ("https:news.example", None),
        ("https:///path", None),
        ("https://", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        (" https://news.example", None),
        ("https://news.example/a b", None),
        ("https://news.example/\u00a0", None),
        ("https://news.example/\u202egnp.exe", None),
        ("https://news.example\\@evil.example", None),
        ("https://user@news.example", None),
        ("https://user:secret@news.example", None),
        ("https://@news.example", None),
        ("https://news.example:port", None),
        ("https://news.example:99999", None),
        ("https://[::1]/", None),
        ("https://[x", None),
        ("https://-x.example", None),
        ("https://a..b", None),
        ("https://straße.example", None),
        ("https://news.example\uff0fevil", None),
        ("ftp://news.example", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/passwd", None),
        ("vbscript:x", None),
    ],
)
def test_link_allows_only_plain_web_addresses(url: str, expected: str | None) -> None:
    assert link(url) == expected


@given(ADDRESSES | ANY_TEXT | st.sampled_from(HOSTILE).map("https://news.example/{}".format))
def test_a_link_is_ascii_and_cannot_leave_its_quotes(url: str) -> None:
    address = link(url)
    if address is not None:
        assert address.isascii()
        assert not set("\"'<>()[]{}`\\ \n\t") & set(address)
        assert urlsplit(address).scheme in ("http", "https")
        assert urlsplit(address).username is None
        assert link(address) == address
