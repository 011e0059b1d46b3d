"""The scores of the demonstration: a card brought into use by two people, one run, and a consent that opens a score."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from jiahe.accounts.actor import as_actor
from jiahe.accounts.models import Membership
from jiahe.commands.demo_people import ASKED_FOR, BANK
from jiahe.consent.actions.give import give
from jiahe.consent.draft import draft, separate_ones
from jiahe.consent.enums import Purpose
from jiahe.consent.numbers import ceiling, direction
from jiahe.consent.terms import Terms
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.profiles.derived import SCORE
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.actions.run import run
from jiahe.scoring.models import CardVersion

CARD = Path(__file__).with_name("demo_card.json")
LANGUAGE = "zh-hans"


def score() -> None:
    """Once; a demonstration without a card has no scores."""
    if not CARD.exists() or CardVersion.objects.exists():
        return
    started = time.monotonic()
    print(_("评分…"), file=sys.stderr, flush=True)
    modeller, publisher = _acting("modeller"), _acting("publisher")
    number = import_card(actor=modeller, text=CARD.read_text(encoding="utf-8")).number
    commit_card(actor=modeller, number=number)
    publish_card(actor=publisher, number=number)
    done = run(actor=Actor.system("console"))
    text = _("已评分 {scored:,} / {enterprises:,} 家企业，用时 {seconds:.0f} 秒")
    said = text.format(scored=done.scored, enterprises=done.enterprises, seconds=time.monotonic() - started)
    print(said, file=sys.stderr, flush=True)
    _open_to_the_bank()


def _open_to_the_bank() -> None:
    """The enterprise lets the bank see its score after the loan; what the bank asks for before one still waits."""
    owner = _acting("owner")
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    most = ceiling(Purpose.POST_LOAN, today)
    terms = Terms(
        purpose=Purpose.POST_LOAN.value,
        direction=direction(Purpose.POST_LOAN).value,
        categories=(*ASKED_FOR, SCORE),
        kind=most.kind,
        valid_from=today,
        valid_until=today + timedelta(days=most.days),
        per_month=most.per_month,
        lookback_months=most.lookback_months,
        data_life_days=most.data_life_days,
    )
    read = draft(uscc=owner.organisation, grantee=BANK, terms=terms).words(LANGUAGE)
    separately = list(separate_ones(terms.categories))
    give(actor=owner, grantee=BANK, terms=terms, agreed=read.digest, language=LANGUAGE, separately=separately)


def _acting(login: str) -> Actor:
    found = Membership.objects.select_related("user", "organisation", "branch").get(user__login=login)
    return as_actor(found, "console")
