"""Complaints: who may make one, who answers, and that the first answer counts."""

from __future__ import annotations

from typing import Any

import pytest

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit.models import AccessLog, Entry
from jiahe.consent.complaints.actions.answer import answer
from jiahe.consent.complaints.actions.complain import complain
from jiahe.consent.complaints.enums import ComplaintState
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.complaints.queries.complaints import visible_to
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.notify.models import Message
from tests import people
from tests.consent.scene import COMPANY, OTHER, manager, owner, settle

pytestmark = pytest.mark.django_db
TEXT = "没有向这家机构申请过贷款"


@pytest.fixture(autouse=True)
def scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, OTHER)


@pytest.fixture
def supervisor() -> Actor:
    return people.actor(people.person("super", Role.SUPERVISOR, authority("主管部门")))


def reading() -> str:
    row = AccessLog.by(
        manager(),
        at=clock.now(),
        serial=COMPANY.serial,
        uscc=COMPANY.uscc,
        purpose="pre_loan",
        categories=["0101"],
        withheld=[],
        records=1,
    )
    row.save()
    return row.uid


def test_a_complaint_is_due_in_thirty_days_and_told_to_supervisors_only(supervisor: Actor) -> None:
    officer = people.actor(people.data_officer())
    made = complain(actor=owner(), reading=reading(), text=f" {TEXT} ")
    assert (made.state, made.text, f"{made.due_on}") == ("open", TEXT, "2026-12-25")
    assert [m.user_id for m in Message.objects.filter(template="complaint.made")] == [supervisor.user_id]
    assert Entry.objects.filter(action="complaints.complain", subject=f"complaint:{made.number}").count() == 1
    assert officer.organisation == supervisor.organisation


def test_the_first_answer_counts_and_the_enterprise_is_told(supervisor: Actor) -> None:
    made = complain(actor=owner(), reading=reading(), text=TEXT)
    done = answer(actor=supervisor, number=made.number, state=ComplaintState.UPHELD, text="已责令整改")
    assert (done.state, done.answer, done.answered_by_id) == ("upheld", "已责令整改", supervisor.user_id)
    assert Message.objects.filter(template="complaint.answered", organisation=COMPANY.uscc).count() == 1
    with pytest.raises(JiaheError) as refused:
        answer(actor=supervisor, number=made.number, state=ComplaintState.DISMISSED, text="另一个答复")
    assert refused.value.code == "complaints.already_answered"
    assert Complaint.objects.get().answer == "已责令整改"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("other", "complaints.no_such_reading"),
        ("manager", "complaints.not_for_you"),
        ("system", "complaints.not_for_you"),
    ],
)
def test_nobody_else_complains_and_nothing_is_kept(who: str, code: str) -> None:
    actors = {"other": owner(OTHER), "manager": manager(), "system": Actor.system()}
    with pytest.raises(JiaheError) as refused:
        complain(actor=actors[who], reading=reading(), text=TEXT)
    assert (refused.value.code, Complaint.objects.count(), Message.objects.count()) == (code, 0, 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "TS0"}, "complaints.no_such_complaint"),
        ({"state": ComplaintState.OPEN}, "complaints.not_for_you"),
        ({"text": "短"}, "complaints.wrong_text"),
        ({"actor": None}, "complaints.not_for_you"),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(supervisor: Actor, changes: dict[str, Any], code: str) -> None:
    made = complain(actor=owner(), reading=reading(), text=TEXT)
    asked: dict[str, Any] = {
        "actor": supervisor,
        "number": made.number,
        "state": ComplaintState.UPHELD,
        "text": "已责令整改",
    }
    asked |= {k: v or owner() for k, v in changes.items()}
    with pytest.raises(JiaheError) as refused:
        answer(**asked)
    assert refused.value.code == code
    made.refresh_from_db()
    assert (made.state, made.answer) == ("open", "")


def test_a_reading_is_complained_about_once() -> None:
    uid = reading()
    complain(actor=owner(), reading=uid, text=TEXT)
    with pytest.raises(JiaheError) as refused:
        complain(actor=owner(), reading=uid, text=TEXT)
    assert (refused.value.code, Complaint.objects.count()) == ("complaints.already_complained", 1)


def test_an_enterprise_sees_its_own_and_a_supervisor_all(supervisor: Actor) -> None:
    complain(actor=owner(), reading=reading(), text=TEXT)
    seen = [visible_to(actor).count() for actor in (owner(), owner(OTHER), manager(), supervisor)]
    assert seen == [1, 0, 0, 1]
