"""Who carries a message out: one folder for each provider, chosen by the setting JIAHE_SMS.

A provider is a module with `send(letter)`, which returns when the message was taken over, and raises `NotDelivered`
with a reason that holds no part of the message otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.core.exceptions import ImproperlyConfigured

from jiahe.kit.configuration import setting


@dataclass(frozen=True)
class Letter:
    """One message in clear. `uid` is the same each time it is tried."""

    uid: str
    phone: str
    text: str


class NotDelivered(Exception):
    """The provider did not take the message."""


def deliver(letter: Letter) -> None:
    """Hand a message to the chosen provider; `NotDelivered`, or `ImproperlyConfigured` for an unknown provider."""
    import_module(f"{__name__}.{chosen()}").send(letter)


def chosen() -> str:
    """The provider's name."""
    name, known = setting("JIAHE_SMS"), [m.name for m in iter_modules(__path__)]
    if name not in known:
        raise ImproperlyConfigured(f"JIAHE_SMS={name}：没有这个短信通道，可用的有：{'、'.join(known)}")
    return name
