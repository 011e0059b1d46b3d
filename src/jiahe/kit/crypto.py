"""Encryption at rest: AES-256-GCM or SM4-GCM (JIAHE_CIPHER) with versioned keys, and keyed digests to search and compare by.

Keys come from JIAHE_KEYS (`1:base64,2:base64`, the highest version encrypts) or, where that is unset,
from a file below JIAHE_HOME/keys which is made on first use with owner-only rights.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jiahe.kit.ciphers import MARKS, Cipher, ciphers
from jiahe.kit.configuration import setting
from jiahe.kit.home import create_once, folder, locked

NONCE_BYTES = 12


@dataclass(frozen=True)
class Keyring:
    """Data keys by version, and the digest key derived from the first one so that digests survive rotation."""

    keys: dict[int, bytes]

    @property
    def newest(self) -> int:
        return max(self.keys)

    @cached_property
    def digest_key(self) -> bytes:
        return hashlib.sha256(b"jiahe digest" + self.keys[min(self.keys)]).digest()

    @property
    def mark(self) -> str:
        """What a text begins with that is sealed now: the cipher's letter and the version of the key."""
        return f"{MARKS[setting('JIAHE_CIPHER')]}{self.newest}"

    @cached_property
    def ciphers(self) -> dict[str, Cipher]:
        return {mark: cipher for version, key in self.keys.items() for mark, cipher in ciphers(version, key).items()}

    @cached_property
    def _keyed(self) -> hmac.HMAC:
        """A digest that has taken its key in; copies of it are a quarter of the work of new ones."""
        return hmac.new(self.digest_key, digestmod="sha256")

    def encrypt(self, text: str) -> str:
        """`<mark>:<base64 of nonce and ciphertext>`; another nonce each time."""
        return self.encrypt_all([text])[0]

    def encrypt_all(self, texts: Sequence[str]) -> list[str]:
        """The same for many texts, each with a nonce of its own."""
        mark, random = self.mark, os.urandom(NONCE_BYTES * len(texts))
        seal = self.ciphers[mark].encrypt
        nonces = (random[i : i + NONCE_BYTES] for i in range(0, len(random), NONCE_BYTES))
        bodies = (nonce + seal(nonce, text.encode(), None) for nonce, text in zip(nonces, texts, strict=True))
        return [f"{mark}:{base64.b64encode(body).decode()}" for body in bodies]

    def decrypt(self, sealed: str) -> str:
        """The clear text; `KeyError` for an unknown key version, `InvalidTag` for a changed text."""
        mark, _, body = sealed.partition(":")
        raw = base64.b64decode(body)
        cipher = self.ciphers.get(mark) or _renewed().ciphers[mark]
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()

    def resealed(self, sealed: str) -> str:
        """The same text sealed with the newest key and the cipher in force; as it is where it is so already."""
        return sealed if sealed.startswith(f"{self.mark}:") else self.encrypt(self.decrypt(sealed))

    def reseal_all(self, texts: Sequence[str]) -> list[str]:
        return [self.resealed(text) for text in texts]

    def digest(self, text: str) -> str:
        """HMAC-SHA256 in hexadecimal: equal texts have equal digests, and nobody without the key can try texts."""
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()

    def digest_all(self, texts: Sequence[str]) -> list[str]:
        return [self.digest(text) for text in texts]


def keyring() -> Keyring:
    """The keys of this installation."""
    configured = os.environ.get("JIAHE_KEYS")
    return _parse(configured) if configured else _of_home(os.environ.get("JIAHE_HOME", ""))


def _renewed() -> Keyring:
    """The keys as they are now: another process has added one since ours were read."""
    _of_home.cache_clear()
    return keyring()


def add_key() -> int:
    """Put a new newest key into the data folder's file and give its version; JIAHE_KEYS must not be set."""
    path = folder("keys") / "data"
    with locked("keys"):
        known = _renewed()
        text = ",".join([path.read_text().strip(), written_key(known.newest + 1)])
        draft = path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return _renewed().newest


def written_key(version: int) -> str:
    """A new random key as JIAHE_KEYS and the file write one."""
    return f"{version}:{base64.b64encode(AESGCM.generate_key(256)).decode()}"


def has_keys() -> bool:
    """Whether this installation has keys, without making any."""
    return bool(os.environ.get("JIAHE_KEYS")) or (folder("keys") / "data").is_file()


def keyring_in(path: Path) -> Keyring:
    """The keys in a file that must be there."""
    return _parse(path.read_text())


@lru_cache(maxsize=4)
def _parse(configured: str) -> Keyring:
    pairs = (pair.split(":", 1) for pair in configured.split(","))
    return Keyring({int(version): base64.b64decode(key) for version, key in pairs})


@lru_cache(maxsize=4)
def _of_home(_: str) -> Keyring:
    """Remembered by the data folder's name: a record may hold several sealed values, a file a thousand."""
    path = folder("keys") / "data"
    if not path.exists():
        create_once(path, written_key(1))
    return _parse(path.read_text())


def mask_name(text: str) -> str:
    """What a screen shows of a private person's name or address: its first character."""
    return text[:1] + "*" * min(len(text) - 1, 8)


def mask(text: str) -> str:
    """What a screen shows of a phone or identity number: the first three and the last two characters."""
    hidden = len(text) - 5
    return "*" * len(text) if hidden < 2 else text[:3] + "*" * hidden + text[-2:]
