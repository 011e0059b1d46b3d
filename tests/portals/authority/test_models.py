"""The model team's pages: what they show, what their buttons do, and what a refusal says."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiahe.accounts.models import User
from jiahe.kit import clock
from jiahe.scoring.card import dumps
from jiahe.scoring.models import CardVersion, Monitoring, Trial
from jiahe.scoring.queries.cards import live
from jiahe.scoring.trial import Cell, summary
from tests.people import sign_in
from tests.scoring.cards import CARD
from tests.scoring.officers import ONE, TWO, card, committed, drafted, officers, published

pytestmark = pytest.mark.django_db
LIST = "/authority/models/"


def page(client: Client, login: str, address: str = LIST) -> str:
    sign_in(client, User.objects.get(login=login))
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, login: str, number: int, what: str, **more: str) -> tuple[int, str]:
    sign_in(client, User.objects.get(login=login))
    response = client.post(f"{LIST}{number}/act/", {"act": what, **more})
    return response.status_code, response.content.decode()


def test_two_people_bring_a_card_into_use_by_buttons(client: Client) -> None:
    officers()
    assert "还没有评分卡" in page(client, "first")
    file = SimpleUploadedFile("card.json", dumps(card()).encode())
    assert client.post(f"{LIST}import/", {"file": file, "note": "首张"}).headers["Location"] == f"{LIST}1/"
    assert act(client, "first", 1, "commit")[0] == 302
    assert "须由另一位模型管理员发布" in page(client, "first", f"{LIST}1/")
    status, text = act(client, "first", 1, "publish")
    assert (status, "由您提交，发布须由另一位" in text, live()) == (403, True, None)
    assert act(client, "second", 1, "publish")[0] == 302
    assert CardVersion.objects.get().state == "published"
    assert "使用中：第 1 版" in page(client, "supervisor")


def test_a_card_shows_its_characteristics_in_units_and_words(client: Client) -> None:
    published(officers())
    text = page(client, "supervisor", f"{LIST}1/")
    for shown in ("成立月数", "&lt; 6", "6 – 12", "≥ 12", "不详", "0 至 48 分", "基础分 480", "-2.505"):
        assert shown in text
    assert "下一步" not in text
    client.cookies["django_language"] = "en"
    assert "Age" in page(client, "supervisor", f"{LIST}1/")


def test_the_file_is_what_was_imported(client: Client) -> None:
    published(officers())
    sign_in(client, User.objects.get(login="supervisor"))
    assert client.get(f"{LIST}1/card.json").content.decode() == dumps(card())


def test_what_is_no_card_is_said_beside_the_form(client: Client) -> None:
    officers()
    sign_in(client, User.objects.get(login="first"))
    for content, said in ((b"{}", "缺少"), (b"\xff\xfe", "不是评分卡"), (b"{", "不是完整的 JSON")):
        response = client.post(f"{LIST}import/", {"file": SimpleUploadedFile("card.json", content)})
        assert (response.status_code >= 400, said in response.content.decode()) == (True, True)
    assert not CardVersion.objects.exists()


def test_a_draft_of_other_features_is_shown_and_can_be_deleted(client: Client) -> None:
    here = officers()
    drafted(here)
    sign_in(client, User.objects.get(login="first"))
    client.post(f"{LIST}import/", {"file": SimpleUploadedFile("card.json", dumps(CARD).encode())})
    assert "paid_months" in page(client, "first", f"{LIST}2/")
    assert act(client, "first", 2, "commit")[0] == 422
    assert act(client, "second", 2, "delete")[0] == 302
    assert CardVersion.objects.count() == 1


def test_rolling_back_asks_for_a_reason(client: Client) -> None:
    here = officers()
    published(here)
    published(here, 500)
    assert "停用本版，退回第 1 版" in page(client, "second", f"{LIST}2/")
    assert act(client, "second", 2, "roll_back")[0] == 422
    assert act(client, "second", 2, "roll_back", reason="漂移")[0] == 302
    assert "退回原因：漂移" in page(client, "second", f"{LIST}2/")
    assert CardVersion.objects.get(number=1).state == "published"


def test_an_unknown_card_and_step(client: Client) -> None:
    drafted(officers())
    sign_in(client, User.objects.get(login="first"))
    assert [client.get(f"{LIST}{path}").status_code for path in ("2/", "monitoring/?version=2")] == [404, 404]
    assert act(client, "first", 2, "commit")[0] == 404
    assert act(client, "first", 1, "nonsense")[0] == 200
    assert CardVersion.objects.get().state == "draft"


def test_a_trial_is_a_table_without_small_groups(client: Client) -> None:
    here = officers()
    beside = published(here)
    version = committed(here, 500)
    found = summary([Cell(1, 1, 4321, 9, 77), Cell(2, 1, 7, 5, 1)], least=10, known=True)
    Trial.objects.create(
        version=version,
        live=beside,
        as_of=date(2026, 11, 24),
        known=True,
        found=found,
        made_at=clock.now(),
        made_by=User.objects.get(login="first"),
    )
    text = page(client, "supervisor", f"{LIST}2/")
    for shown in (
        "与使用中的第 1 版相比，2026-11-24 的 4,328 家企业",
        "4,321",
        "违约 77",
        "·：企业过少，不显示。",
        "升档 · 家",
    ):
        assert shown in text


def test_the_months_of_a_card(client: Client) -> None:
    here = officers()
    assert "没有使用中的评分卡，无从监测" in page(client, "supervisor", f"{LIST}monitoring/")
    version = published(here)
    assert "每月 3 日监测" in page(client, "supervisor", f"{LIST}monitoring/")
    common = {"version": version, "as_of": date(2026, 11, 2), "enterprises": 1500, "made_at": clock.now()}
    first = {"psi": 0.0123, "drift": {ONE: 0.01, TWO: 0.12}, "attention": [TWO], "alarms": []}
    Monitoring.objects.create(month=date(2026, 10, 1), **common, **first)
    known = {"observed_on": date(2025, 9, 30), "known": 1400, "expected": 90.25, "observed": 120, "ks": 0.41}
    second = {"psi": 0.3, "drift": {ONE: 0.01, TWO: 0.12}, "attention": [], "alarms": ["score", "calibration"]}
    Monitoring.objects.create(month=date(2026, 11, 1), **common, **second, **known)
    text = page(client, "supervisor", f"{LIST}monitoring/")
    said = "2026-11 监测告警：分数分布、违约数偏离预期。"
    for shown in (said, 'data-value="0.300"', 'data-value="0.012"', 'data-value="90.3"', "2025-09-30 的 1,400 家企业"):
        assert shown in text
    assert said in page(client, "first")
