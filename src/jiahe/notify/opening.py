"""A message of the outbox in clear, in the installation's language."""

from __future__ import annotations

import json

from django.utils import translation

from jiahe.kit.configuration import setting
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Channel, Outgoing
from jiahe.notify.providers import Letter
from jiahe.notify.templates import SMS, TEMPLATES


def letter(outgoing: Outgoing) -> Letter:
    """What is handed over; without its words where they have been emptied."""
    facts = json.loads(keyring().decrypt(outgoing.facts)) if outgoing.facts else {}
    title, text = _words(outgoing, facts) if outgoing.facts else ("", "")
    address = outgoing.address
    return Letter(
        uid=outgoing.uid,
        to=keyring().decrypt(address.value if address else outgoing.recipient),
        text=text,
        template=outgoing.template,
        facts=facts,
        written_at=outgoing.created_at,
        title=title,
        link=f"{setting('JIAHE_SITE').rstrip('/')}{outgoing.link}" if outgoing.link else "",
        secret=keyring().decrypt(address.secret) if address and address.secret else "",
    )


def _words(outgoing: Outgoing, facts: dict[str, str | int]) -> tuple[str, str]:
    with translation.override(setting("JIAHE_LANGUAGE")):
        if outgoing.channel == Channel.SMS:
            return "", str(SMS[outgoing.template]).format(**facts)
        template = TEMPLATES[outgoing.template]
        return str(template.title), str(template.sentence).format(**facts)
