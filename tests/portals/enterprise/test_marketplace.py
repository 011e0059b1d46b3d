"""What the marketplace adds for an enterprise that is signed in: from its own data, through the door."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jiahe.audit.models import AccessLog
from jiahe.creditfile.models import Enterprise
from tests.consent.scene import COMPANY
from tests.products.shelf import on_shelf
from tests.profiles.files import hold

pytestmark = pytest.mark.django_db(databases="__all__")

ADMISSION = {
    "and": [
        {"fact": "age_months", "op": ">=", "value": 24},
        {"fact": "region", "op": "in", "value": ["330402"]},
        {"declared": "无当前逾期"},
    ]
}


@pytest.fixture(autouse=True)
def company(scene: None) -> None:
    hold("0101", COMPANY.serial, {})
    Enterprise.objects.filter(uscc=COMPANY.uscc).update(area="330421", industry="17", established_on="2020-05-01")


def names(text: str) -> list[str]:
    return re.findall(r'<li class="offer">.*?<h3><a [^>]*>([^<]*)</a>', text, re.DOTALL)


def test_fit_looks_at_the_public_registration_alone(boss: Client, client: Client) -> None:
    on_shelf("P1", name="别处", regions=["330402"], industries=["F"], summary="一", target="二", promised_days=1)
    on_shelf("P2", name="本县", regions=["330421"], industries=["17"])
    page = boss.get("/marketplace/").content.decode()
    assert names(page) == ["本县", "别处"]
    assert "参考了贵企业公开登记的所在地和行业" in page
    read = AccessLog.objects.get()
    assert (read.uscc, read.purpose, list(read.categories)) == (COMPANY.uscc, "own", ["0101"])
    boss.get("/marketplace/?sort=rate")
    assert AccessLog.objects.count() == 1
    assert names(Client().get("/marketplace/").content.decode()) == ["别处", "本县"]


def test_each_condition_is_met_not_met_or_to_be_verified(boss: Client) -> None:
    on_shelf("P1", admission=ADMISSION)
    page = boss.get("/marketplace/products/P1/").content.decode()
    assert "您满足 1/3 条" in page
    states = re.findall(r'class="state [^"]*">([^<]*)<', page)
    assert states == ["满足", "不满足", "待银行核实"]
    assert "您满足" not in Client().get("/marketplace/products/P1/").content.decode()


def test_a_product_without_published_conditions_has_no_standing(boss: Client) -> None:
    on_shelf("P1")
    assert "您满足" not in boss.get("/marketplace/products/P1/").content.decode()
    assert not AccessLog.objects.exists()
