"""What leaves the platform: written down in the transaction of the change, carried out by the relay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from string import Formatter

from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring
from jiahe.kit.rows import add
from jiahe.notify.models import Address, Channel, Outgoing
from jiahe.notify.quiet import awake
from jiahe.notify.templates import SMS, URGENT

Facts = Mapping[str, str | int]


def send_sms(*, phone: str, template: str, facts: Facts) -> None:
    """Have a person told by SMS, if the caller's transaction commits; `KeyError` for an unknown template or a missing
    fact."""
    add(by_sms(phone, template, facts))


def by_sms(phone: str, template: str, facts: Facts) -> Outgoing:
    """The row of an SMS, not saved yet. Facts that it does not name are not kept."""
    text = str(SMS[template])
    text.format(**facts)
    needed = {name: facts[name] for name in names_in(text)}
    return _row(Channel.SMS, template, needed, recipient=keyring().encrypt(phone), urgent=template in URGENT)


def to_address(address: Address, template: str, facts: Facts, link: str) -> Outgoing:
    """The same to a declared address, with all the facts."""
    return _row(Channel(address.kind), template, facts, address=address, link=link)


def names_in(sentence: str) -> list[str]:
    """The facts that a sentence names."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def may_go(channel: str, moment: datetime, *, urgent: bool) -> datetime:
    """When a message that is ready at a moment is sent: an SMS that nobody waits for not in the quiet hours."""
    if channel != Channel.SMS or urgent:
        return moment
    on = moment.date()
    return awake(
        moment.astimezone(clock.ZONE),
        quiet_from=parameters.value("sms_quiet_from_hour", on=on),
        quiet_until=parameters.value("sms_quiet_until_hour", on=on),
    )


def _row(
    channel: Channel,
    template: str,
    facts: Facts,
    *,
    recipient: str = "",
    address: Address | None = None,
    link: str = "",
    urgent: bool = False,
) -> Outgoing:
    now = clock.now()
    return Outgoing(
        channel=channel,
        address=address,
        recipient=recipient,
        template=template,
        facts=keyring().encrypt(json.dumps(dict(facts))),
        link=link,
        urgent=urgent,
        created_at=now,
        next_at=may_go(channel, now, urgent=urgent),
    )
