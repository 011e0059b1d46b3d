"""Two model officers, a supervisor, and cards of the platform's own features."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.card import Card, dumps
from jiahe.scoring.models import CardVersion
from tests import people
from tests.scoring.cards import CARD

ONE, TWO = "age", "debt_ratio"


@dataclass(frozen=True)
class Officers:
    first: Actor
    second: Actor
    supervisor: Actor


def officers() -> Officers:
    own = authority("测试主管部门")
    return Officers(
        first=people.actor(people.person("first", Role.MODEL_OFFICER, own, name="甲")),
        second=people.actor(people.person("second", Role.MODEL_OFFICER, own, name="乙")),
        supervisor=people.actor(people.person("supervisor", Role.SUPERVISOR, own)),
    )


def card(base: int = 480) -> Card:
    """The test card over features that the platform makes; another base is another card."""
    one, two = CARD.characteristics
    return replace(CARD, base=base, characteristics=(replace(one, code=ONE), replace(two, code=TWO)))


def drafted(here: Officers, base: int = 480) -> CardVersion:
    return import_card(actor=here.first, text=dumps(card(base)))


def committed(here: Officers, base: int = 480) -> CardVersion:
    return commit_card(actor=here.first, number=drafted(here, base).number)


def published(here: Officers, base: int = 480) -> CardVersion:
    return publish_card(actor=here.second, number=committed(here, base).number)
