"""Register an enterprise."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.accounts.actions.enrol import grant
from jiahe.accounts.actions.link import link
from jiahe.accounts.actions.open_account import NewAccount, open_account
from jiahe.accounts.actions.prove_representative import Proof, prove_representative
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.errors import AlreadyRegistered, TermsNotAgreed
from jiahe.accounts.models import Membership, Organisation, User
from jiahe.accounts.queries.registration import candidate
from jiahe.accounts.verification import VerifiedEntity
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor

TERMS = "2026-11"  # the version of the words in the page of terms


@transaction.atomic
def register(
    *, actor: Actor, code: str, name: str, proof: Proof, person: NewAccount | User, agreed: bool
) -> Membership:
    """Open an enterprise's account with its first administrator: a new person, or one who has an account already.

    Of two at once exactly one wins, the other gets `AlreadyRegistered`. All that `candidate`, `prove_representative`
    and `open_account` refuse; `TermsNotAgreed`.
    """
    if not agreed:
        raise TermsNotAgreed
    wanted = candidate(code=code, name=name)
    enterprise = Organisation(
        code=wanted.uscc, name=wanted.name, kind=OrganisationKind.ENTERPRISE, verified_at=clock.now()
    )
    try:
        with transaction.atomic():
            enterprise.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRegistered from error
    enterprise.representative_digest = prove_representative(uscc=wanted.uscc, proof=proof)
    enterprise.save(update_fields=["representative_digest"])
    facts = {"terms": TERMS, "proof": "verification" if isinstance(proof, str) else "sign_in"}
    write(actor=actor, action="accounts.register", subject=f"enterprise:{wanted.uscc}", facts=facts)
    user = person if isinstance(person, User) else open_account(actor=actor, account=person)
    if isinstance(proof, VerifiedEntity):
        link(actor=actor, user=user, verified=proof)
    return grant(actor=actor, user=user, organisation=enterprise, role=Role.ENTERPRISE_ADMIN, representative=True)
