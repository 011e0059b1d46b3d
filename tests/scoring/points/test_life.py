from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit.journal import about
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from jiahe.scoring.points.actions.decide import commit, publish, send_back
from jiahe.scoring.points.actions.draft import begin, drop, save
from jiahe.scoring.points.defaults import default
from jiahe.scoring.points.errors import DraftOpen, NoSuchSystem, NotYours, SamePerson, StateChanged, WrongSystem
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.queries.versions import in_force, published
from jiahe.scoring.points.written import written
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Actor:
    return people.actor(people.person("first", Role.MODEL_OFFICER, authority("测试主管部门")))


@pytest.fixture
def second() -> Actor:
    return people.actor(people.person("second", Role.MODEL_OFFICER, authority("测试主管部门")))


def _states() -> list[tuple[int, str]]:
    return list(SystemVersion.objects.order_by("number").values_list("number", "state"))


def _longer() -> dict[str, Any]:
    body = written(default())
    body["dimensions"][0]["most"] -= 10
    return body


def test_the_default_system_has_a_thousand_points() -> None:
    assert default().most == 1000


def test_two_people_bring_a_system_into_force(first: Actor, second: Actor) -> None:
    people.bank("bank-a")
    begin(actor=first)
    save(actor=first, number=1, body=_longer(), note="初版")
    commit(actor=first, number=1)
    with pytest.raises(SamePerson):
        publish(actor=first, number=1)
    assert _states() == [(1, "committed")]
    assert in_force() is None
    made = publish(actor=second, number=1)
    assert made.system.most == 990
    assert in_force() == published() == made
    actions = [entry.action for entry in about("points_system:1")]
    assert actions == ["points.publish", "points.commit", "points.draft", "points.draft"]
    assert list(Message.objects.values_list("organisation", "template")) == [("bank-a", "points.published")]


def test_publishing_an_older_version_anew_brings_it_back(first: Actor, second: Actor) -> None:
    for number, body in ((1, written(default())), (2, _longer())):
        begin(actor=first)
        save(actor=first, number=number, body=body)
        commit(actor=first, number=number)
        publish(actor=second, number=number)
    assert _states() == [(1, "retired"), (2, "published")]
    back = begin(actor=first, number=1)
    commit(actor=second, number=back.number)
    publish(actor=first, number=back.number)
    assert _states() == [(1, "retired"), (2, "retired"), (3, "published")]
    found = published()
    assert found is not None
    assert found.system == default()
    assert found.origin_id == SystemVersion.objects.get(number=1).pk


def test_what_is_wrong_is_not_kept(first: Actor) -> None:
    before = deepcopy(begin(actor=first).body)
    with pytest.raises(WrongSystem):
        save(actor=first, number=1, body={"dimensions": []})
    assert SystemVersion.objects.get().body == before


def test_what_was_committed_is_not_changed(first: Actor) -> None:
    begin(actor=first)
    commit(actor=first, number=1)
    for act in (lambda: save(actor=first, number=1, body=_longer()), lambda: drop(actor=first, number=1)):
        with pytest.raises(StateChanged):
            act()
    assert SystemVersion.objects.get().system == default()
    send_back(actor=first, number=1)
    assert save(actor=first, number=1, body=_longer()).system.most == 990
    drop(actor=first, number=1)
    assert _states() == []


def test_there_is_one_draft_at_a_time(first: Actor, second: Actor) -> None:
    begin(actor=first)
    with pytest.raises(DraftOpen):
        begin(actor=second)
    assert _states() == [(1, "draft")]


def test_it_is_nobody_elses_business() -> None:
    head = people.actor(people.person("head", Role.HEAD_ADMIN, people.bank()))
    with pytest.raises(NotYours):
        begin(actor=head)
    assert _states() == []


def test_an_unknown_version_is_named(first: Actor) -> None:
    with pytest.raises(NoSuchSystem, match="第 7 版"):
        commit(actor=first, number=7)
