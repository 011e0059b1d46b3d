"""Passkeys (WebAuthn): what the browser is asked, and what its answer proves. State lies in the session in between."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from jiahe.accounts import second_factor
from jiahe.accounts.errors import PasskeyRefused
from jiahe.accounts.models import User


def can_be_used(request: HttpRequest) -> bool:
    """Browsers know passkeys by a site's name: an address in numbers has none."""
    try:
        ipaddress.ip_address(request.get_host().rpartition(":")[0].strip("[]") or request.get_host())
    except ValueError:
        return True
    return False


def of(user: User) -> list[Authenticator]:
    return list(second_factor.authenticators(user, Authenticator.Type.WEBAUTHN))


def registration(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey that names its owner and asks for PIN, finger or face."""
    return dict(webauthn.begin_registration(user, passwordless=True))


def complete(credential: dict[str, Any]) -> None:
    """`PasskeyRefused` unless the browser's answer belongs to the last `registration` and the owner was verified."""
    try:
        webauthn.parse_registration_response(credential)
        made = webauthn.complete_registration(credential)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error
    if not made.is_user_verified():
        raise PasskeyRefused


def challenge() -> dict[str, Any]:
    """What the browser is asked at sign-in, before anybody knows who it is."""
    return dict(webauthn.begin_authentication(None))


def owner(credential: dict[str, Any]) -> User:
    """Whose passkey answered the last `challenge`, verified by PIN, finger or face; else `PasskeyRefused`."""
    try:
        webauthn.parse_authentication_response(credential)
        user = webauthn.extract_user_from_response(credential)
        authenticator = webauthn.complete_authentication(user, credential)
    except (ValidationError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error
    if not user.is_active:
        raise PasskeyRefused
    authenticator.record_usage()
    assert isinstance(user, User)
    return user
