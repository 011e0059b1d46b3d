"""To whom a request is open: the institutions whose consent waits for them to come in. There is no other list."""

from __future__ import annotations

from django.db.models import QuerySet

from jiahe.accounts.models import Organisation
from jiahe.consent.models import Consent
from jiahe.consent.terms import State
from jiahe.financing.models import FinancingRequest
from jiahe.financing.refs import REQUEST, request_ref


def open_to(request: FinancingRequest) -> QuerySet[Organisation]:
    """Those that may still come in, by name."""
    return Organisation.objects.filter(
        pk__in=_waiting().filter(subject_ref=request_ref(request)).values("grantee")
    ).order_by("name")


def pending_consent(request: FinancingRequest, institution: str) -> Consent | None:
    """The consent that waits for one institution; None where the request is not open to it."""
    waiting = _waiting().filter(subject_ref=request_ref(request), grantee__code=institution)
    return waiting.select_related("grantee").first()


def numbers_open_to(institution: str) -> list[str]:
    """The numbers of the requests that are open to an institution."""
    waiting = _waiting().filter(subject_ref__startswith=REQUEST, grantee__code=institution)
    return [ref.removeprefix(REQUEST) for ref in waiting.values_list("subject_ref", flat=True)]


def _waiting() -> QuerySet[Consent]:
    return Consent.objects.filter(state=State.PENDING)
