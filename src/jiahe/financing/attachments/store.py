"""Where the files lie: encrypted, one file an attachment, outside the database and outside what the web server serves.

A file has a key of its own, which the attachment's row keeps sealed under the newest data key: a rotation seals the row
anew and leaves the file, and without the row the file is noise. The file is a head and chunks; each chunk's nonce is
its place and whether it is the last, so that a chunk changed, moved, left out or added is noticed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

from cryptography.exceptions import InvalidTag

from jiahe.financing.attachments.errors import Damaged
from jiahe.kit.ciphers import MARKS, TAG_BYTES, Cipher, ciphers
from jiahe.kit.configuration import setting
from jiahe.kit.home import ATTACHMENTS, folder

MAGIC = b"JHA1"
CHUNK = 1 << 20
KEY_BYTES = 32
DRAFT = ".new"


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def place(number: str) -> Path:
    """Where an attachment's file lies; folders by the number's last two signs, which are chance."""
    return folder(f"{ATTACHMENTS}/{number[-2:]}") / number


@contextmanager
def kept(number: str, key: bytes, content: bytes) -> Iterator[None]:
    """The file is there, whole and on the disk, while the block runs; it goes again where the block fails."""
    path = place(number)
    draft = path.with_name(path.name + DRAFT)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(sealed(number, key, content))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _settle(path.parent)
        yield
    except BaseException:
        draft.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def _settle(parent: Path) -> None:
    """The name, too, outlives a power cut."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sealed(number: str, key: bytes, content: bytes) -> Iterator[bytes]:
    """Head and chunks; an empty content has one empty chunk."""
    mark = MARKS[setting("JIAHE_CIPHER")].encode()
    cipher, head = _cipher(mark, key), MAGIC + mark
    yield head
    places = range(0, max(len(content), 1), CHUNK)
    for index, start in enumerate(places):
        last = index == len(places) - 1
        yield cipher.encrypt(_nonce(index, last=last), content[start : start + CHUNK], head + number.encode())


def read(number: str, key: bytes) -> bytes:
    """The clear content; `Damaged` for a file that is not there or of which one byte is not as it was written."""
    try:
        with place(number).open("rb") as file:
            return b"".join(_opened(number, key, file.read()))
    except (OSError, InvalidTag, KeyError) as error:
        raise Damaged(number=number) from error


def _opened(number: str, key: bytes, stored: bytes) -> Iterator[bytes]:
    head, body = stored[: len(MAGIC) + 1], stored[len(MAGIC) + 1 :]
    if head[: len(MAGIC)] != MAGIC or not body:
        raise InvalidTag
    cipher = _cipher(head[len(MAGIC) :], key)
    places = range(0, len(body), CHUNK + TAG_BYTES)
    for index, start in enumerate(places):
        last = index == len(places) - 1
        chunk = body[start : start + CHUNK + TAG_BYTES]
        yield cipher.decrypt(_nonce(index, last=last), chunk, head + number.encode())


def _cipher(mark: bytes, key: bytes) -> Cipher:
    return ciphers(0, key)[f"{mark.decode('latin-1')}0"]


def _nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def remove(number: str) -> None:
    place(number).unlink(missing_ok=True)


def older_than(seconds: int) -> Iterator[Path]:
    """Every file, drafts too, that was written longer ago."""
    limit = time() - seconds
    for path in sorted(folder(ATTACHMENTS).glob("*/*")):
        if path.stat().st_mtime < limit:
            yield path
