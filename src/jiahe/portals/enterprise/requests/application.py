"""A request being filled in: what is asked for, to whom it may go, and the words that would be agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jiahe.accounts.models import Organisation
from jiahe.consent.actions.offer import drafts
from jiahe.consent.choices import Choices, choices, divided
from jiahe.consent.enums import Purpose
from jiahe.consent.terms import Subject
from jiahe.consent.text import Words, words
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions.draft import begin, change
from jiahe.financing.enums import Channel, Mode
from jiahe.financing.models import FinancingRequest
from jiahe.financing.precredit.category import POINTS
from jiahe.financing.precredit.queries.reckoned import Offered, of_the_reader
from jiahe.financing.queries.eligible import eligible
from jiahe.financing.refs import request_ref
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.portals.enterprise.requests.forms import ApplyForm
from jiahe.products.models import ProductVersion
from jiahe.web.formats import in_wan


@dataclass
class Application:
    """`draft` is None until something was kept; `version` is the product applied for, None for an open request."""

    actor: Actor
    draft: FinancingRequest | None = None
    version: ProductVersion | None = None

    @cached_property
    def enterprise(self) -> Enterprise | None:
        return Enterprise.objects.filter(uscc=self.actor.organisation).first()

    @cached_property
    def open_to(self) -> list[Organisation]:
        if self.version:
            return [self.version.product.institution]
        return eligible(area=self.enterprise.area[:6] if self.enterprise else "", today=clock.today())

    @cached_property
    def precredit(self) -> Offered | None:
        """The limit that a draft by points may be asked within, as it is now; None for any other."""
        if self.draft is None or self.draft.channel != Channel.POINTS:
            return None
        rule = self.draft.precredit.rule
        return next((one for one in of_the_reader(self.actor)[1] if one.rule.pk == rule.pk), None)

    @cached_property
    def offered(self) -> Choices:
        known = self.enterprise
        subject = Subject(known.serial, known.uscc, known.kind) if known else Subject(0, self.actor.organisation)
        found = choices(subject=subject, purpose=Purpose.PRE_LOAN, written=False)
        if self.draft is None or self.draft.channel != Channel.POINTS:
            return found
        points = divided([POINTS], written=False).separately
        return Choices(found.together, (*points, *found.separately))

    def form(self, data: Any = None) -> ApplyForm:
        return ApplyForm(data, open_to=self.open_to, offered=self.offered, initial=_filled(self.draft))

    def keep(self, form: ApplyForm) -> FinancingRequest:
        """What is filled in so far, as a draft."""
        facts = form.facts()
        if self.draft is None:
            mode, channel = (Mode.DIRECTED, Channel.MARKETPLACE) if self.version else (Mode.GRAB, Channel.GRAB)
            product = self.version.pk if self.version else None
            self.draft = begin(actor=self.actor, mode=mode, channel=channel, product=product, **facts)
        else:
            self.draft = change(actor=self.actor, number=self.draft.number, **facts)
        return self.draft

    def words(self, form: ApplyForm, language: str = "") -> Words | None:
        """The very words of the consent that goes with it; None as long as it is not known to whom and what."""
        if self.draft is None or not form.ready_to_read:
            return None
        codes, terms = self.chosen(form), form.terms(request_ref(self.draft))
        first = drafts(uscc=self.draft.uscc, grantees=codes[:1], terms=terms)[0]
        names = [one.name for one in self.open_to if one.code in codes]
        return words(enterprise=first.enterprise.name, grantees=names, terms=terms, language=language, offered=True)

    def chosen(self, form: ApplyForm) -> list[str]:
        """The institutions that were not struck out, always in the same order."""
        ticked = set(form.cleaned_data["institutions"])
        return [one.code for one in self.open_to if one.code in ticked]


def _filled(draft: FinancingRequest | None) -> dict[str, Any]:
    if draft is None:
        return {}
    return {
        "amount": in_wan(draft.amount),
        "term_months": draft.term_months,
        "purpose": draft.purpose,
        "size": draft.size,
        "guarantees": draft.guarantees,
        "first_loan": {True: "yes", False: "no", None: ""}[draft.first_loan],
        "contact": _clear(draft.contact),
        "phone": _clear(draft.phone),
        "own_application": draft.own_application,
    }


def _clear(sealed: str) -> str:
    return keyring().decrypt(sealed) if sealed else ""
