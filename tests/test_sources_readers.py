"""The readers beyond text and pages: tables, feeds, letters, documents, archives, saved pages."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.sources import Reading, read
from pipeline.sources.fields import check_columns
from pipeline.sources.kinds import kind_of
from pipeline.sources.pdf import paragraphs
from pipeline.types import RawArticle, Rejection

STORY = "The gates of Fennick lock jammed on Tuesday, the trust said in a statement to reporters."
PAGE = (
    "<html lang='en'><head><title>Lock gates jam</title></head><body><article><h1>Lock gates jam</h1>"
    f"<p>{STORY}</p><p>Fourteen barges wait above the lower gate, and nobody was hurt when it stuck.</p>"
    "</article></body></html>"
)
LETTER_DATE = "Sun, 01 Mar 2026 09:30:00 -0500"


def take(path: Path, reading: Reading | None = None) -> list[RawArticle | Rejection]:
    return list(read([str(path)], lambda: b"", reading=reading or Reading()))


def one(path: Path, reading: Reading | None = None) -> RawArticle:
    (article,) = take(path, reading)
    assert isinstance(article, RawArticle), article
    return article


def refusal(path: Path) -> str:
    (refused,) = take(path)
    assert isinstance(refused, Rejection), refused
    return refused.reason


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# Kinds


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "x.txt", "pdf"),
        (b"\x1f\x8b\x08", "x", "gzip"),
        (b"PK\x03\x04", "x.dat", "zip"),
        (b"WARC/1.0\r\n", "x", "warc"),
        (b"<!DOCTYPE html><html>", "x.txt", "html"),
        (b"\n<div><p>Text</p></div>", "", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "x.xml", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "", "feed"),
        (b'{"text": "a"}\n{"text": "b"}', "", "jsonl"),
        (b'{"text": "a"}', "", "json"),
        (b'[{"text": "a"}]', "", "json"),
        (b"[Reuters] Text.", "", "text"),
        (b"url,title,text\n", "", "csv"),
        (b"The text, a body, and more.\n", "", "text"),
        (b"Received: from x\nSubject: y\n\nz", "", "email"),
        (b"From: Ann\nSubject: y\n\nPasted.", "x.txt", "text"),
        (b"From: Ann\nSubject: y\n\nSaved.", "x.eml", "email"),
        (b"https://a.example/1\n# more\nhttps://a.example/2\n", "x.txt", "urls"),
        (b"https://a.example/1 is the address.\n", "x.txt", "text"),
        (b"---\ntitle: x\n---\ntext", "", "markdown"),
        (b"# Title\n\nText", "x.md", "markdown"),
        (b"Plain.", "README", "text"),
        ("Ünïcode".encode("utf-16"), "x.txt", "text"),
        (b"", "x.html", "html"),
    ],
)
def test_the_kind_is_told_by_the_content(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind


def test_the_server_is_believed_where_the_content_leaves_a_doubt() -> None:
    assert kind_of(b"# Title\n", "page", "text/markdown; charset=utf-8") == "markdown"
    assert kind_of(b"Plain.", "page.php", "text/plain") == "text"


# Tables


def test_the_columns_of_a_table_are_guessed_by_their_names(tmp_path: Path) -> None:
    row = f'"Lock, jams","{STORY}\n\nNobody was hurt.",The Post,https://p.example/a,2026-03-01T10:00:00+01:00,A and B\n'
    path = written(tmp_path, "a.csv", "Headline,Content,Site,Link,pub_date,byline\n" + row)
    article = one(path)
    assert (article.title, article.text) == ("Lock, jams", f"{STORY}\n\nNobody was hurt.")
    assert (article.source, article.url) == ("The Post", "https://p.example/a")
    assert (article.published, article.authors) == ("2026-03-01T10:00:00+01:00", ("A", "B"))
    assert (article.original, article.origin) == (row.encode(), f"{path}:2")


def test_a_column_map_goes_before_guesses(tmp_path: Path) -> None:
    table = written(tmp_path, "a.csv", "title\tkopf\ttext\tinhalt\nno\tyes\tno\tThe body.\n")
    lines = written(tmp_path, "a.jsonl", '{"title": "no", "kopf": "yes", "text": "no", "inhalt": "The body."}\n')
    reading = Reading({"title": "kopf", "text": "inhalt"})
    for path in (table, lines):
        assert (one(path, reading).title, one(path, reading).text) == ("yes", "The body.")


def test_bad_rows_are_named_and_the_others_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b"title,text\nOne,First.\nTwo,\n\nThree\n\0,x\nLast,Fourth.\n")
    found = take(path)
    assert [item.text for item in found if isinstance(item, RawArticle)] == ["First.", "Fourth."]
    assert [item.origin for item in found if isinstance(item, Rejection)] == [f"{path}:{line}" for line in (3, 5, 6)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b\n1,2\n", "no column of it is known to hold the texts. Add --map text=NAME; its columns are 'a', 'b'."),
        (b"title,text\n", "it has no rows."),
        (b"", "no column of it is known"),
    ],
)
def test_a_table_without_texts_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    assert refusal(written(tmp_path, "a.csv", data)).startswith(reason)


def test_a_map_to_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (refused,) = take(written(tmp_path, "a.csv", "title,text\na,b\n"), Reading({"text": "body"}))
    assert isinstance(refused, Rejection)
    assert refused.reason == "it has no column 'body' for text. Its columns are 'title', 'text'."
    with pytest.raises(UsageError, match="'headline'"):
        check_columns({"headline": "x"})


def test_a_table_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    text = "Der Bürgermeister erklärte am Dienstag, dass die Brücke für die Stadt gesperrt wird und niemand fährt."
    assert one(written(tmp_path, "a.csv", f'title;text\nÜber;"{text}"\n'.encode("cp1252"))).text == text
    assert one(written(tmp_path, "b.csv", f'title,text\nÜber,"{text}"\n'.encode("utf-16"))).text == text


def test_records_are_known_by_their_title_and_day_not_by_their_line(tmp_path: Path) -> None:
    lines = [json.dumps({"title": title, "text": f"{title} text.", "date": "2026-03-01"}) for title in ("A", "B")]
    first = {
        item.identity for item in take(written(tmp_path, "w.jsonl", "\n".join(lines))) if isinstance(item, RawArticle)
    }
    lines.insert(0, json.dumps({"title": "New", "text": "New text."}))
    after = {
        item.identity for item in take(written(tmp_path, "w.jsonl", "\n".join(lines))) if isinstance(item, RawArticle)
    }
    assert len(first) == 2
    assert first < after


# Feeds

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Lock &amp; gate</title><link>/a?utm_medium=rss</link><pubDate>{LETTER_DATE}</pubDate>
<dc:creator>Ann Lee</dc:creator><category>World</category><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p style="display:none">secret</p><p>One<br>two.</p>]]></content:encoded></item>
<item><title>Bad</title><link>javascript:alert(1)</link><description>Text.</description></item>
<item><title>Named</title><guid isPermaLink="false">x1</guid>
<description>&lt;p&gt;The mill reopened.&lt;/p&gt;</description></item>
<item><title>Empty</title><link>https://post.example/b</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
<title type="html">A &lt;b&gt;b&lt;/b&gt;</title>
<id>urn:1</id><link href="https://w.example/1"/><updated>2026-03-02T01:00:00Z</updated>
<published>2026-03-01T01:00:00+02:00</published><content type="html">&lt;p&gt;Text &amp;amp; more.&lt;/p&gt;</content>
<author><name>Cy</name></author></entry></feed>"""


