"""Who carries an SMS out: one folder for each provider, chosen by the setting JIAHE_SMS.

A provider is a module with

    send(letter) -> Receipt | None     hand a message over; None where the provider keeps no track of it
    status(letter) -> Receipt | None   what the provider knows of a message, by its `uid`; None where it never had it
    REPEATABLE = True                  sending again does no harm: whoever receives it knows it by its `uid`, or nobody minds
    lacks() -> list[str]               what is still to be configured, in words, for `jiahe check`

of which all but the first may be left out. Both functions raise `NotDelivered` where the message was surely not taken
over, and `Uncertain` where it may have been (a time-out, an answer that cannot be read); any other exception counts as
uncertain. After an uncertain try the provider is asked before the message is sent again; one that can neither be asked
nor repeated leaves it to a person. Reasons hold no part of a message. E-mail and webhooks (`jiahe.notify.channels`) are
carried out in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from django.core.exceptions import ImproperlyConfigured

from jiahe.kit import clock
from jiahe.kit.configuration import setting

PATIENCE_SECONDS = 8  # for one answer, whatever the channel


@dataclass(frozen=True)
class Letter:
    """One message in clear. `uid` is the same each time it is tried; `to` is a phone number, mailbox or web address.

    A provider that keeps the words itself takes `template` and `facts`, any other `text`.
    """

    uid: str
    to: str
    text: str
    template: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    written_at: datetime = field(default_factory=clock.now)
    title: str = ""
    link: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a provider says of a message: its own number for it, and whether it arrived (None: not known yet)."""

    number: str = ""
    delivered: bool | None = None
    reason: str = ""


class NotDelivered(Exception):
    """The message was surely not taken over."""


class Uncertain(Exception):
    """The message may have been taken over."""


class Carrier(Protocol):
    """A provider, or another channel."""

    def send(self, letter: Letter) -> Receipt | None: ...


class Tracking(Carrier, Protocol):
    """One that can be asked what became of a message."""

    def status(self, letter: Letter) -> Receipt | None: ...


def provider() -> Carrier:
    """The chosen one; `ImproperlyConfigured` for an unknown name."""
    name, known = setting("JIAHE_SMS"), [m.name for m in iter_modules(__path__)]
    if name not in known:
        raise ImproperlyConfigured(f"JIAHE_SMS={name}：没有这个短信通道，可用的有：{'、'.join(known)}")
    return cast(Carrier, import_module(f"{__name__}.{name}"))
