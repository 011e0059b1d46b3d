"""The ciphers that data at rest may be sealed with: AES-256-GCM, and SM4-GCM where GM/T standards ask for it."""

from __future__ import annotations

import hashlib
from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher as Context
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TAG_BYTES = 16


class Cipher(Protocol):
    """Authenticated encryption; `decrypt` raises `InvalidTag` for a changed text."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


class SM4GCM:
    """SM4 in GCM with a key of its own, derived from the data key, so that no key serves two ciphers."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(hashlib.sha256(b"jiahe sm4" + key).digest()[:16])

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        sealing = Context(self._algorithm, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data or b"")
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        body, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        opening = Context(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(associated_data or b"")
        return opening.update(body) + opening.finalize()


# What a sealed text begins with, before the version of its key.
MARKS = {"aes": "v", "sm4": "s"}


def ciphers(version: int, key: bytes) -> dict[str, Cipher]:
    """Both ciphers of a key, by the beginning of the texts they seal."""
    return {f"{MARKS['aes']}{version}": AESGCM(key), f"{MARKS['sm4']}{version}": SM4GCM(key)}
