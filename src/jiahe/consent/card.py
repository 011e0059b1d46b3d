"""A consent as pages show it: names instead of codes, and what happened to it. The templates are `consent/` in web."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import Role
from jiahe.audit import journal
from jiahe.consent.choices import divided
from jiahe.consent.enums import ConsentState, Direction
from jiahe.consent.models import Consent
from jiahe.consent.terms import Action
from jiahe.creditfile.models import Enterprise

TONES = {
    ConsentState.REQUESTED: "due",
    ConsentState.PENDING: "info",
    ConsentState.ACTIVE: "good",
    ConsentState.PAUSED: "due",
}
DONE = {
    Action.ASK: _("请求授权"),
    Action.REFUSE: _("拒绝"),
    Action.GIVE: _("同意授权"),
    Action.OFFER: _("随融资需求授权"),
    Action.CLAIM: _("接单，授权生效"),
    Action.PAUSE: _("暂停"),
    Action.RESUME: _("恢复"),
    Action.REVOKE: _("撤回"),
    Action.REPLACE: _("被新授权替代"),
    Action.EXPIRE: _("到期"),
    Action.FINISH: _("随事项结束"),
    Action.VOID: _("失效"),
}
PLATFORM = _("平台")


@dataclass(frozen=True)
class Card:
    """One consent in words. `together` and `separately` are names of categories, or of results."""

    consent: Consent
    enterprise: str
    state: str
    tone: str
    together: tuple[str, ...]
    separately: tuple[str, ...]
    feedback: bool

    @property
    def count(self) -> int:
        return len(self.consent.categories)


@dataclass(frozen=True)
class Event:
    """What was done to a consent, when, by whom: a role, never a person's name."""

    at: datetime
    who: str
    done: str


def cards(consents: Iterable[Consent]) -> list[Card]:
    """Two queries for any number."""
    found = list(consents)
    serials = {c.serial for c in found}
    known = dict(Enterprise.objects.filter(serial__in=serials).values_list("serial", "name"))
    return [_card(c, known.get(c.serial) or c.uscc) for c in found]


def card(consent: Consent) -> Card:
    return cards([consent])[0]


def _card(consent: Consent, enterprise: str) -> Card:
    state = ConsentState(consent.state)
    parts = divided(consent.categories, written=consent.written)
    return Card(
        consent=consent,
        enterprise=enterprise,
        state=str(state.label),
        tone=TONES.get(state, "none"),
        together=tuple(c.name for c in parts.together),
        separately=tuple(c.name for c in parts.separately),
        feedback=consent.direction == Direction.TO_PLATFORM,
    )


def history(shown: Card) -> list[Event]:
    """The newest first."""
    entries = journal.about(f"consent:{shown.consent.number}")
    return [Event(e.at, _who(shown, e.organisation, e.role), _done(e.action)) for e in entries]


def _who(shown: Card, organisation: str, role: str) -> str:
    sides = {shown.consent.uscc: shown.enterprise, shown.consent.grantee.code: shown.consent.grantee.name}
    if organisation not in sides:
        return str(PLATFORM)
    return f"{sides[organisation]} {Role(role).label}" if role in Role else sides[organisation]


def _done(action: str) -> str:
    return str(DONE[Action(action.removeprefix("consent."))])
