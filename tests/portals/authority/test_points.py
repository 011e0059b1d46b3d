"""The authority edits the indicator system in a plain form, simulates it, and two people bring it into force."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jiahe.accounts.models import User
from jiahe.scoring.points.defaults import default
from jiahe.scoring.points.models import SystemVersion
from tests.financing.precredit.scene import FEATURES, city, forget, know_all
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/authority/points/"
FIELD = re.compile(r'<input[^>]*? name="(d[\w.]+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    city()


@pytest.fixture
def officer(client: Client) -> Client:
    sign_in(client, User.objects.get(login="officer-1"))
    return client


def _filled(officer: Client) -> dict[str, str]:
    return dict(FIELD.findall(officer.get(f"{PAGE}2/edit/").content.decode()))


def _begun(officer: Client) -> dict[str, str]:
    assert officer.post(f"{PAGE}new/").headers["Location"] == f"{PAGE}2/edit/"
    return _filled(officer)


def test_what_the_form_shows_is_what_is_kept(officer: Client) -> None:
    assert officer.post(f"{PAGE}2/edit/", _begun(officer)).status_code == 302
    assert SystemVersion.objects.get(number=2).system == default()


def test_bands_and_indicators_are_changed_added_and_taken_away(officer: Client) -> None:
    form = _begun(officer)
    form |= {"d0.i0.b1.least": "24", "d0.i1.b1.least": "150.5", "note": "放宽"}
    form |= {"d0.i1.b4.least": "3000", "d0.i1.b4.points": "75"}  # a new band of the sales
    form |= {"d5.i2.feature": ""}  # no intellectual property any more
    form |= {"d6.zh": "司法", "d6.en": "Courts", "d6.most": "20", "d6.i0.feature": "近36个月被诉次数"}
    form |= {"d6.i0.b0.points": "20", "d6.i0.b1.least": "1", "d6.i0.b1.points": "0"}
    form["d5.most"] = "75"
    assert officer.post(f"{PAGE}2/edit/", form).status_code == 302
    kept = SystemVersion.objects.get(number=2)
    age, sales = kept.system.dimensions[0].indicators[:2]
    assert [band.least for band in age.bands] == [None, 24, 36, 60]
    assert [band.least for band in sales.bands] == [None, 150_500_000, 500_000_000, 2_000_000_000, 3_000_000_000]
    assert "rights_count_ever" not in kept.system.features
    assert kept.system.dimensions[-1].indicators[0].feature == "sued_count_36m"
    assert (kept.system.most, kept.note) == (995, "放宽")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"d0.i0.b1.least": "半年"}, "指标“成立月数”从第二档起都应填写下限"),
        ({"d0.i0.b1.least": "40"}, "指标“成立月数”第 3 档的下限应大于上一档。"),
        ({"d0.i0.b1.points": "x"}, "指标“成立月数”各档的分值应为 0 至 240 的整数。"),
        ({"d0.i0.feature": "星座"}, "维度“经营稳定”中的指标“星座”不存在"),
        ({"d0.most": "900"}, "达不到满分 900 分。"),
        ({"valid_until": "明天"}, "有需要改正的地方"),
    ],
)
def test_what_is_wrong_is_said_stays_typed_and_is_not_kept(officer: Client, changes: dict[str, str], said: str) -> None:
    form = _begun(officer) | changes
    answer = officer.post(f"{PAGE}2/edit/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert all(f'value="{value}"' in text for value in changes.values())
    assert SystemVersion.objects.get(number=2).system == default()


def test_two_people_publish_it(officer: Client) -> None:
    _begun(officer)
    officer.post(f"{PAGE}2/commit/")
    text = officer.get(f"{PAGE}2/").content.decode()
    assert "由您提交，须由另一人发布。" in text
    assert f"{PAGE}2/publish/" not in text
    officer.post(f"{PAGE}2/publish/")
    assert SystemVersion.objects.get(number=2).state == "committed"
    sign_in(officer, User.objects.get(login="officer-2"))
    officer.post(f"{PAGE}2/publish/")
    assert SystemVersion.objects.get(state="published").number == 2
    assert officer.post(f"{PAGE}new/", {"from": "1"}).headers["Location"] == f"{PAGE}3/edit/"


def test_a_draft_is_dropped(officer: Client) -> None:
    _begun(officer)
    officer.post(f"{PAGE}2/drop/")
    assert SystemVersion.objects.get().number == 1


def test_a_simulation_tells_how_many_and_how_much_and_nothing_of_a_few(officer: Client) -> None:
    changes: list[dict[str, Any]] = [{}] * 20 + [{"tax_grade": 4}] * 12 + [{"age": 1, "sales_12m": None}] * 3
    know_all({n: FEATURES | one for n, one in enumerate(changes)})
    form = _begun(officer) | {"d1.i0.b2.points": "90", "act": "simulate"}  # a grade of B is worth as much as one of A
    page = officer.post(f"{PAGE}2/edit/", form).headers["Location"]
    text = officer.get(page).content.decode()
    figures = re.findall(r'<div class="figure">.*?<dd>(.*?)</dd>', text, re.DOTALL)
    assert [re.sub(r"<.*?>|\s", "", one) for one in figures] == ["40", "10", "20", "0"]
    assert "少于 10" in text
    assert re.findall(r'合计"><span title="([^"]+)"', text) == ["10,000,000 元", "10,000,000 元"]
    assert "测试bank-a" in text


def test_a_simulation_without_data_says_so(officer: Client) -> None:
    forget()
    _begun(officer)
    assert "还没有可以计算的数据" in officer.get(f"{PAGE}2/simulation/").content.decode()
