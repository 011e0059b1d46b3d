"""Signed statements (JSON Web Signature, RFC 7515, compact form) of a provider whose public key is known."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class NotSigned(ValueError):
    """The statement is none, or not this key's."""


def statement(token: str, keys: Mapping[str, PublicKey]) -> dict[str, Any]:
    """What a token states. `keys` by their id; the key decides the algorithm, the token only repeats it."""
    try:
        head, body, signature = token.split(".")
        header = json.loads(decoded(head))
        key = keys[header["kid"]]
        _check(key, header["alg"], f"{head}.{body}".encode(), decoded(signature))
        claims: dict[str, Any] = json.loads(decoded(body))
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise NotSigned from error
    if not isinstance(claims, dict):
        raise NotSigned
    return claims


def _check(key: PublicKey, algorithm: str, message: bytes, signature: bytes) -> None:
    if isinstance(key, rsa.RSAPublicKey) and algorithm == "RS256":
        key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm == "ES256" and len(signature) == 64:
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    else:
        raise NotSigned


def keys_of(document: Mapping[str, Any]) -> dict[str, PublicKey]:
    """The keys of a JWK set (RFC 7517) by their id; those of other kinds are left out."""
    try:
        found = {str(one["kid"]): _key(one) for one in document["keys"]}
    except (KeyError, TypeError, ValueError) as error:
        raise NotSigned from error
    return {kid: key for kid, key in found.items() if key is not None}


def _key(jwk: Mapping[str, str]) -> PublicKey | None:
    if jwk.get("kty") == "RSA":
        return rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
    if (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
        return ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1()).public_key()
    return None


def _number(text: str) -> int:
    return int.from_bytes(decoded(text), "big")


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise NotSigned from error
