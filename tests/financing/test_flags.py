"""Requests that look like duplicates or shams are marked; nothing else happens to them."""

from __future__ import annotations

import pytest

from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions.decide import refuse
from jiahe.financing.models import FinancingRequest
from jiahe.financing.queries.flags import Facts, flags, flags_of
from tests.consent.scene import OTHER
from tests.financing.scene import draft, grabbed, manager, settle, submitted

NUMBERS = {"enterprises": 3, "requests": 3, "not_reached": 1}


@pytest.mark.parametrize(
    ("facts", "marks"),
    [
        (Facts(), []),
        (Facts(enterprises_of_phone=2), [("same_phone", "同一联系电话用于 2 家企业的申请")]),
        (Facts(enterprises_of_person=3), []),
        (Facts(enterprises_of_person=4), [("same_person", "同一人为 4 家企业提交了申请")]),
        (
            Facts(requests_of_enterprise=4, not_reached=2),
            [("repeated", "该企业近期提交了 4 次申请"), ("not_reached", "2 家机构反映联系不上企业")],
        ),
    ],
)
def test_marks(facts: Facts, marks: list[tuple[str, str]]) -> None:
    assert [(flag.code, flag.text) for flag in flags(facts, **NUMBERS)] == marks


@pytest.mark.django_db
def test_the_facts_of_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()
    request = submitted()
    for code in ("bank-a", "bank-b"):
        order = grabbed(request, code)
        refuse(actor=manager(code), number=order.number, reason="not_reached", text="多次拨打无人接听")
    Enterprise.objects.create(serial=OTHER.serial, uscc=OTHER.uscc, name="乙公司")
    other = draft()
    assert other.phone_digest == request.phone_digest != ""
    FinancingRequest.objects.filter(pk=other.pk).update(
        serial=OTHER.serial,
        uscc=OTHER.uscc,
        state="open",
        submitted_at=request.submitted_at,
        window_until=request.window_until,
    )
    found = flags_of(list(FinancingRequest.objects.order_by("pk")))
    assert {pk: [flag.code for flag in marks] for pk, marks in found.items()} == {
        request.pk: ["same_phone", "not_reached"],
        other.pk: ["same_phone"],
    }
