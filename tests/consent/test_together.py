"""Thirty-two readers at once while the enterprise takes a consent back, replaces it, or its uses run out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import transaction

from jiahe.consent.actions.ask import ask
from jiahe.consent.actions.pause import pause
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.actions.use import admit
from jiahe.consent.models import Consent, ConsentUse
from jiahe.consent.terms import Refusal
from jiahe.kit.actor import Actor
from jiahe.kit.databases import held
from tests.consent.scene import COMPANY, bank, given, manager, monthly, owner, settle, terms
from tests.together import together

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

READERS = 32
Read = tuple[float, Refusal | None]  # when it began, and what it met


@pytest.fixture(autouse=True)
def scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY)


def look(actor: Actor, purpose: str = "pre_loan") -> Refusal | None:
    with transaction.atomic():
        return admit(actor=actor, enterprise=COMPANY, purpose=purpose, categories=["0201"]).ordinary.refusal


def read_until(done: Callable[[list[Read]], bool], actor: Actor) -> list[Read]:
    """Read again and again; stop with the test's patience where `done` never comes."""
    reads: list[Read] = []
    patience = time.monotonic() + 60
    while not done(reads) and time.monotonic() < patience:
        began = time.monotonic()
        reads.append((began, look(actor)))
    return reads


def shut(reads: list[Read]) -> bool:
    return sum(refusal is not None for _, refusal in reads) >= 3


@pytest.mark.parametrize(("act", "refusal"), [(revoke, Refusal.REVOKED), (pause, Refusal.PAUSED)])
def test_no_read_begun_after_the_consent_was_taken_back_succeeds(act: Callable[..., Consent], refusal: Refusal) -> None:
    number, giver, reader = given().number, owner(), manager()

    def take_back() -> list[Read]:
        time.sleep(0.3)
        act(actor=giver, number=number)
        return [(time.monotonic(), None)]

    [(taken_back, _)], *results = together(take_back, *[partial(read_until, shut, reader)] * READERS)  # type: ignore[misc]  # nobody raises
    reads = [read for result in results for read in result]  # type: ignore[union-attr]
    assert [r for began, r in reads if began > taken_back and r is not refusal] == []
    assert {r for _, r in reads} == {None, refusal}
    assert sum(began > taken_back for began, _ in reads) >= READERS
    assert ConsentUse.objects.count() == 1


def test_uses_are_counted_exactly_and_run_out_for_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monthly(2))
    actor = manager()
    met = []
    for day in ("25", "26", "27"):
        monkeypatch.setenv("JIAHE_NOW", f"2026-11-{day}T10:00")
        met.append(Counter(together(*[partial(look, actor, "post_loan")] * READERS)))
    assert met == [{None: READERS}, {None: READERS}, {Refusal.FREQUENCY: READERS}]
    assert list(ConsentUse.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_consent_without_an_order_is_used_once_by_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    given(terms(subject_ref=""))
    actor = manager()
    assert Counter(together(*[partial(look, actor)] * READERS)) == {None: READERS}
    monkeypatch.setenv("JIAHE_NOW", "2026-11-26T10:00")
    assert Counter(together(*[partial(look, actor)] * READERS)) == {Refusal.USED_UP: READERS}
    assert ConsentUse.objects.count() == 1


def test_while_consents_replace_each_other_every_read_finds_the_live_one() -> None:
    given()
    actor = manager()
    over: list[bool] = []

    def replace_often() -> list[Read]:
        for _ in range(5):
            time.sleep(0.1)
            given()
        over.append(True)
        return []

    results = together(replace_often, *[partial(read_until, lambda _: bool(over), actor)] * READERS)
    assert {refusal for result in results for _, refusal in result} == {None}  # type: ignore[union-attr]  # nobody raises
    assert Counter(Consent.objects.values_list("state", flat=True)) == {"replaced": 5, "active": 1}


def test_while_older_requests_are_answered_every_read_finds_the_live_one() -> None:
    actor = manager()
    over: list[bool] = []

    def answer_often() -> list[Read]:
        for _ in range(5):
            asked = ask(actor=actor, uscc=COMPANY.uscc, terms=terms())
            given()  # so that the live one has the higher key, and is changed first
            given(request=asked.number)
        over.append(True)
        return []

    given()
    results = together(answer_often, *[partial(read_until, lambda _: bool(over), actor)] * READERS)
    assert {refusal for result in results for _, refusal in result} == {None}  # type: ignore[union-attr]  # nobody raises
    assert Counter(Consent.objects.values_list("state", flat=True)) == {"replaced": 10, "active": 1}


def test_a_reader_and_a_giver_do_not_wait_for_each_other() -> None:
    """The reader holds the older row already, as it does in the middle of its query, and then wants the newer one."""
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())
    live = given()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(asked)
            giving = pool.submit(together, partial(given, request=asked.number))
            with pytest.raises(TimeoutError):
                giving.result(timeout=0.5)
            hold(live)
        [answered] = giving.result(timeout=30)
    assert isinstance(answered, Consent)
    assert (answered.state, answered.replaces_id) == ("active", live.pk)


def hold(consent: Consent) -> None:
    held("SELECT c.id FROM consent_consent c WHERE c.id = %s", "c", [consent.pk])


def test_of_gifts_at_once_the_last_stands() -> None:
    together(*[given] * 8)
    assert Counter(Consent.objects.values_list("state", flat=True)) == {"replaced": 7, "active": 1}


def test_a_revocation_waits_for_the_reads_that_run() -> None:
    number, giver, reader = given().number, owner(), manager()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            look(reader)
            revoking = pool.submit(together, partial(revoke, actor=giver, number=number))
            with pytest.raises(TimeoutError):
                revoking.result(timeout=0.5)
            assert Consent.objects.get().state == "active"
        [revoked] = revoking.result(timeout=30)
    assert isinstance(revoked, Consent)
    assert (revoked.state, look(reader)) == ("revoked", Refusal.REVOKED)


def test_other_banks_do_not_wait() -> None:
    bank("bank-b")
    given(to="bank-a")
    number, giver, reader = given(to="bank-b").number, owner(), manager()
    with transaction.atomic():
        admit(actor=reader, enterprise=COMPANY, purpose="pre_loan", categories=["0201"])
        [revoked] = together(partial(revoke, actor=giver, number=number))
    assert isinstance(revoked, Consent)
    assert revoked.state == "revoked"