def test_a_feed_gives_its_full_texts_with_what_it_says_of_them(tmp_path: Path) -> None:
    path = written(tmp_path, "feed.xml", RSS)
    first, bad, named, empty = take(path)
    assert isinstance(first, RawArticle)
    assert first.text == f"{STORY}\n\nOne\ntwo."
    assert (first.title, first.source, first.url) == (
        "Lock & gate",
        "The Post",
        "https://post.example/a?utm_medium=rss",
    )
    assert (first.published, first.modified) == ("2026-03-01T09:30:00-05:00", None)
    assert (first.authors, first.section, first.language) == (("Ann Lee",), "World", "en-gb")
    assert first.original.startswith(b"<item><title>Lock")
    assert isinstance(bad, Rejection)
    assert bad == Rejection(f"{path}:2", bad.reason)
    assert "'javascript:alert(1)' is no web address" in bad.reason
    assert isinstance(named, RawArticle)
    assert (named.text, named.url, named.identity) == ("The mill reopened.", "", "feed:The Post|x1")
    assert isinstance(empty, Rejection)
    assert "--follow" in empty.reason


def test_an_atom_feed_keeps_both_dates_and_their_zones(tmp_path: Path) -> None:
    article = one(written(tmp_path, "a.atom", ATOM))
    assert (article.title, article.text, article.authors) == ("A b", "Text & more.", ("Cy",))
    assert (article.published, article.modified) == ("2026-03-01T01:00:00+02:00", "2026-03-02T01:00:00+00:00")


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>', "the feed declares entities"),
        ("<rss><channel>" + "<item>" * 100, "the feed is too large or too deeply nested"),
        ("<rss><channel>" + "<item><title>a</title></item>" * 20_000, "the feed is too large"),
        ("<rss><channel></channel></rss>", "the feed has no entries"),
        ("<?xml version='1.0'?><sitemap></sitemap>", "it is XML, but neither a feed nor a page"),
    ],
)
def test_feeds_that_cost_too_much_are_refused_unread(tmp_path: Path, feed: str, reason: str) -> None:
    assert refusal(written(tmp_path, "feed.xml", feed)).startswith(reason)


