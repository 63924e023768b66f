"""Articles as rows and back: digests that tell one version from the next, and spans as compact JSON. All pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from pipeline.errors import InputError, LibraryError
from pipeline.types import Article, ArticleInfo, Block, Correction, LeftOut, Media, Passage, Reason, Role, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INFO_COLUMNS = (
    "v.article_id, v.title, v.source, v.url, v.published, v.authors, v.language, v.modified, v.section, v.correction, "
    "v.number, v.origin_group, v.first_seen"
)


def content_digest(article: Article) -> bytes:
    """What makes two versions of an article differ: its text, its metadata, and what cleaning kept of it.

    Not the time of its last change, which publishing systems move forward when nothing has changed.
    """
    info = article.info
    content = [
        *(article.text, info.title, info.source, info.url, info.published, info.authors, info.language, info.section),
        [(block.start, block.end, block.role) for block in article.blocks],
        [(span.start, span.end, span.reason) for span in article.left_out],
    ]
    return _digest(json.dumps(content))


def text_digest(text: str) -> bytes:
    """The same for texts that differ in white space only: how a story under two addresses is known."""
    return _digest(" ".join(text.split()))


def info_from_row(row: Sequence[Any]) -> ArticleInfo:
    """An ArticleInfo from a row of INFO_COLUMNS."""
    identity, title, source, url, published, authors, language, modified, section, correction, number, group, seen = row
    return ArticleInfo(
        identity,
        title,
        source,
        url,
        published,
        tuple(json.loads(authors)),
        language,
        modified,
        section,
        Correction(*json.loads(correction)) if correction else None,
        number,
        group,
        seen,
    )


def version_row(article: Article) -> dict[str, object]:
    """The columns of `version` that come from the article itself; raises InputError for text that is not Unicode."""
    info = article.info
    day, instant = published_day_and_instant(info.published)
    row: dict[str, object] = {
        "content_digest": content_digest(article),
        "text_digest": text_digest(article.text),
        "title": info.title,
        "source": info.source,
        "url": info.url,
        "published": info.published,
        "day": day,
        "instant": instant,
        "authors": json.dumps(info.authors),
        "language": info.language,
        "modified": info.modified,
        "section": info.section,
        "correction": json.dumps(astuple(info.correction)) if info.correction else None,
        "media": article.media,
        "origin": article.origin,
    }
    for value in (article.key, article.text, *row.values()):
        if isinstance(value, str) and not _encodable(value):
            raise InputError(
                f"{article.origin!r} holds half of a surrogate pair, which is no character",
                "Save it again as UTF-8",
            )
    return row


def facets(info: ArticleInfo) -> frozenset[tuple[str, str]]:
    """What the filters compare, by kind, folded: source, authors, language and section."""
    named = [("source", info.source), ("language", info.language), ("section", info.section)]
    named += [("author", name) for name in info.authors]
    return frozenset((kind, folded(kind, name)) for kind, name in named)


def folded(kind: str, name: str) -> str:
    """A name as filters compare it: without regard to case and white space, a language without its region."""
    plain = " ".join(name.split()).casefold()
    return plain.partition("-")[0] if kind == "language" else plain


def body_row(article: Article) -> dict[str, object]:
    """The columns of `body`: the text, its spans, and the compressed original."""
    return {
        "text": article.text,
        "blocks": json.dumps([(block.start, block.end, block.role) for block in article.blocks]),
        "left_out": json.dumps([(span.start, span.end, span.reason) for span in article.left_out]),
        "original": zlib.compress(article.original),
    }


def article_from_rows(
    info: ArticleInfo, key: str, media: str, origin: str, body: tuple[str, str, str, bytes]
) -> Article:
    """The article that `version_row` and `body_row` took apart."""
    text, blocks, left_out, original = body
    return Article(
        info=info,
        key=key,
        text=text,
        original=zlib.decompress(original),
        media=cast(Media, media),
        origin=origin,
        blocks=unpack_blocks(blocks),
        left_out=tuple(LeftOut(start, end, cast(Reason, reason)) for start, end, reason in json.loads(left_out)),
    )


def unpack_blocks(packed: str) -> tuple[Block, ...]:
    """The blocks of a version."""
    return tuple(Block(start, end, cast(Role, role)) for start, end, role in json.loads(packed))


def kept_text(text: str, blocks: Sequence[Block]) -> str:
    """What an article reports, without its head: its standfirsts and paragraphs, a line each."""
    return "\n".join(text[block.start : block.end] for block in blocks if block.role in ("standfirst", "paragraph"))


def pack_sentences(passage: Passage) -> str:
    """Where the sentences of a passage stand, `[start, end, start, end, …]`; their text is the article's."""
    return json.dumps([offset for sentence in passage.sentences for offset in (sentence.start, sentence.end)])


def unpack_sentences(packed: str, text: str) -> tuple[Sentence, ...]:
    """The sentences of a passage, cut out of the text of its version."""
    offsets = json.loads(packed)
    return tuple(Sentence(start, end, text[start:end]) for start, end in zip(offsets[::2], offsets[1::2], strict=True))


def check_passages(article: Article, passages: Sequence[Passage]) -> None:
    """Raise ValueError unless the passages are this article's and their sentences are its text, to the character."""
    for ordinal, passage in enumerate(passages):
        if passage.article_id != article.info.id or passage.ordinal != ordinal or not passage.sentences:
            raise ValueError(f"passage {ordinal} does not belong to article {article.info.id!r} or is out of order")
        for sentence in passage.sentences:
            if not sentence.text or article.text[sentence.start : sentence.end] != sentence.text:
                raise ValueError(f"sentence {sentence!r} is not the text of article {article.info.id!r}")


def pack_vectors(vectors: NDArray[np.float32], passages: int, dimension: int, embedding: str) -> list[bytes]:
    """One blob of little-endian float32 a passage; raises LibraryError for vectors that do not fit the library."""
    import numpy as np

    array = np.ascontiguousarray(vectors, dtype="<f4")
    if array.shape != (passages, dimension) and not (passages == 0 and array.size == 0):
        raise LibraryError(
            f"The embedding {embedding!r} gave vectors of shape {array.shape} where ({passages}, {dimension}) was due",
            "Use the --embedding that the library was made with",
        )
    if not np.isfinite(array).all():
        raise LibraryError(
            f"The embedding {embedding!r} gave a vector that is not finite",
            "Check the embedding model or its server, then run the same ingest again",
        )
    return [row.tobytes() for row in array]


def published_day_and_instant(published: str | None) -> tuple[str | None, str | None]:
    """The day as the publisher wrote it (for filters) and the moment in UTC (for order); None for what is no date."""
    if not published:
        return None, None
    try:
        if len(published) == len("2024-01-31"):
            moment = datetime.combine(date.fromisoformat(published), datetime.min.time(), UTC)
        else:
            moment = datetime.fromisoformat(published)
        instant = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, None
    return moment.date().isoformat(), timestamp(instant)


def timestamp(moment: datetime) -> str:
    """A moment in UTC whose text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
