"""The consent in an open request: offered to several institutions by name, in force for each that claims."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.consent.actions.give import assert_agreed, row, signed
from jiahe.consent.actions.move import record, replace_live, step
from jiahe.consent.draft import Draft, check_ticked, draft
from jiahe.consent.errors import GivenMeanwhile, NoSuchConsent, NoSuchGrantee, WrongCategories
from jiahe.consent.models import Consent
from jiahe.consent.parties import require
from jiahe.consent.terms import Action, State, Terms
from jiahe.consent.text import Words, words
from jiahe.kit.actor import Actor


def drafts(*, uscc: str, grantees: Sequence[str], terms: Terms) -> list[Draft]:
    """A checked draft for each institution that was not struck out; a written consent is never offered."""
    if terms.written:
        raise WrongCategories(categories="、".join(terms.categories[:10]), reason=_("书面同意只能逐家给出。"))
    if not grantees:
        raise NoSuchGrantee(organisation="")
    return [draft(uscc=uscc, grantee=code, terms=terms) for code in dict.fromkeys(grantees)]


def offer_words(offered: Sequence[Draft], language: str = "") -> Words:
    """What the enterprise reads before it agrees once for all of them."""
    names = [one.grantee.name for one in offered]
    first = offered[0]
    return words(enterprise=first.enterprise.name, grantees=names, terms=first.terms, language=language, offered=True)


@transaction.atomic
def offer(
    *,
    actor: Actor,
    grantees: Sequence[str],
    terms: Terms,
    agreed: str,
    separately: Collection[str] = (),
    language: str = "",
) -> list[Consent]:
    """A pending consent for each institution, under the request that `terms.subject_ref` names. Raises as `give`."""
    for code in grantees:
        require(actor, Action.OFFER, uscc=actor.organisation, grantee=code, written=False)
    offered = drafts(uscc=actor.organisation, grantees=grantees, terms=terms)
    check_ticked(terms, separately)
    shown = offer_words(offered, language)
    assert_agreed(actor, shown, agreed)
    pending = [row(actor, one, State.PENDING, **signed(actor, shown)) for one in offered]
    try:
        with transaction.atomic():
            for consent in pending:
                consent.save(force_insert=True)
    except IntegrityError as error:
        raise GivenMeanwhile from error
    for consent in pending:
        record(actor=actor, action=Action.OFFER, consent=consent)
    return pending


def claim(*, actor: Actor, known: Sequence[Consent], request_ref: str, order_ref: str) -> Consent:
    """The pending consent to the actor's institution comes into force for the order that it took, in the caller's transaction.

    `known` are the open consents between enterprise and institution, held since. `NoSuchConsent` where none of them waits
    for this request.
    """
    waiting = (one for one in known if one.state == State.PENDING and one.subject_ref == request_ref)
    pending = next(waiting, None)
    if pending is None:
        raise NoSuchConsent(number=request_ref)
    require(actor, Action.CLAIM, uscc=pending.uscc, grantee=actor.organisation, written=pending.written)
    replaced = replace_live(actor=actor, consent=pending, known=known)
    moved = {"subject_ref": order_ref, "replaces": replaced}
    return step(actor=actor, action=Action.CLAIM, consent=pending, is_alone=True, **moved)
