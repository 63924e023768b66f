"""Inputs that cost their reader dearly, or try to: each is made by a function from nothing to the bytes of a file."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

STORY = "The gates of Fennick lock jammed on Tuesday, the trust said in a statement to reporters. "


def _page(body: str) -> bytes:
    return f"<html><body><article><h1>Lock</h1>{body}</article></body></html>".encode()


def _feed(inside: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>{inside}</channel></rss>'.encode()


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return _feed("<item><title>&a9;</title></item>", f'<!DOCTYPE r [<!ENTITY a0 "lol">{levels}]>')


def _zip(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _nested_zip() -> bytes:
    data = b"0" * 10_000_000
    for level in range(5):
        data = _zip(*((f"{number}.zip" if level else f"{number}.txt", data) for number in range(4)))
    return data


def _overlapping_zip() -> bytes:
    """Many members that are one and the same kernel (Fifield, "A better zip bomb", WOOT 2019)."""
    data = bytearray(_zip(("a.txt", b"a" * 20_000_000)))
    start = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    directory = bytes(data[start:end]) * 500
    tail = bytearray(data[end:])
    tail[8:12] = (500).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return bytes(data[:start]) + directory + bytes(tail)


def _many_members() -> bytes:
    return _zip(*((f"{number}.txt", b"") for number in range(60_000)))


def _pdf(*objects: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def _stream(content: bytes, about: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), about, packed)


def _one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << %s %s >> >>"
        % (font, resources),
        _stream(content),
        *more,
    )


def _pdf_of_forms() -> bytes:
    """Forms that draw forms that draw forms: ten to the tenth drawings."""
    levels = 10
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    inner = [b"%s /Resources << /XObject << /X %d 0 R >> >>" % (form, 6 + level) for level in range(levels)]
    forms = [_stream(b"/X Do " * 10, about) for about in inner]
    last = _stream(b"BT /F1 9 Tf (x) Tj ET", form)
    return _one_page(b"/X Do", *forms, last, resources=b"/XObject << /X 5 0 R >>")


def _deep_letter() -> bytes:
    head = b"MIME-Version: 1.0\nMessage-ID: <a@b>\nSubject: x\n"
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    return head + parts + b"Content-Type: text/plain\n\nText.\n"


def _wide_letter() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "x", "<a@b>"
    message.set_content("x\n" * 2_000_000)
    return bytes(message)


def _docx(document: bytes) -> bytes:
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _zip(("[Content_Types].xml", types), ("word/document.xml", document))


BOMBS: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "binary.txt": lambda: bytes(range(256)) * 4_000,
    "nul.txt": lambda: STORY.encode() + b"\0" + STORY.encode(),
    "wrong-encoding.txt": lambda: "Größe über Straße".encode("latin-1") * 3 + b"\x81\x8d\x8f\x90\x9d",
    "200mb.txt": lambda: STORY.encode() * (200 * 2**20 // len(STORY)),
    "60mb.txt": lambda: STORY.encode() * (60 * 2**20 // len(STORY)),
    "60mb-wide.txt": lambda: ("🚢 " + STORY * 100).encode() * (50 * 2**20 // len(STORY) // 100),
    "one-long-line.txt": lambda: b"a" * 4_000_000,
    "no-spaces.txt": lambda: b"(" * 2_000_000 + STORY.encode(),
    "long.txt": lambda: (STORY * 5 + "\n\n").encode() * (1_990_000 // len(STORY) // 5),
    "long-line.txt": lambda: STORY.encode() * (1_990_000 // len(STORY)),
    "many-lines.txt": lambda: b"Ab cd ef.\n" * 19_500,
    "words.txt": lambda: b"A b " * 490_000,
    "quotes.txt": lambda: "“”‘’’ ".encode() * 300_000 + STORY.encode(),
    "paragraphs.html": lambda: _page("<p>A sentence here.</p>" * 9_900),
    "nested-lists.html": lambda: _page("<ul><li>" * 100 + "<p>x</p>" * 10_000),
    "links.html": lambda: _page(f"<p>{STORY}</p>" + "<p><a href='/x'>Read more about the lock</a></p>" * 7_000),
    "line-ends.txt": lambda: b"\n" * 8_000_000 + STORY.encode(),
    "short-lines.txt": lambda: b"ab\n" * 1_500_000,
    "attributes.html": lambda: _page(f"<p {' '.join(f'a{n}=1' for n in range(40_000))}>{STORY}</p>"),
    "tags.html": lambda: _page("<b>" * 150_000),
    "deep.html": lambda: _page("<div>" * 20_000 + STORY),
    "many-paragraphs.html": lambda: _page("<p>x</p>" * 29_000),
    "comment.html": lambda: _page("<!--" * 500_000),
    "styles.html": lambda: _page(f'<p style="{"a:b;" * 200_000}">{STORY}</p>' * 4),
    "json-ld.html": lambda: _page(f'<script type="application/ld+json">{"[" * 200_000}</script><p>{STORY * 9}</p>'),
    "cut.html.gz": lambda: gzip.compress(_page(STORY * 500))[:-20],
    "zeros.txt.gz": lambda: gzip.compress(b"\0" * 300_000_000),
    "lines.jsonl.gz": lambda: gzip.compress(b"\n" * 300_000_000),
    "page.html.gz": lambda: gzip.compress(_page("<p>x</p>" * 8_000_000)),
    "slip.zip": lambda: _zip(("../../slip.txt", STORY.encode()), ("/root.txt", STORY.encode())),
    "flat-bomb.zip": lambda: _zip(("a.txt", b"0" * 500_000_000)),
    "nested-bomb.zip": _nested_zip,
    "overlapping.zip": _overlapping_zip,
    "many-members.zip": _many_members,
    "entities.xml": _entities,
    "nested-items.xml": lambda: _feed("<item><title>a</title>" * 40_000),
    "many-items.xml": lambda: _feed("<item><title>a</title><link>https://a.example/</link></item>" * 60_000),
    "feed-attributes.xml": lambda: _feed(
        "<item " + " ".join(f"a{n}='1'" for n in range(40_000)) + "><title>a</title></item>"
    ),
    "feed-text.xml": lambda: _feed(f"<item><title>a</title><description>{'&lt;b&gt;' * 700_000}</description></item>"),
    "feed-cdata.xml": lambda: _feed(
        f"<item><title>a</title><description><![CDATA[{'<p>x' * 1_000_000}]]></description></item>"
    ),
    "feed-broken.xml": lambda: _feed(
        "<item><title>a</title>&nbsp;<description>" + "<" * 2_000_000 + "</description></item>"
    ),
    "feed-title.xml": lambda: _feed(f"<item><title>{'a ' * 3_000_000}</title><description>b</description></item>"),
    "script-links.xml": lambda: _feed(
        "<item><title>a</title><link>javascript:alert(1)</link><description>b</description></item>"
    ),
    "deep.json": lambda: b'{"text": ' + b"[" * 1_000_000,
    "deep-list.json": lambda: b"[{" + b'"a": [' * 500_000,
    "long-line.jsonl": lambda: b'{"text": "' + b"a" * 70_000_000,
    "keys.jsonl": lambda: json.dumps({f"k{n}": n for n in range(300_000)}).encode(),
    "quote.csv": lambda: b'title,text\na,"' + (STORY.encode() + b"\n") * 700_000,
    "columns.csv": lambda: b"text," + b"a," * 1_000_000 + b"\n" + b"x," * 1_000_000,
    "deep.eml": _deep_letter,
    "wide.eml": _wide_letter,
    "encrypted.pdf": lambda: _pdf(b"<< /Type /Catalog >>").replace(b"/Root", b"/Encrypt << /Filter /X >> /Root"),
    "no-text.pdf": lambda: _one_page(b"0 0 m 9 9 l S"),
    "operators.pdf": lambda: _one_page(b"BT /F1 9 Tf " + b"(x) Tj " * 2_000_000 + b"ET"),
    "unpacks.pdf": lambda: _one_page(b" " * 400_000_000),
    "forms.pdf": _pdf_of_forms,
    "cut.pdf": lambda: _one_page(b"BT /F1 9 Tf (x) Tj ET")[:200],
    "part.docx": lambda: _docx(b"<w:document>" + b"<w:p/>" * 9_000_000),
    "entities.docx": lambda: _docx(_entities()),
    "broken.docx": lambda: _docx(b"<w:document>"),
    "cut.warc": lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n",
    "headers.warc": lambda: b"WARC/1.0\r\n" + b"A: b\r\n" * 3_000_000,
}
