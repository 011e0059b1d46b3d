"""A city in which credit points are lent on: a system in force, two banks of which one takes part, an enterprise with data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.catalogue import load
from jiahe.consent.actions.offer import drafts, offer_words
from jiahe.consent.draft import separate_ones
from jiahe.financing.actions.submit import submit
from jiahe.financing.actions.work import accept
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.precredit.actions.apply import begin_by_points
from jiahe.financing.precredit.actions.rule import draft, publish
from jiahe.financing.precredit.category import POINTS as POINTS_CATEGORY
from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.stated import Stated
from jiahe.kit import clock
from jiahe.kit.home import lake_root
from jiahe.products.models import Product
from jiahe.scoring.models import Reach, Run, RunState
from jiahe.scoring.points.actions.decide import commit
from jiahe.scoring.points.actions.decide import publish as publish_system
from jiahe.scoring.points.actions.draft import begin, save
from jiahe.scoring.points.defaults import default
from jiahe.scoring.points.measures import BASES
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.written import written
from tests import people
from tests.consent.scene import COMPANY, owner
from tests.financing.scene import by, consent_terms, manager, settle
from tests.products.shelf import on_shelf

STATED = Stated(
    base="sales_12m",
    steps=((300, 500), (500, 1_000)),
    least=50_000,
    most=1_000_000,
    valid_days=60,
    rate=Decimal("4.2"),
    repayment="interest_first",
    most_months=12,
    products=("P1",),
)
# 60 + 45 for its age and sales, 30 each for no gap and no handover, 90 for its tax grade, 20 for its people ... : see `POINTS`.
FEATURES = {
    "age": 72,
    "sales_12m": 600_000_000,  # 600 万元
    "sales_gaps_12m": 0,
    "handovers_count_12m": 0,
    "tax_grade": 5,
    "filed_late_12m": 0,
    "dishonest_standing": 0,
    "enforced_standing": 0,
}
POINTS = 60 + 45 + 30 + 30 + 90 + 40 + 40 + 35
LIMIT = 300_000  # 5 % of 600 万元
ASKED: dict[str, Any] = {
    "amount": Decimal(200_000),
    "term_months": 12,
    "purpose": "working_capital",
    "own_application": True,
    "contact": "财务",
    "phone": "13800138000",
}


def publish_a_system(body: Any = None) -> SystemVersion:
    """By two people of the authority."""
    one, other = (_officer(login) for login in ("officer-1", "officer-2"))
    number = begin(actor=one).number
    save(actor=one, number=number, body=body or written(default()))
    commit(actor=one, number=number)
    return publish_system(actor=other, number=number)


def _officer(login: str) -> Any:
    if not User.objects.filter(login=login).exists():
        people.person(login, Role.MODEL_OFFICER, authority("测试主管部门"))
    return by(login)


def take_part(code: str = "bank-a", **changes: Any) -> LimitRule:
    head = by(f"head-{code}")
    return publish(actor=head, number=draft(actor=head, stated=replace(STATED, **changes)).number)


def know(as_of: date = date(2026, 11, 1), **changes: Any) -> None:
    """The last run knew these features of the enterprise, and of nobody else."""
    know_all({COMPANY.serial: FEATURES | changes}, as_of)


def know_all(features: dict[int, dict[str, Any]], as_of: date = date(2026, 11, 1)) -> None:
    codes = sorted({*default().features, *BASES})
    columns = {code: pa.array([one.get(code) for one in features.values()], pa.int64()) for code in codes}
    table = pa.table({"_serial": pa.array(list(features), pa.int64()), **columns})
    run = Run.objects.create(reach=Reach.EVERYBODY, state=RunState.DONE, as_of=as_of, started_at=clock.now())
    place = lake_root() / "_features" / f"{run.pk}.parquet"
    place.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, place)
    Run.objects.filter(pk=run.pk).update(files=[str(place.relative_to(lake_root()))])


def forget() -> None:
    """As if no run had been made."""
    Run.objects.all().delete()


def city() -> Product:
    """Everything in place; the product that `STATED` names."""
    settle(banks=("bank-a", "bank-b"))
    product = on_shelf("P1", variant={"guarantees": ["credit"]})
    publish_a_system()
    take_part()
    know()
    return product


def drafted(rule: int = 1, **changes: Any) -> FinancingRequest:
    facts = ASKED | changes
    return begin_by_points(actor=owner(), institution="bank-a", rule=rule, product="P1", **facts)


def sent(request: FinancingRequest, *, with_points: bool = True) -> FinancingRequest:
    """The draft, sent out by its owner under a consent that names the points, or does not."""
    terms = consent_terms(request)
    if with_points:
        terms = replace(terms, categories=(*terms.categories, POINTS_CATEGORY))
    shown = offer_words(drafts(uscc=COMPANY.uscc, grantees=["bank-a"], terms=terms), "zh-hans")
    ticked = list(separate_ones([code for code in terms.categories if code in load().consentable]))
    return submit(
        actor=owner(),
        number=request.number,
        institutions=["bank-a"],
        terms=terms,
        agreed=shown.digest,
        separately=ticked,
        language="zh-hans",
    )


def applied(**changes: Any) -> Order:
    """The order that waits at the bank."""
    return sent(drafted(**changes)).orders.get()


def accepted(**changes: Any) -> Order:
    return accept(actor=manager(), number=applied(**changes).number)
