"""Keys by version, two ciphers behind one interface, digests that stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from jiahe.kit.crypto import add_key, keyring

PHONE = "17000000001"


def test_a_new_key_encrypts_and_old_texts_still_open(home: Path) -> None:
    old, digest = keyring().encrypt(PHONE), keyring().digest(PHONE)
    assert add_key() == 2
    new = keyring().encrypt(PHONE)
    assert (old[:3], new[:3]) == ("v1:", "v2:")
    assert (keyring().decrypt(old), keyring().decrypt(new)) == (PHONE, PHONE)
    assert keyring().digest(PHONE) == digest
    assert (home / "keys" / "data").stat().st_mode & 0o077 == 0


def test_a_keyring_that_is_held_opens_what_a_newer_key_sealed() -> None:
    held = keyring()
    add_key()
    assert held.decrypt(keyring().encrypt(PHONE)) == PHONE
    with pytest.raises(KeyError):
        held.decrypt("v9:" + keyring().encrypt(PHONE)[3:])


@pytest.mark.parametrize(("cipher", "mark"), [("aes", "v1"), ("sm4", "s1")])
def test_each_cipher_opens_its_own_and_notices_a_change(
    cipher: str, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAHE_CIPHER", cipher)
    sealed = keyring().encrypt(PHONE)
    assert sealed.startswith(f"{mark}:")
    assert sealed != keyring().encrypt(PHONE)
    assert keyring().decrypt(sealed) == PHONE
    place = len(mark) + 5
    other = "A" if sealed[place] != "A" else "B"
    with pytest.raises(InvalidTag):
        keyring().decrypt(sealed[:place] + other + sealed[place + 1 :])
    with pytest.raises(InvalidTag):
        keyring().decrypt({"v1": "s1", "s1": "v1"}[mark] + sealed[2:])


def test_resealing_changes_what_is_old_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    old = keyring().encrypt(PHONE)
    assert keyring().resealed(old) == old
    monkeypatch.setenv("JIAHE_CIPHER", "sm4")
    new = keyring().resealed(old)
    assert new.startswith("s1:")
    assert keyring().decrypt(new) == PHONE
