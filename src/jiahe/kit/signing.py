"""Signatures that others can check: the algorithm by setting, versioned keys, the public ones published.

Keys come from JIAHE_SIGNING_KEYS (`1:base64,2:base64`, the highest version signs, all verify) or, where that is unset,
from a file below JIAHE_HOME/keys which is made on first use with owner-only rights.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.exceptions import ImproperlyConfigured

from jiahe.kit.configuration import setting
from jiahe.kit.home import create_once, folder


class Algorithm(Protocol):
    """How to sign, with keys as plain bytes."""

    def generate(self) -> bytes: ...
    def public(self, private: bytes) -> bytes: ...
    def sign(self, private: bytes, message: bytes) -> bytes: ...
    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool: ...


class Ed25519:
    """RFC 8032."""

    def generate(self) -> bytes:
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def public(self, private: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(private).sign(message)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Sm2:
    """GB/T 32918.2 with SM3 and the usual identity, through gmssl: pure Python, not constant-time."""

    ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
    BYTES = 32

    def generate(self) -> bytes:
        return (secrets.randbelow(self.ORDER - 2) + 1).to_bytes(self.BYTES)

    def public(self, private: bytes) -> bytes:
        curve = self._curve(private, b"")
        return bytes.fromhex(curve._kg(int.from_bytes(private), curve.ecc_table["g"]))

    def sign(self, private: bytes, message: bytes) -> bytes:
        curve = self._curve(private, self.public(private))
        while True:
            # The library's own random numbers can be foretold, and a key with them.
            chance = (secrets.randbelow(self.ORDER - 1) + 1).to_bytes(self.BYTES).hex()
            if signature := curve.sign_with_sm3(message, chance):
                return bytes.fromhex(signature)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        if len(public) != 2 * self.BYTES or len(signature) != 2 * self.BYTES:
            return False
        halves = (int.from_bytes(signature[: self.BYTES]), int.from_bytes(signature[self.BYTES :]))
        if not all(0 < half < self.ORDER for half in halves):
            return False
        return bool(self._curve(b"", public).verify_with_sm3(signature.hex(), message))

    @staticmethod
    def _curve(private: bytes, public: bytes) -> Any:
        try:
            from gmssl.sm2 import CryptSM2
        except ImportError as error:
            raise ImproperlyConfigured("JIAHE_SIGNATURE=SM2：没有安装 gmssl，请运行 pip install jiahe[sm]") from error
        curve = CryptSM2(private.hex(), "")
        # Given to the constructor, a key whose first byte is 04 would lose it.
        curve.public_key = public.hex()
        return curve


ALGORITHMS: dict[str, Callable[[], Algorithm]] = {"Ed25519": Ed25519, "SM2": Sm2}


@dataclass(frozen=True)
class PublicKey:
    """What others check signatures with; its name is the first half of its SHA-256."""

    algorithm: str
    value: bytes

    @property
    def name(self) -> str:
        return sha256(self.value).hexdigest()[:32]

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature of the message is by the holder of the key."""
        return _algorithm(self.algorithm).verify(self.value, message, signature)


@dataclass(frozen=True)
class Signature:
    """What goes with a signed message; `key` is the public key's name."""

    algorithm: str
    key: str
    value: bytes


def sign(message: bytes) -> Signature:
    """With this installation's newest key."""
    name = setting("JIAHE_SIGNATURE")
    chosen = _algorithm(name)
    keys = _parse(setting("JIAHE_SIGNING_KEYS") or _from_file(name))
    newest = keys[max(keys)]
    return Signature(name, PublicKey(name, chosen.public(newest)).name, chosen.sign(newest, message))


def public_keys() -> dict[str, PublicKey]:
    """The published keys of this installation by name, those of an algorithm it signed with before too."""
    publics = [
        PublicKey(name, _algorithm(name).public(private))
        for name in ALGORITHMS
        for private in _parse(_present(name)).values()
    ]
    return {public.name: public for public in publics}


def _present(name: str) -> str:
    """The keys of an algorithm as they are written; empty where there are none."""
    path = _path(name)
    given = setting("JIAHE_SIGNING_KEYS") if name == setting("JIAHE_SIGNATURE") else ""
    return given or (path.read_text() if path.exists() else "")


def _algorithm(name: str) -> Algorithm:
    if name not in ALGORITHMS:
        raise ImproperlyConfigured(f"JIAHE_SIGNATURE: 不支持“{name}”，可用的有：{'、'.join(ALGORITHMS)}")
    return ALGORITHMS[name]()


def _path(name: str) -> Path:
    return folder("keys") / f"signing-{name}"


def _from_file(name: str) -> str:
    path = _path(name)
    if not path.exists():
        create_once(path, f"1:{base64.b64encode(_algorithm(name).generate()).decode()}")
    return path.read_text()


@lru_cache(maxsize=4)
def _parse(written: str) -> dict[int, bytes]:
    pairs = (pair.split(":", 1) for pair in written.strip().split(",") if pair)
    return {int(version): base64.b64decode(key) for version, key in pairs}
