"""The evidence pack: the same bytes for the same briefing, checked without library, and no byte of it can change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NewsdeskError
from pipeline.rendering.pack import Pack, is_pack, pack, read_pack
from pipeline.verifying import verify_briefing
from tests.samples import ARTICLES, BRIEFING


@pytest.fixture(scope="module")
def packed() -> bytes:
    return pack(BRIEFING, ARTICLES)


def test_a_pack_comes_back_as_it_was_and_the_same_each_time(packed: bytes) -> None:
    held = read_pack(packed, "pack")
    assert pack(held.briefing, held.articles) == packed == pack(BRIEFING, ARTICLES)
    assert [section.title for section in held.briefing.sections] == [section.title for section in BRIEFING.sections]
    assert is_pack(packed.decode())


def test_every_citation_of_a_pack_is_held_against_its_article(packed: bytes) -> None:
    held = read_pack(packed, "pack")
    checked = verify_briefing(held.briefing, held)
    findings = [each.findings for section in checked.sections for each in section.statements]
    assert not any("article" in finding for each in findings for finding in each)
    other = Pack(held.briefing, {})
    refused = [
        statement.support
        for section in verify_briefing(held.briefing, other).sections
        for statement in section.statements
    ]
    assert set(refused) == {"unsupported"}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_changed_byte_anywhere_fails_it(packed: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(packed) - 1))
    bit = data.draw(st.integers(0, 7))
    broken = packed[:at] + bytes([packed[at] ^ (1 << bit)]) + packed[at + 1 :]
    with pytest.raises(NewsdeskError):
        read_pack(broken, "pack")


@pytest.mark.parametrize("broken", [b"", b"{}", b"[]", b"null", b'{"format":"newsdesk evidence pack 1"}', b"\xff\xfe"])
def test_what_is_no_pack_is_said_to_be_none(broken: bytes) -> None:
    with pytest.raises(NewsdeskError, match="pack"):
        read_pack(broken, "pack")
