"""A request as the authority's list shows it: whose it is, what is asked, and its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jiahe.creditfile.models import Enterprise
from jiahe.financing.enums import LoanPurpose, Mode
from jiahe.financing.models import FinancingRequest
from jiahe.financing.queries.flags import Flag, flags_of


@dataclass(frozen=True)
class RequestLine:
    request: FinancingRequest
    enterprise: str
    generated: bool
    flags: list[Flag]

    @property
    def purpose(self) -> str:
        return str(LoanPurpose(self.request.purpose).label)

    @property
    def mode(self) -> str:
        return str(Mode(self.request.mode).label)


def request_lines(requests: Sequence[FinancingRequest] | QuerySet[FinancingRequest]) -> list[RequestLine]:
    read = list(requests)
    known = {e.serial: e for e in Enterprise.objects.filter(serial__in={r.serial for r in read})}
    marks = flags_of(read)
    return [RequestLine(r, known[r.serial].name or r.uscc, known[r.serial].generated, marks[r.pk]) for r in read]
