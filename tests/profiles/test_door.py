"""The one door: who may read for which purpose, what is masked, and that every read is logged with the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiahe import profiles
from jiahe.audit.models import AccessLog
from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor
from jiahe.profiles.errors import NoSuchEnterprise, NotAllowed

pytestmark = pytest.mark.django_db(databases="__all__")

USCC = "91330100799655058B"
OFFICER = Actor(None, "officer", "authority", "data_officer", "web")
TAXPAYER = (
    "统一社会信用代码,企业名称,法定代表人姓名,财务负责人姓名,财务负责人移动电话\n"
    f"{USCC},甲公司,张三丰,李四光,17000000001\n"
)


@pytest.fixture
def taxpayer(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "0201.csv"
    file.write_text(TAXPAYER, encoding="utf-8")
    gather(actor=Actor.system(), delivery=Delivery(load().categories["0201"], [file], source="02"))


@pytest.mark.usefixtures("taxpayer")
def test_a_data_officer_sees_duties_in_full_and_private_persons_masked() -> None:
    profile = profiles.read(actor=OFFICER, enterprise=USCC, categories=["0201"], purpose="data_quality")
    values = profile.records["0201"][0].values
    assert values["legal_representative"] == "张三丰"
    assert values["finance_head"] == "李**"
    assert values["finance_phone"] == "170******01"


@pytest.mark.usefixtures("taxpayer")
def test_a_read_is_logged_with_what_was_asked_and_shown() -> None:
    profiles.read(actor=OFFICER, enterprise=USCC, categories=["0201", "0202"], purpose="data_quality")
    row = AccessLog.objects.get()
    assert (row.login, row.organisation, row.role, row.channel) == ("officer", "authority", "data_officer", "web")
    assert (row.uscc, row.purpose, row.records) == (USCC, "data_quality", 1)
    assert (row.categories, row.withheld) == (["0201", "0202"], [])


@pytest.mark.usefixtures("taxpayer")
@pytest.mark.parametrize(
    ("role", "purpose"),
    [("supervisor", "data_quality"), ("data_officer", "underwriting"), ("system_admin", "data_quality"), ("", "")],
)
def test_nobody_else_and_no_other_purpose_is_let_in_and_nothing_is_logged(role: str, purpose: str) -> None:
    actor = Actor(None, "somebody", "authority", role, "web")
    with pytest.raises(NotAllowed):
        profiles.read(actor=actor, enterprise=USCC, categories=None, purpose=purpose)
    assert AccessLog.objects.count() == 0


@pytest.mark.usefixtures("taxpayer")
def test_an_unknown_enterprise_is_said_and_not_logged() -> None:
    with pytest.raises(NoSuchEnterprise) as refused:
        profiles.read(actor=OFFICER, enterprise="91440300192317458F", categories=None, purpose="data_quality")
    assert refused.value.sentence == "没有统一社会信用代码为“91440300192317458F”的企业：请核对后重试。"
    assert AccessLog.objects.count() == 0