# Letters


def letter(text: str = "", html: str = "") -> EmailMessage:
    message = EmailMessage()
    for name, value in (("From", "Morning Brief <news@post.example>"), ("Subject", "Lock jams – at Fennick")):
        message[name] = value
    message["Date"], message["Message-ID"] = LETTER_DATE, "<abc@post.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_letter_tells_its_title_source_and_day(tmp_path: Path) -> None:
    article = one(written(tmp_path, "n.eml", bytes(letter("Short.", PAGE))))
    assert article.text.startswith(STORY)
    assert (article.title, article.source) == ("Lock jams – at Fennick", "Morning Brief")
    assert (article.published, article.identity) == ("2026-03-01T09:30:00-05:00", "message:abc@post.example")
    assert article.media == "email"


def test_the_text_part_of_a_letter_is_taken_when_the_page_lost_the_article(tmp_path: Path) -> None:
    article = one(written(tmp_path, "n.eml", bytes(letter(f"{STORY}\n\n{STORY}", "<p>View in browser</p>"))))
    assert article.text.count(STORY) == 2


def test_a_letter_without_text_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "n.eml", bytes(letter()))).startswith("the letter has no text")


def test_a_saved_page_is_read_as_the_page_at_its_address(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://post.example/lock"
    message["MIME-Version"] = "1.0"
    message.make_related()
    message.add_related(PAGE, subtype="html")
    message.add_related(b"\x89PNG", "image", "png")
    article = one(written(tmp_path, "page.mhtml", bytes(message)))
    assert (article.title, article.url, article.media) == ("Lock gates jam", "https://post.example/lock", "html")
    assert article.text.startswith(STORY)


# Documents


def test_a_word_document_gives_what_its_reader_sees(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.core_properties.author = "Ann Lee"
    document.core_properties.category = "World"
    document.add_heading("Lock gates jam", 0)
    shown = document.add_paragraph("Seen")
    shown.add_run(" and hidden").font.hidden = True
    shown.add_run(" again.")
    document.add_table(1, 1).cell(0, 0).text = "A cell."
    document.save(str(tmp_path / "w.docx"))
    article = one(tmp_path / "w.docx")
    assert article.text == "Lock gates jam\n\nSeen again.\n\nA cell."
    assert (article.title, article.authors, article.section) == ("Lock gates jam", ("Ann Lee",), "World")
    assert (article.published, article.modified, article.media) == (None, None, "docx")
    assert article.original == (tmp_path / "w.docx").read_bytes()


def pdf(*pages: list[str], password: str = "") -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_title("Lock gates jam")
    if password:
        document.set_encryption("owner", password)
    for lines in pages:
        document.add_page()
        document.set_font("helvetica", size=10)
        for line in lines:
            document.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


FULL = "The gates of Fennick lock jammed on Tuesday evening with fourteen barges wait-"
NEXT = "Another begins here, and goes on to the end of its full line,"


def test_the_lines_of_a_pdf_become_paragraphs_without_page_furniture(tmp_path: Path) -> None:
    pages = (
        ["The Norvale Post, 1 March", "Lock gates jam", FULL, "ing above it. The trust is", "Page 1 of 2"],
        ["The Norvale Post, 1 March", "sorry for the delay.", NEXT, "it ends.", "Page 2 of 2"],
    )
    article = one(written(tmp_path, "p.pdf", pdf(*pages)))
    first = FULL.removesuffix("wait-") + "waiting above it. The trust is sorry for the delay."
    second = f"{NEXT} it ends."
    assert article.text.split("\n\n") == ["Lock gates jam", first, second]
    assert (article.title, article.published, article.media) == ("Lock gates jam", None, "pdf")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["A re-", "port came."], "A report came."),
        (["The re-entry; a re-", "entry came."], "The re-entry; a re-entry came."),
        (["The Anglo-", "Saxon one."], "The Anglo- Saxon one."),
        (["soft\u00ad", "ware came."], "software came."),
    ],
)
def test_a_divided_word_is_put_together_as_the_document_writes_it(lines: list[str], joined: str) -> None:
    assert list(paragraphs([lines])) == [joined]


