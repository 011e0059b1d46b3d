"""Sign-in by what somebody else has verified; each provider is offered where it is configured."""

from __future__ import annotations

from jiahe.accounts.errors import NoSuchProvider
from jiahe.accounts.providers.interface import Provider
from jiahe.accounts.providers.licence import Licence
from jiahe.accounts.providers.single_sign_on import SingleSignOn

__all__ = ["Provider", "offered", "provider"]


def offered() -> list[Provider]:
    """Those that this installation has settings for."""
    return [provider for kind in (SingleSignOn, Licence) if (provider := kind.configured()) is not None]


def provider(code: str) -> Provider:
    """`NoSuchProvider` for one that is not offered."""
    for one in offered():
        if one.code == code:
            return one
    raise NoSuchProvider
