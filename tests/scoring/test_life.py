"""The life of a card: draft, committed, published by another person, retired, and back again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from jiahe.accounts.errors import LineEmpty
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.notify.models import Message
from jiahe.scoring import errors
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import delete_draft, import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.actions.roll_back import roll_back
from jiahe.scoring.card import dumps
from jiahe.scoring.models import CardVersion
from jiahe.scoring.queries.cards import card_of, live, version_of
from tests.conftest import Installation
from tests.scoring.cards import CARD
from tests.scoring.officers import card, committed, drafted, officers, published
from tests.together import together

pytestmark = pytest.mark.django_db


def states() -> list[tuple[int, str]]:
    return list(CardVersion.objects.order_by("number").values_list("number", "state"))


def journal() -> list[str]:
    return list(Entry.objects.filter(action__startswith="cards.").order_by("pk").values_list("action", flat=True))


def refused(kind: type[JiaheError], act: Callable[[], object]) -> JiaheError:
    """The refusal, which has changed nothing."""
    before = list(CardVersion.objects.order_by("pk").values()), journal(), Message.objects.count()
    with pytest.raises(kind) as found:
        act()
    assert (list(CardVersion.objects.order_by("pk").values()), journal(), Message.objects.count()) == before
    return found.value


def test_two_people_bring_a_card_into_use() -> None:
    here = officers()
    assert live() is None
    version = import_card(
        actor=here.first, text=dumps(card()), figures=json.dumps({"card": card().digest, "psi": 0.01}), note=" 首张 "
    )
    assert (version.number, version.state, version.note) == (1, "draft", "首张")
    assert version.figures == {"card": card().digest, "psi": 0.01}
    assert card_of(version_of(1)) == card()
    assert version_of(1).digest == card_of(version_of(1)).digest == card().digest
    commit_card(actor=here.first, number=1)
    publish_card(actor=here.second, number=1)
    now = live()
    assert now is not None
    assert (now.state, now.drafted_by, now.committed_by, now.published_by) == (
        "published",
        now.committed_by,
        now.committed_by,
        version_of(1).published_by,
    )
    assert (here.first.user_id, here.second.user_id) == (now.committed_by_id, now.published_by_id)
    assert journal() == ["cards.import", "cards.commit", "cards.publish"]
    told = Message.objects.order_by("pk").values_list("template", "user_id", "link")
    assert list(told) == [
        ("card.committed", here.second.user_id, "/authority/models/1/"),
        ("card.published", here.first.user_id, "/authority/models/1/"),
        ("card.published", here.supervisor.user_id, "/authority/models/1/"),
    ]


def test_whoever_committed_does_not_publish() -> None:
    here = officers()
    committed(here)
    refusal = refused(errors.SamePerson, lambda: publish_card(actor=here.first, number=1))
    assert (refusal.status, str(refusal)) == (
        403,
        "第 1 版评分卡由您提交，发布须由另一位模型管理员办理：请联系同事。",
    )


@pytest.mark.parametrize("who", ["supervisor", "system"])
def test_only_model_officers_take_steps(who: str) -> None:
    here = officers()
    published(here)
    drafted(here, 500)
    actor = here.supervisor if who == "supervisor" else Actor.system()
    acts: list[Callable[[], object]] = [
        lambda: import_card(actor=actor, text=dumps(card(501))),
        lambda: commit_card(actor=actor, number=2),
        lambda: publish_card(actor=actor, number=2),
        lambda: delete_draft(actor=actor, number=2),
        lambda: roll_back(actor=actor, number=1, reason="试"),
    ]
    for act in acts:
        assert refused(errors.NotAModelOfficer, act).status == 403


def test_each_step_is_taken_from_its_own_state_only() -> None:
    here = officers()
    drafted(here)
    refused(errors.CardMoved, lambda: publish_card(actor=here.second, number=1))
    commit_card(actor=here.first, number=1)
    assert refused(errors.CardMoved, lambda: commit_card(actor=here.second, number=1)).status == 409
    refused(errors.CardMoved, lambda: delete_draft(actor=here.first, number=1))
    publish_card(actor=here.second, number=1)
    again = refused(errors.CardMoved, lambda: publish_card(actor=here.second, number=1))
    assert str(again) == "第 1 版评分卡现为“使用中”，不能办理此事：请刷新后查看。"
    refused(errors.NoSuchCard, lambda: publish_card(actor=here.second, number=2))


def test_a_draft_can_be_deleted_and_imported_again() -> None:
    here = officers()
    drafted(here)
    refusal = refused(errors.SameCard, lambda: drafted(here))
    assert str(refusal) == "同一张评分卡已是第 1 版(草稿)，未重复导入。"
    delete_draft(actor=here.second, number=1)
    assert (states(), journal()) == ([], ["cards.import", "cards.delete"])
    drafted(here)


def test_what_is_no_card_is_not_taken() -> None:
    here = officers()
    refused(errors.WrongCard, lambda: import_card(actor=here.first, text="{}"))
    for figures in ("{", "[]", '{"card": "other"}'):
        text = dumps(card())
        refused(errors.WrongFigures, lambda t=text, f=figures: import_card(actor=here.first, text=t, figures=f))  # type: ignore[misc]


def test_a_card_of_other_features_stays_a_draft() -> None:
    here = officers()
    import_card(actor=here.first, text=dumps(CARD))
    refusal = refused(errors.ForeignCard, lambda: commit_card(actor=here.first, number=1))
    assert str(refusal) == "评分卡用到平台没有的特征 paid_months，只能留作草稿：请用平台的特征重新训练。"


def test_the_next_card_takes_its_place_and_rolling_back_restores_it() -> None:
    here = officers()
    published(here)
    published(here, 500)
    assert states() == [(1, "retired"), (2, "published")]
    refused(errors.SamePerson, lambda: roll_back(actor=here.first, number=2, reason="漂移"))
    refused(LineEmpty, lambda: roll_back(actor=here.second, number=2, reason=" "))
    refused(errors.CardMoved, lambda: roll_back(actor=here.second, number=1, reason="漂移"))
    again = roll_back(actor=here.second, number=2, reason="漂移")
    assert (states(), again.number, again.reason, again.retired_at) == (
        [(1, "published"), (2, "retired")],
        1,
        "漂移",
        None,
    )
    assert version_of(2).reason == "漂移"
    assert Entry.objects.get(action="cards.roll_back").facts == {"digest": again.digest, "left": 2, "reason": "漂移"}
    refused(errors.CardMoved, lambda: roll_back(actor=here.second, number=2, reason="再按一次"))
    assert refused(errors.NothingBefore, lambda: roll_back(actor=here.second, number=1, reason="再退")).status == 409
    published(here, 500)
    assert states() == [(1, "retired"), (2, "retired"), (3, "published")]


def test_the_table_holds_what_the_actions_promise() -> None:
    here = officers()
    committed(here)
    published(here, 500)
    first = CardVersion.objects.filter(number=1)
    wrong: list[dict[str, object]] = [
        {"state": "published"},
        {"state": "published", "published_at": version_of(2).published_at, "published_by": here.second.user_id},
        {"state": "draft"},
        {"state": "elsewhere"},
        {"committed_by": None},
        {"retired_at": version_of(2).published_at},
    ]
    for changes in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            first.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        CardVersion.objects.filter(number=2).update(committed_by=here.second.user_id)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_use", [False, True])
def test_of_two_who_publish_at_once_one_is_first(in_use: bool) -> None:
    here = officers()
    if in_use:
        published(here, 470)
    numbers = [committed(here, base).number for base in (480, 490)]
    works: list[Callable[[], object]] = [
        lambda n=number: publish_card(actor=here.second, number=n)  # type: ignore[misc]
        for number in (*numbers, numbers[0])
    ]
    answers = together(*works)
    late = [one for one in answers if isinstance(one, errors.CardMoved)]
    # Where the second card comes after the first was published whole, it rightly takes its place.
    assert len(late) in (1, 2)
    assert [state for _, state in states()].count("published") == 1
    assert journal().count("cards.publish") == 3 - len(late) + in_use


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_import_the_same_card_one_is_first() -> None:
    here = officers()
    answers = together(*[lambda: drafted(here) for _ in range(3)], *[lambda: drafted(here, 500)])
    assert sum(isinstance(one, errors.SameCard) for one in answers) == 2
    assert [number for number, _ in states()] == [1, 2]


def test_on_the_command_line(installation: Installation, tmp_path: Path) -> None:
    installation.python(ENROL)
    file = tmp_path / "card.json"
    file.write_text(dumps(card()), encoding="utf-8")
    assert installation.run("score", "cards").stdout.startswith("还没有评分卡")
    first = installation.run("score", "publish", file, "--as", "first", "--note", "首张")
    assert first.stdout == "第 1 版评分卡已提交，请另一位模型管理员以同一命令发布。\n"
    same = installation.run("score", "publish", file, "--as", "first", code=2)
    assert "第 1 版评分卡由您提交" in same.stderr
    done = json.loads(installation.run("score", "publish", file, "--as", "second", "--json").stdout)
    assert (done["state"], done["committed"]["by"], done["published"]["by"]) == ("published", "first", "second")
    installation.run("score", "roll-back", "1", "--as", "second", "--reason", "试", code=2)
    listed = json.loads(installation.run("score", "cards", "--json").stdout)
    assert listed == [done]
    assert installation.run("score", "cards").stdout == f"第 1 版  使用中  2 项特征  {card().digest}\n"


ENROL = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from jiahe.accounts.actions.enrol import authority, enrol
from jiahe.kit.actor import Actor
for login in ("first", "second"):
    enrol(actor=Actor.system(), login=login, name=login, role="model_officer", password=None, organisation=authority("主管"))
"""
