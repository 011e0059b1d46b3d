"""Signatures with either algorithm: only the very message, by the very key, in the very bytes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from jiahe.kit import signing
from jiahe.kit.signing import ALGORITHMS, Sm2

MESSAGE = "授权书".encode()
# GM/T 0003.5-2012 A.2: the standard's own key on the recommended curve, and its signature of "message digest".
SM2_PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SM2_PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
SM2_SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_signature_holds_for_the_very_message_and_key(name: str) -> None:
    algorithm = ALGORITHMS[name]()
    private, other = algorithm.generate(), algorithm.generate()
    public, signature = algorithm.public(private), algorithm.sign(private, MESSAGE)
    assert algorithm.verify(public, MESSAGE, signature) is True
    assert algorithm.verify(public, MESSAGE + b".", signature) is False
    assert algorithm.verify(algorithm.public(other), MESSAGE, signature) is False
    assert algorithm.verify(public, MESSAGE, signature[:-1] + bytes([signature[-1] ^ 1])) is False
    assert [algorithm.verify(public, MESSAGE, wrong) for wrong in (b"", bytes(64), b"\xff" * 64)] == [False] * 3


def test_sm2_is_that_of_the_standard() -> None:
    assert Sm2().public(SM2_PRIVATE) == SM2_PUBLIC
    assert Sm2().verify(SM2_PUBLIC, b"message digest", SM2_SIGNATURE) is True


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_installation_makes_its_key_once_and_for_its_owner_alone(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAHE_SIGNATURE", name)
    assert signing.public_keys() == {}
    first, second = signing.sign(MESSAGE), signing.sign(MESSAGE)
    assert (first.key, first.algorithm) == (second.key, name)
    assert list(signing.public_keys()) == [first.key]
    assert signing.public_keys()[first.key].verify(MESSAGE, first.value) is True
    assert stat.S_IMODE((home / "keys" / f"signing-{name}").stat().st_mode) == 0o600


def test_the_newest_key_signs_and_older_ones_still_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"{version}:{letter * 43}=" for version, letter in ((1, "A"), (2, "B"))]
    monkeypatch.setenv("JIAHE_SIGNING_KEYS", keys[0])
    old = signing.sign(MESSAGE)
    monkeypatch.setenv("JIAHE_SIGNING_KEYS", ",".join(keys))
    new = signing.sign(MESSAGE)
    assert set(signing.public_keys()) == {old.key, new.key}
    assert signing.public_keys()[old.key].verify(MESSAGE, old.value) is True


def test_an_unknown_algorithm_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_SIGNATURE", "RSA")
    with pytest.raises(ImproperlyConfigured, match="不支持“RSA”，可用的有：Ed25519、SM2"):
        signing.sign(MESSAGE)


def test_what_was_signed_before_the_algorithm_changed_is_still_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signing.sign(MESSAGE)
    monkeypatch.setenv("JIAHE_SIGNATURE", "SM2")
    after = signing.sign(MESSAGE)
    keys = signing.public_keys()
    assert {name: key.algorithm for name, key in keys.items()} == {before.key: "Ed25519", after.key: "SM2"}
    assert keys[before.key].verify(MESSAGE, before.value) is True
    assert keys[before.key].verify(MESSAGE, after.value) is False