def test_pdfs_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "e.pdf", pdf(["Text."], password="x"))).startswith("the PDF is encrypted.")
    assert refusal(written(tmp_path, "n.pdf", pdf([]))).startswith("the PDF has no text, only pictures of it.")
    assert refusal(written(tmp_path, "d.pdf", b"%PDF-1.7\n%broken")).startswith("the PDF is damaged")
    assert refusal(written(tmp_path, "t.pdf", b"no PDF")).startswith("it is no PDF file, whatever its name says")


# Archives


def packed(members: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_an_archive_holds_what_a_folder_holds(tmp_path: Path) -> None:
    inner = packed({"x.txt": "x"})
    path = written(
        tmp_path,
        "z.zip",
        packed(
            {
                "in/a.txt": STORY,
                "in/page.html.gz": gzip.compress(PAGE.encode()),
                "../slip.txt": STORY,
                "__MACOSX/x": "x",
                ".": "x",
                "photo.png": b"\x89PNG",
                "inner.zip": inner,
                "bomb.txt": b"a" * 20_000_000,
            }
        ),
    )
    found = {item.origin.removeprefix(f"{path}/"): item for item in take(path)}
    assert list(found) == ["in/a.txt", "in/page.html.gz", "../slip.txt", "inner.zip", "bomb.txt"]
    assert all(isinstance(found[name], RawArticle) for name in ("in/a.txt", "in/page.html.gz"))
    reasons = {name: item.reason for name, item in found.items() if isinstance(item, Rejection)}
    assert reasons["../slip.txt"].startswith("its name leads out of the archive")
    assert reasons["inner.zip"].startswith("it is a ZIP archive inside an archive")
    assert reasons["bomb.txt"].startswith("it unpacks to 100 times its size and more")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.zip", packed({"a.txt": STORY})[:-30], "the ZIP archive is damaged or cut off"),
        (
            "sheet.xlsx",
            packed({"[Content_Types].xml": "x"}),
            "it is an Office document of a kind that holds no articles",
        ),
        ("empty.zip", packed({}), "the archive holds no articles"),
        ("bomb.txt.gz", gzip.compress(b"\0" * 20_000_000), "it unpacks to 100 times its size"),
        ("bomb.jsonl.gz", gzip.compress(b"\n" * 2_000_000), "it has more than 1,000,000 empty lines"),
        ("c.warc", b"WARC/1.0\r\nbroken", "the web archive"),
    ],
)
def test_bad_archives_are_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert refusal(written(tmp_path, name, data)).startswith(reason)


def test_a_table_may_be_packed(tmp_path: Path) -> None:
    path = written(tmp_path, "w.jsonl.gz", gzip.compress(b'{"text": "One."}\n') + gzip.compress(b'{"text": "Two."}\n'))
    assert [item.text for item in take(path) if isinstance(item, RawArticle)] == ["One.", "Two."]


def warc_record(url: str, status: str, media_type: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(answer)}\r\n"
    kind = "Content-Type: application/http; msgtype=response\r\n\r\n"
    return f"{head}{kind}".encode() + answer + b"\r\n\r\n"


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    records = b"".join(
        gzip.compress(warc_record(url, status, media_type, body))
        for url, status, media_type, body in (
            ("https://h.example/q", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
            ("https://h.example/gone", "404 Not Found", "text/html", b"gone"),
            ("https://h.example/x.css", "200 OK", "text/css", b"p {}"),
        )
    )
    written(tmp_path, "c.warc.gz", records)
    article = one(tmp_path / "c.warc.gz")
    assert (article.url, article.title, article.media) == ("https://h.example/q", "Lock gates jam", "html")
    assert article.origin == f"{tmp_path / 'c.warc.gz'}/https://h.example/q"
    assert article.original == PAGE.encode()
