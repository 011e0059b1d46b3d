"""A consent as a signed document that enterprise and grantee keep, and that anybody can check offline."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from jiahe.catalogue import load
from jiahe.consent.models import Consent
from jiahe.consent.queries.consents import one
from jiahe.consent.terms import TO_PLATFORM
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock, signing
from jiahe.kit.actor import Actor
from jiahe.kit.signing import PublicKey

FORMAT = "jiahe-consent/1"


class Verdict(Enum):
    """What checking a document found."""

    GENUINE = "genuine"
    CHANGED = "changed"  # signature or text do not fit what the document says
    UNKNOWN_KEY = "unknown_key"  # signed, by a key that is not among those trusted
    UNREADABLE = "unreadable"


def artefact(*, actor: Actor, number: str) -> bytes:
    """The signed JSON of a consent as it stands now, for those concerned; `NoSuchConsent` for others."""
    content = {
        "format": FORMAT,
        "issued_at": clock.now().isoformat(),
        "consent": _facts(one(actor=actor, number=number)),
    }
    signed = signing.sign(_canonical(content))
    mark = {"algorithm": signed.algorithm, "key": signed.key, "value": base64.b64encode(signed.value).decode()}
    return json.dumps(content | {"signature": mark}, ensure_ascii=False, indent=2).encode()


def _facts(consent: Consent) -> dict[str, Any]:
    name = Enterprise.objects.values_list("name", flat=True).get(serial=consent.serial)
    times = {field: getattr(consent, field) for field in ("valid_from", "valid_until", "given_at", "ended_at")}
    return {
        "number": consent.number,
        "enterprise": {"uscc": consent.uscc, "name": name},
        "grantee": {"code": consent.grantee.code, "name": consent.grantee.name},
        "direction": consent.direction,
        "purpose": consent.purpose,
        "categories": [{"code": code, "name": _name(consent, code)} for code in consent.categories],
        "written": consent.written,
        "kind": consent.kind,
        "per_month": consent.per_month,
        "lookback_months": consent.lookback_months,
        "data_life_days": consent.data_life_days,
        "state": consent.state,
        "text_version": consent.text_version,
        "text_digest": consent.text_digest,
        "text": consent.text,
        **{field: at.astimezone(clock.ZONE).isoformat() if at else None for field, at in times.items()},
    }


def _name(consent: Consent, code: str) -> str:
    return code if consent.direction == TO_PLATFORM else load().consentable[code].name.zh


def check(document: bytes, keys: Mapping[str, PublicKey]) -> tuple[Verdict, dict[str, Any]]:
    """What is to be said of a document, and what it says of the consent; `keys` are the trusted public keys by name."""
    try:
        content = json.loads(document)
        mark, consent = content.pop("signature"), content["consent"]
        algorithm, key, text = str(mark["algorithm"]), str(mark["key"]), str(consent["text"])
        signature, message = base64.b64decode(mark["value"], validate=True), _canonical(content)
        known = content["format"] == FORMAT
        # One that was never given has no text.
        agreed = not text or hashlib.sha256(text.encode()).hexdigest() == consent["text_digest"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Verdict.UNREADABLE, {}
    if not known:
        return Verdict.UNREADABLE, {}
    if key not in keys:
        return Verdict.UNKNOWN_KEY, consent
    fits = keys[key].algorithm == algorithm and keys[key].verify(message, signature)
    return (Verdict.GENUINE if fits and agreed else Verdict.CHANGED), consent


def _canonical(content: dict[str, Any]) -> bytes:
    """One way of writing the same content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
