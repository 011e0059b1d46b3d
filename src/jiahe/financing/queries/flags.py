"""What makes a request look like a duplicate or a sham: marks for the authority to look at, never a refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.financing.enums import Reason
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.workflow import RequestState
from jiahe.kit import clock, parameters


@dataclass(frozen=True)
class Facts:
    """What is known beside a request, of the days that `applicant_days` names."""

    enterprises_of_phone: int = 1
    enterprises_of_person: int = 1
    requests_of_enterprise: int = 1
    not_reached: int = 0


@dataclass(frozen=True)
class Flag:
    """One mark; `sentence` is filled with the facts."""

    code: str
    sentence: str | Promise
    values: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.sentence).format(**self.values)


SAME_PHONE = _("同一联系电话用于 {count} 家企业的申请")
SAME_PERSON = _("同一人为 {count} 家企业提交了申请")
REPEATED = _("该企业近期提交了 {count} 次申请")
NOT_REACHED = _("{count} 家机构反映联系不上企业")


def flags(facts: Facts, *, enterprises: int, requests: int, not_reached: int) -> list[Flag]:
    """The marks of a request; the numbers are the most that raise none."""
    rules = (
        ("same_phone", SAME_PHONE, facts.enterprises_of_phone, 1),
        ("same_person", SAME_PERSON, facts.enterprises_of_person, enterprises),
        ("repeated", REPEATED, facts.requests_of_enterprise, requests),
        ("not_reached", NOT_REACHED, facts.not_reached, not_reached),
    )
    return [Flag(code, text, {"count": count}) for code, text, count, most in rules if count > most]


def flags_of(requests: Sequence[FinancingRequest]) -> dict[int, list[Flag]]:
    """The marks by the request's key, in four queries however many requests there are."""
    today = clock.today()
    since = clock.now() - timedelta(days=parameters.value("applicant_days", on=today))
    lately = FinancingRequest.objects.filter(submitted_at__gte=since).exclude(state=RequestState.DRAFT)
    by_phone = _enterprises(lately, "phone_digest", {r.phone_digest for r in requests if r.phone_digest})
    by_person = _enterprises(lately, "created_by", {r.created_by_id for r in requests})
    again = Counter(lately.filter(serial__in={r.serial for r in requests}).values_list("serial", flat=True))
    lost = Q(state__in=("returned", "refused"), reason=Reason.NOT_REACHED)
    unreached = Counter(Order.objects.filter(lost, request__in=requests).values_list("request_id", flat=True))
    numbers = {
        "enterprises": parameters.value("applicant_enterprises", on=today),
        "requests": parameters.value("requests_unflagged", on=today),
        "not_reached": parameters.value("not_reached_unflagged", on=today),
    }
    return {
        r.pk: flags(
            Facts(by_phone.get(r.phone_digest, 1), by_person.get(r.created_by_id, 1), again[r.serial], unreached[r.pk]),
            **numbers,
        )
        for r in requests
    }


def _enterprises(lately: QuerySet[FinancingRequest], field_name: str, values: set[object]) -> dict[object, int]:
    """Of how many enterprises there are requests with each value of a field."""
    found = lately.filter(**{f"{field_name}__in": values}).order_by().values_list(field_name)
    return dict(found.annotate(count=Count("serial", distinct=True)))
