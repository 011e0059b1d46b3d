"""What is put into the store comes out as it was, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.financing.attachments import store
from jiahe.financing.attachments.errors import Damaged

NUMBER = "FJ20261125ABCDEF012345"
KEY = b"k" * store.KEY_BYTES


def put(content: bytes, number: str = NUMBER, key: bytes = KEY) -> Path:
    with store.kept(number, key, content):
        pass
    return store.place(number)


@given(content=st.binary(max_size=300), chunk=st.sampled_from([1, 7, 64, 1 << 20]))
def test_any_bytes_come_back(content: bytes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "CHUNK", chunk)
        put(content)
        assert store.read(NUMBER, KEY) == content


@given(data=st.data(), content=st.binary(min_size=1, max_size=100))
def test_one_changed_byte_is_refused(data: st.DataObject, content: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "CHUNK", 16)
        path = put(content)
        written = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, len(written) - 1))
        written[at] ^= data.draw(st.integers(1, 255))
        path.write_bytes(written)
        with pytest.raises(Damaged):
            store.read(NUMBER, KEY)


@given(data=st.data(), content=st.binary(min_size=17, max_size=100))
def test_what_is_cut_off_added_or_moved_is_refused(data: st.DataObject, content: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "CHUNK", 16)
        path = put(content)
        written = path.read_bytes()
        head, first, rest = written[:5], written[5:37], written[37:]
        cut = written[: data.draw(st.integers(0, len(written) - 1))]
        for wrong in (cut, head + first, written + b"x", head + rest + first, head + first + first + rest):
            if wrong == written:
                continue
            path.write_bytes(wrong)
            with pytest.raises(Damaged):
                store.read(NUMBER, KEY)


def test_another_key_another_number_and_no_file_are_refused() -> None:
    path = put(b"content")
    with pytest.raises(Damaged):
        store.read(NUMBER, b"x" * store.KEY_BYTES)
    other = "FJ20261125ABCDEF012399"
    path.rename(store.place(other))
    for number in (other, NUMBER):
        with pytest.raises(Damaged):
            store.read(number, KEY)


def test_several_chunks_are_read_in_one_and_nothing_lies_in_the_clear() -> None:
    content = b"CLEAR-WORDS" * 300_000
    path = put(content)
    assert store.read(NUMBER, KEY) == content
    assert b"CLEAR-WORDS" not in path.read_bytes()
    assert path.stat().st_size == 5 + len(content) + 4 * 16
    assert path.stat().st_mode & 0o777 == 0o600


def test_with_sm4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_CIPHER", "sm4")
    path = put(b"content")
    assert path.read_bytes()[:5] == b"JHA1s"
    monkeypatch.setenv("JIAHE_CIPHER", "aes")
    assert store.read(NUMBER, KEY) == b"content"


def test_the_file_goes_when_what_follows_fails() -> None:
    def fail() -> None:
        with store.kept(NUMBER, KEY, b"content"):
            assert store.place(NUMBER).is_file()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(store.place(NUMBER).parent.iterdir()) == []


def test_a_full_disk_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), store.kept(NUMBER, KEY, b"content"):
        pytest.fail("the file was called whole")
    assert list(store.place(NUMBER).parent.iterdir()) == []
