"""Asking, giving, offering and ending: what each changes, whom it tells, and what it refuses without changing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import ROLES, OrganisationKind, OrganisationState, Role
from jiahe.accounts.models import Organisation
from jiahe.audit.models import Entry
from jiahe.consent.actions.ask import ask, renew
from jiahe.consent.actions.end import end_subject, void
from jiahe.consent.actions.expire import expire, tell_ending
from jiahe.consent.actions.give import give
from jiahe.consent.actions.offer import drafts, offer
from jiahe.consent.actions.pause import pause, resume
from jiahe.consent.actions.refuse import refuse
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.draft import draft
from jiahe.consent.models import Consent, ConsentUse
from jiahe.consent.queries.consents import visible_to, with_uses
from jiahe.consent.queries.feedback import feedback_consent
from jiahe.consent.terms import Terms
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.notify.models import Message
from tests import people
from tests.consent.scene import (
    COMPANY,
    OTHER,
    TODAY,
    TRADER,
    bank,
    claimed,
    given,
    manager,
    monthly,
    offered,
    owner,
    settle,
    terms,
)

pytestmark = pytest.mark.django_db

Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: str) -> None:
        monkeypatch.setenv("JIAHE_NOW", moment)

    set_clock("2026-11-25T10:00")
    settle(COMPANY, TRADER, OTHER)
    bank("bank-b")
    return set_clock


def refused(act: Callable[[], object]) -> tuple[str, int]:
    """Code and status of the refusal; asserts that nothing changed and nobody was told."""
    before = _everything()
    with pytest.raises(JiaheError) as error:
        act()
    assert _everything() == before
    assert "{" not in error.value.sentence
    return error.value.code, error.value.status


def _everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Consent, ConsentUse, Message, Entry)]


def told() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("organisation", "template"))


def states() -> list[str]:
    return list(Consent.objects.order_by("pk").values_list("state", flat=True))


def test_a_request_is_answered_with_a_consent() -> None:
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms(), note="办理经营贷")
    consent = given(request=asked.number)
    assert (consent.pk, consent.state, consent.note) == (asked.pk, "active", "办理经营贷")
    assert (consent.given_by_id, consent.text_version) == (owner().user_id, "1.zh-hans")
    assert told() == [
        (COMPANY.uscc, "consent.requested"),
        (COMPANY.uscc, "consent.given"),
        ("bank-a", "consent.granted"),
    ]
    journal = [(e.action, e.login) for e in Entry.objects.filter(action__startswith="consent.").order_by("pk")]
    assert journal == [("consent.ask", "manager-bank-a"), ("consent.give", "owner-1")]


def test_an_answer_may_narrow_the_request_and_replaces_what_runs() -> None:
    old = given()
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())
    consent = given(terms(categories=("0201",)), request=asked.number)
    assert (consent.categories, consent.replaces_id) == (["0201"], old.pk)
    assert states() == ["replaced", "active"]


def test_an_answer_is_to_what_was_asked() -> None:
    number = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms()).number
    assert refused(lambda: given(terms(subject_ref=""), request=number)) == ("consent.no_such_consent", 404)
    assert refused(lambda: given(monthly(), request=number)) == ("consent.no_such_consent", 404)
    assert refused(lambda: given(to="bank-b", request=number)) == ("consent.no_such_consent", 404)


def test_words_are_those_of_a_language_there_is() -> None:
    made = draft(uscc=COMPANY.uscc, grantee="bank-a", terms=terms())
    chinese, english = made.words("zh-hans"), made.words("en")
    assert [made.words(no_such).version for no_such in ("", "xx", "../../etc", "x" * 10_000_000)] == ["1.zh-hans"] * 4
    assert (english.version, len(english.sentences)) == ("1.en", len(chinese.sentences))
    assert english.sentences[2] == "Separate consent: Tax filing and sales."
    assert chinese.sentences[2] == "单独授权：纳税申报与销售收入。"


def test_a_refused_institution_waits_and_only_that_one(at: Clock) -> None:
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())

    def again(wanted: Terms | None = None) -> Consent:
        return ask(actor=manager(), uscc=COMPANY.uscc, terms=wanted or terms())

    assert refused(again) == ("consent.already_asked", 409)
    refuse(actor=owner(), number=asked.number, reason="暂不需要")
    assert refused(again) == ("consent.asked_too_soon", 409)
    ask(actor=manager("bank-b"), uscc=COMPANY.uscc, terms=terms())
    ask(actor=manager(), uscc=COMPANY.uscc, terms=monthly())
    at("2026-12-25T09:59")
    assert refused(lambda: again(later())) == ("consent.asked_too_soon", 409)
    at("2026-12-25T10:00")
    assert again(later()).state == "requested"


def later() -> Terms:
    start = TODAY + timedelta(days=30)
    return terms(valid_from=start, valid_until=start + timedelta(days=30))


FEEDBACK = {"purpose": "feedback", "direction": "to_platform", "categories": ("balance",), "lookback_months": 0}
WRONG = [
    ({"valid_until": TODAY + timedelta(days=31)}, "consent.beyond_ceiling"),
    ({"lookback_months": 15}, "consent.beyond_ceiling"),
    ({"per_month": 1}, "consent.beyond_ceiling"),
    ({"kind": "periodic", "per_month": 1}, "consent.beyond_ceiling"),
    ({"direction": "to_platform"}, "consent.beyond_ceiling"),
    ({"valid_from": TODAY - timedelta(days=20), "valid_until": TODAY}, "consent.beyond_ceiling"),
    ({"purpose": "rating"}, "consent.no_such_grantee"),
    ({"purpose": "no_such"}, "consent.no_such_grantee"),
    ({"categories": ()}, "consent.wrong_categories"),
    ({"categories": ("9999",)}, "consent.wrong_categories"),
    ({"categories": ("0101",)}, "consent.wrong_categories"),
    ({"categories": ("0605",)}, "consent.wrong_categories"),
    ({"categories": ("0201", "0201")}, "consent.wrong_categories"),
    ({"categories": ("0202",), "written": True}, "consent.wrong_categories"),
    ({"categories": ("X" * 10_000_000,)}, "consent.wrong_categories"),
    (FEEDBACK | {"categories": ("0201",)}, "consent.wrong_categories"),
    (FEEDBACK | {"written": True}, "consent.wrong_categories"),
    (FEEDBACK | {"lookback_months": 1}, "consent.beyond_ceiling"),
    ({"subject_ref": "order:\n1"}, "accounts.sign_refused"),
    ({"subject_ref": "x" * 10_000_000}, "accounts.line_too_long"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG)
def test_wrong_terms_are_refused_to_whoever_proposes_them(changes: dict[str, Any], code: str) -> None:
    wrong = terms(**changes)
    assert refused(lambda: ask(actor=manager(), uscc=COMPANY.uscc, terms=wrong))[0] == code
    assert (
        refused(lambda: give(actor=owner(), grantee="bank-a", terms=wrong, agreed="", separately=["0202"]))[0] == code
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("字" * 201, "accounts.line_too_long"),
        ("字" * 3_500_000, "accounts.line_too_long"),
        *[(f"一{sign}二", "accounts.sign_refused") for sign in "\x00\n\u202e\ud800"],
    ],
)
def test_free_texts_are_short_and_plain(text: str, code: str) -> None:
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms()).number
    number = given(monthly()).number
    for act in (
        lambda: ask(actor=manager("bank-b"), uscc=COMPANY.uscc, terms=terms(), note=text),
        lambda: refuse(actor=owner(), number=asked, reason=text),
        lambda: revoke(actor=owner(), number=number, reason=text),
    ):
        assert refused(act) == (code, 422)


def test_a2_is_ticked_one_by_one_and_the_very_words_are_agreed_to() -> None:
    shown = draft(uscc=COMPANY.uscc, grantee="bank-a", terms=terms()).words("zh-hans").digest
    offered: dict[str, Any] = {"actor": owner(), "grantee": "bank-a", "language": "zh-hans"}
    assert refused(lambda: give(**offered, terms=terms(), agreed=shown))[0] == "consent.not_ticked"
    wider = terms(valid_until=TODAY + timedelta(days=29))
    assert refused(lambda: give(**offered, terms=wider, agreed=shown, separately=["0202"]))[0] == "consent.text_changed"
    assert give(**offered, terms=terms(), agreed=shown, separately=["0202"]).text_digest == shown


def test_a_frozen_enterprise_agrees_to_nothing() -> None:
    Organisation.objects.filter(code=COMPANY.uscc).update(state=OrganisationState.FROZEN)
    assert refused(given) == ("consent.enterprise_frozen", 409)


def member() -> Actor:
    return people.actor(people.person("clerk", Role.ENTERPRISE_MEMBER, people.enterprise(COMPANY.uscc)))


def admin() -> Actor:
    """An administrator of the enterprise who is not its representative."""
    return replace(owner(), representative=False)


def test_only_those_concerned_act_and_to_others_there_is_nothing() -> None:
    number = given().number
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=monthly()).number
    clerk = member()
    for act in (pause, resume, revoke):
        assert refused(lambda: act(actor=clerk, number=number)) == ("consent.not_yours", 403)  # noqa: B023 - called at once
        assert refused(lambda: act(actor=manager(), number=number)) == ("consent.not_yours", 403)  # noqa: B023
        for outsider in (owner(OTHER), manager("bank-b")):
            assert refused(lambda: act(actor=outsider, number=number)) == ("consent.no_such_consent", 404)  # noqa: B023
            assert refused(lambda: act(actor=outsider, number="SQ0")) == ("consent.no_such_consent", 404)  # noqa: B023
    assert refused(lambda: refuse(actor=manager(), number=asked)) == ("consent.not_yours", 403)
    assert refused(lambda: refuse(actor=owner(OTHER), number=asked)) == ("consent.no_such_consent", 404)
    assert refused(lambda: ask(actor=owner(), uscc=OTHER.uscc, terms=terms())) == ("consent.not_yours", 403)
    assert refused(lambda: give(actor=manager(), grantee="bank-a", terms=terms(), agreed="")) == (
        "consent.not_yours",
        403,
    )
    assert refused(lambda: given(monthly(), by=OTHER, request=asked)) == ("consent.no_such_consent", 404)
    assert revoke(actor=admin(), number=number).state == "revoked"


def test_who_sees_which_consents() -> None:
    mine, theirs = given(), given(to="bank-b")
    ConsentUse.objects.create(consent=mine, number=1, started_at=TODAY)

    def seen(actor: Actor) -> dict[str, int]:
        return {c.number: c.used for c in with_uses(visible_to(actor))}  # type: ignore[attr-defined]  # annotated

    assert seen(owner()) == {mine.number: 1, theirs.number: 0}
    assert (seen(manager()), seen(manager("bank-b"))) == ({mine.number: 1}, {theirs.number: 0})
    assert (seen(owner(OTHER)), len(seen(Actor.system()))) == ({}, 2)


def test_of_the_authority_only_supervisors_see_what_it_was_given() -> None:
    authority("测试主管部门")
    consent = given(terms(purpose="supervision"), to="authority")
    sees = {
        role: list(visible_to(Actor(None, "somebody", "authority", role, "portal")))
        for role in ROLES[OrganisationKind.AUTHORITY]
    }
    assert sees == {role: [consent] if role == Role.SUPERVISOR else [] for role in sees}


def test_a_step_too_late_is_told_the_state() -> None:
    number = given().number
    assert refused(lambda: resume(actor=owner(), number=number)) == ("consent.state_changed", 409)
    revoke(actor=owner(), number=number)
    for act in (pause, resume, revoke):
        assert refused(lambda: act(actor=owner(), number=number)) == ("consent.state_changed", 409)  # noqa: B023
    assert refused(lambda: given(request=number)) == ("consent.state_changed", 409)


def test_the_written_consent_is_the_person_s_own() -> None:
    wanted = terms(categories=("0202", "0901"), written=True)
    shown = draft(uscc=TRADER.uscc, grantee="bank-a", terms=wanted).words("zh-hans")
    by_admin = replace(owner(TRADER), representative=False)
    asked = ask(actor=manager(), uscc=TRADER.uscc, terms=wanted).number
    act = partial(give, actor=by_admin, grantee="bank-a", terms=wanted, agreed=shown.digest)
    assert refused(act) == ("consent.not_yours", 403)
    assert refused(lambda: refuse(actor=by_admin, number=asked)) == ("consent.not_yours", 403)
    ordinary = given(terms(categories=("0201",)), by=TRADER)
    written = given(wanted, by=TRADER, request=asked)
    assert (ordinary.state, written.state, written.written) == ("active", "active", True)
    assert revoke(actor=by_admin, number=written.number).state == "revoked"


def test_an_offer_comes_into_force_for_who_claims_and_is_void_for_the_rest() -> None:
    bank("bank-c")
    running = given()
    offered("bank-a", "bank-b")
    assert all(
        "测试bank-a、测试bank-b" in text
        for text in Consent.objects.filter(state="pending").values_list("text", flat=True)
    )
    first = claimed(manager(), "order:7")
    assert (first.state, first.subject_ref, first.replaces_id) == ("active", "order:7", running.pk)
    assert (COMPANY.uscc, "consent.claimed") in told()
    assert refused(lambda: claimed(manager(), "order:8"))[1] == 404
    assert refused(lambda: claimed(manager("bank-c"), "order:8"))[1] == 404
    assert void(actor=Actor.system(), request_ref="request:1") == 1
    assert states() == ["replaced", "active", "void"]
    assert refused(lambda: claimed(manager("bank-b"), "order:9"))[1] == 404


def test_an_offer_never_holds_what_must_be_written_nor_repeats_itself() -> None:
    wanted = terms(categories=("0605",), written=True)
    act = partial(offer, actor=owner(), grantees=["bank-a"], terms=wanted, agreed="")
    assert refused(act) == ("consent.wrong_categories", 422)
    assert (
        refused(lambda: drafts(uscc=COMPANY.uscc, grantees=["bank-a"], terms=wanted))[0] == "consent.wrong_categories"
    )
    assert refused(offered)[0] == "consent.no_such_grantee"
    offered("bank-a")
    assert refused(lambda: offered("bank-b", "bank-a"))[0] == "consent.given_meanwhile"


def test_what_a_closed_order_leaves_ends_with_it() -> None:
    given()
    pause(actor=owner(), number=given(to="bank-b").number)
    ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())
    other = given(monthly(subject_ref="loan:1"))
    assert end_subject(actor=manager(), subject_ref="order:1") == 3
    assert states() == ["used_up", "used_up", "void", "active"]
    assert end_subject(actor=manager(), subject_ref="order:1") == 0
    other.refresh_from_db()
    assert other.ended_at is None


def test_time_ends_what_is_open_once(at: Clock) -> None:
    given()
    ask(actor=manager("bank-b"), uscc=COMPANY.uscc, terms=terms())
    assert expire(actor=Actor.system()) == 0
    at("2026-12-25T00:00")
    assert expire(actor=Actor.system()) == 2
    assert states() == ["expired", "void"]
    assert told()[-4:-2] == [(COMPANY.uscc, "consent.expired"), ("bank-a", "consent.expired")]
    assert expire(actor=Actor.system()) == 0


def test_three_days_before_its_end_the_enterprise_is_asked_to_renew_for_an_order_that_goes_on(at: Clock) -> None:
    consent, monthly_one = given(), given(monthly(valid_until=TODAY + timedelta(days=30)))
    at("2026-12-21T23:59")
    assert tell_ending(actor=Actor.system()) == 0
    at("2026-12-22T00:00")
    assert (tell_ending(actor=Actor.system()), tell_ending(actor=Actor.system())) == (2, 0)
    request = Consent.objects.get(state="requested")
    assert (request.grantee_id, request.subject_ref, request.purpose) == (consent.grantee_id, "order:1", "pre_loan")
    assert request.valid_until == TODAY + timedelta(days=57)
    assert told()[-3:] == [
        (COMPANY.uscc, "consent.ending"),
        (COMPANY.uscc, "consent.requested"),
        (COMPANY.uscc, "consent.ending"),
    ]
    renewed = given(request.terms(), request=request.number)
    assert (renewed.replaces_id, states()) == (consent.pk, ["replaced", "active", "active"])
    assert monthly_one.purpose == "post_loan"


def test_the_institution_may_ask_to_renew_and_the_enterprise_not() -> None:
    number = given().number
    assert refused(lambda: renew(actor=owner(), number=number)) == ("consent.not_yours", 403)
    assert renew(actor=manager(), number=number).state == "requested"


def test_what_a_bank_tells_needs_a_consent_of_its_own() -> None:

    def find(what: str, by: str = "bank-a") -> Consent | None:
        return feedback_consent(organisation=by, serial=COMPANY.serial, what=what)

    given()
    assert find("disbursement") is None
    consent = given(
        terms(purpose="feedback", direction="to_platform", categories=("disbursement", "balance"), lookback_months=0)
    )
    assert (find("disbursement"), find("repayment"), find("disbursement", "bank-b")) == (consent, None, None)
    revoke(actor=owner(), number=consent.number)
    assert find("disbursement") is None
