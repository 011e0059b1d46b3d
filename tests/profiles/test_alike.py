"""An unknown enterprise and one that gave no consent are answered alike: same words, same queries, same log."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe import profiles
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.revoke import revoke
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from tests.consent.scene import COMPANY, OTHER, TRADER, bank, given, manager, owner, settle, terms
from tests.profiles.files import OPEN, ORDINARY, SEPARATE, WRITTEN, hold

pytestmark = pytest.mark.django_db(databases="__all__")

UNKNOWN = "91110108551385082Q"


@pytest.fixture(autouse=True)
def _scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, TRADER, OTHER)
    bank("bank-b")
    for code in (OPEN, ORDINARY, SEPARATE, WRITTEN):
        hold(code, COMPANY.serial, {})
    given(terms(categories=(ORDINARY, SEPARATE)))
    given(terms(categories=(WRITTEN,), written=True))


def answer(actor: Actor, uscc: str, purpose: str, *categories: str) -> tuple[str, int, str, list[str]]:
    """Code, status and sentence of the refusal, without the code that was asked for, and the queries it took."""
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        pytest.raises(JiaheError) as refused,
    ):
        profiles.read(actor=actor, enterprise=uscc, categories=categories, purpose=purpose)
    said = refused.value
    return said.code, said.status, said.sentence.replace(uscc, "…"), [_shape(q["sql"]) for q in queries]


def _shape(sql: str) -> str:
    """A query without its values and the numbers of savepoints."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|_x\d+|s\d+_x\d+", "?", sql)


@pytest.mark.parametrize(
    "categories", [(ORDINARY,), (ORDINARY, SEPARATE, WRITTEN), (WRITTEN,), ("no such category",), ()]
)
def test_a_bank_cannot_tell_an_enterprise_without_its_consent_from_none(categories: tuple[str, ...]) -> None:
    other = manager("bank-b")
    unknown, forbidden = (answer(other, code, "pre_loan", *categories) for code in (UNKNOWN, COMPANY.uscc))
    assert unknown == forbidden
    assert (unknown[0], unknown[1], len(unknown[3]) > 3) == ("profiles.nothing_open", 404, True)
    first, second = AccessLog.objects.order_by("pk")
    assert (first.categories, first.withheld, first.records) == (second.categories, second.withheld, second.records)


def test_nor_one_that_opened_itself_to_another_bank_or_took_that_back() -> None:
    seen = [answer(manager("bank-b"), TRADER.uscc, "pre_loan", ORDINARY)]
    number = given(terms(categories=(ORDINARY,)), by=TRADER).number
    seen.append(answer(manager("bank-b"), TRADER.uscc, "pre_loan", ORDINARY))
    revoke(actor=owner(TRADER), number=number)
    seen.append(answer(manager("bank-b"), TRADER.uscc, "pre_loan", ORDINARY))
    assert seen[0] == seen[1] == seen[2]


def test_an_enterprise_cannot_tell_another_enterprise_from_none() -> None:
    assert answer(owner(TRADER), UNKNOWN, "own", OPEN) == answer(owner(TRADER), COMPANY.uscc, "own", OPEN)
    assert AccessLog.objects.count() == 0


def test_a_batch_tells_a_bank_no_more_than_reading_one_by_one() -> None:
    batch = profiles.read_many(
        actor=manager("bank-b"), enterprises=[COMPANY.uscc, UNKNOWN], categories=[ORDINARY, WRITTEN], purpose="pre_loan"
    )
    seen = {code: [r for r in batch.withheld.to_pylist() if r["uscc"] == code] for code in (COMPANY.uscc, UNKNOWN)}
    assert [r | {"uscc": UNKNOWN} for r in seen[COMPANY.uscc]] == seen[UNKNOWN]


def test_whose_consent_it_is_stands_in_the_readers_own_answer_only() -> None:
    hers, his = (manager(code) for code in ("bank-a", "bank-b"))
    profile = profiles.read(actor=his, enterprise=COMPANY.uscc, categories=None, purpose="pre_loan")
    assert (profile.consents, {w.reason for w in profile.withheld}) == ((), {"none", "not_written"})
    assert len(profiles.read(actor=hers, enterprise=COMPANY.uscc, categories=None, purpose="pre_loan").consents) == 2
    assert len(answer(replace(hers, organisation="bank-b"), COMPANY.uscc, "post_loan", ORDINARY)[3]) > 3
