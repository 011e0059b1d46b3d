"""The marketplace as anybody sees it, and what it adds for an enterprise that is signed in."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.kit.actor import Actor
from jiahe.products.actions.popularity import rank
from jiahe.products.models import Product, Variant
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db

MARKET = "/marketplace/"
CREDIT = {"guarantees": ["credit"], "amount_to": Decimal(3_000_000), "rate_from": Decimal("3.65"), "term_to": 12}
MORTGAGE = {"guarantees": ["mortgage"], "amount_to": Decimal(10_000_000), "rate_from": Decimal("3.45"), "term_to": 36}


@pytest.fixture
def stock() -> None:
    on_shelf("P1", name="纳税贷", variant=CREDIT, regions=["330421"], promised_days=3, first_loan_friendly=True)
    on_shelf("P2", name="厂房贷", institution="bank-b", kind="mortgage", variant=MORTGAGE, regions=[], promised_days=1)
    on_shelf("P3", name="无言贷", institution="bank-b", kind="other")


def names(client: Client, query: str = "") -> list[str]:
    """What the list shows, in order."""
    text = client.get(MARKET + query).content.decode()
    return re.findall(r'<li class="offer">.*?<h3><a [^>]*>([^<]*)</a>', text, re.DOTALL)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode())))


def count_beside(client: Client, query: str, choice: str) -> int:
    text = client.get(MARKET + query).content.decode()
    found = re.search(rf'id="{choice}".*?choice__count">(\d+)<', text)
    assert found
    return int(found[1])


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["纳税贷", "厂房贷", "无言贷"]),
        ("?institution=bank-b", ["厂房贷", "无言贷"]),
        ("?amount=500", ["厂房贷"]),
        ("?rate=3.5", ["厂房贷"]),
        ("?term=24", ["厂房贷"]),
        ("?guarantee=credit&guarantee=mortgage", ["纳税贷", "厂房贷"]),
        ("?kind=other", ["无言贷"]),
        ("?region=330421", ["纳税贷", "厂房贷"]),
        ("?region=330402", ["厂房贷"]),
        ("?unsecured=1", ["纳税贷"]),
        ("?first_loan=1", ["纳税贷"]),
        ("?unsecured=1&unstated=1", ["纳税贷", "无言贷"]),
        ("?sort=rate", ["厂房贷", "纳税贷", "无言贷"]),
        ("?sort=speed", ["厂房贷", "纳税贷", "无言贷"]),
    ],
)
def test_filters_and_orders(client: Client, query: str, expected: list[str]) -> None:
    assert names(client, query) == expected


@pytest.mark.usefixtures("stock")
def test_counts_stand_beside_choices_with_the_other_facets_applied(client: Client) -> None:
    assert count_beside(client, "", "institution-bank-b") == 2
    assert count_beside(client, "?region=330421", "institution-bank-b") == 1
    assert count_beside(client, "?guarantee=credit", "guarantee-mortgage") == 1
    assert count_beside(client, "?guarantee=credit", "amount-500") == 0


@pytest.mark.usefixtures("stock")
def test_what_changes_on_the_shelf_shows_at_once(client: Client) -> None:
    assert names(client) == ["纳税贷", "厂房贷", "无言贷"]
    rank(actor=Actor.system("test"), applications={"P1": 1, "P2": 2, "P3": 3})
    assert names(client, "?sort=popularity") == ["无言贷", "厂房贷", "纳税贷"]
    rank(actor=Actor.system("test"), applications={"P1": 4, "P2": 2, "P3": 9})
    assert names(client, "?sort=popularity") == ["无言贷", "纳税贷", "厂房贷"]
    Product.objects.filter(number="P1").update(state="suspended")
    assert names(client, "?sort=popularity") == ["无言贷", "厂房贷"]
    assert client.get("/marketplace/products/P1/").status_code == 404


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("?rate=&amount=500&page=1", "?amount=500"),
        ("?sort=rate&region=330421&region=330402", "?region=330402&region=330421&sort=rate"),
        ("?sort=fit", ""),
        ("?utm=1&unsecured=1", "?unsecured=1"),
        ("?p=P2&amount=500", "?amount=500&p=P2"),
    ],
)
def test_an_address_has_one_order(client: Client, asked: str, written: str) -> None:
    answer = client.get(MARKET + asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, MARKET + written)
    assert client.get(MARKET + written).status_code == 200


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("?amount=abc", "“需要金额”没有“abc”这一项，已忽略。"),
        ("?region=110000", "“地区”没有“110000”这一项，已忽略。"),
        ("?sort=beauty", "“排序”没有“beauty”这一项，已忽略。"),
        ("?page=-1", "“页码”没有“-1”这一项，已忽略。"),
        ("?page=9", "没有第 9 页，已回到第 1 页。"),
        ("?amount=100&amount=500", "“需要金额”只能选一项，已取 500。"),
        ("?p=NONE", "编号“NONE”的产品不在架上，已忽略。"),
    ],
)
def test_a_wrong_value_is_said_and_left_out(client: Client, query: str, hint: str) -> None:
    assert hint in text_of(client, MARKET + query)


@pytest.mark.usefixtures("stock")
def test_nothing_found_says_what_to_relax(client: Client) -> None:
    text = text_of(client, MARKET + "?amount=1000&unsecured=1")
    assert "没有符合全部条件的产品" in text
    assert "去掉“需要金额：1,000 万元”：1 个" in text
    assert "去掉“只看信用贷款”：1 个" in text
    assert "另有 1 个产品未公布所选的某项条件" in text


@pytest.mark.usefixtures("stock")
def test_htmx_gets_the_parts_alone_and_the_address_in_our_order(client: Client) -> None:
    answer = client.get(MARKET + "?rate=&amount=500", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.headers["HX-Push-Url"] == MARKET + "?amount=500"
    assert 'id="found"' in text
    assert 'hx-swap-oob="true"' in text
    assert "<html" not in text
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(MARKET + "?amount=500", headers=back).content.decode()


def test_pages(client: Client) -> None:
    for number in range(21):
        on_shelf(f"P{number:02}", promised_days=number + 1)
    assert names(client, "?sort=speed&page=2") == ["产品P20"]
    first = client.get(MARKET + "?sort=speed").content.decode()
    assert 'href="/marketplace/?sort=speed&amp;page=2" rel="next"' in first


@pytest.mark.parametrize("many", [1, 30])
def test_queries_do_not_grow_with_products(client: Client, many: int) -> None:
    for number in range(many):
        on_shelf(f"P{number:02}")
    client.get(MARKET)
    counted = {}
    for path in (MARKET, "/marketplace/products/P00/", "/marketplace/compare/?p=P00", "/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counted[path] = len(queries)
    assert set(counted.values()) == {1}


@pytest.mark.usefixtures("stock")
def test_a_product_shows_its_version_and_the_way_to_apply(client: Client) -> None:
    text = text_of(client, "/marketplace/products/P1/")
    for part in ("纳税贷", "年化 3.65 % 起", "最高 300 万元", "最长 12 个月", "信用", "3 个工作日", "嘉善县", "未公布"):
        assert part in text
    page = client.get("/marketplace/products/P1/").content.decode()
    assert 'href="/enterprise/requests/new/?product=P1"' in page
    assert "您满足" not in text


def test_several_variants_stand_in_a_table(client: Client) -> None:
    version = on_shelf("P1", variant={"name": "信用", **CREDIT}).versions.get()
    Variant.objects.create(version=version, position=2, name="抵押", **MORTGAGE)
    page = client.get("/marketplace/products/P1/").content.decode()
    assert re.findall(r'<th scope="col">(\w+)</th>', page) == ["信用", "抵押"]
    amounts = re.search(r'<th scope="row">贷款额度</th><td>([^<]*)</td><td>([^<]*)</td>', page)
    assert amounts
    assert amounts.groups() == ("最高 300 万元", "最高 1,000 万元")


@pytest.mark.usefixtures("stock")
def test_comparison_takes_four_and_marks_what_differs(client: Client) -> None:
    page = client.get("/marketplace/compare/?p=P1&p=P2").content.decode()
    differing = re.findall(r'<tr class="compare__differs"><th scope="row">([^<]*)', page)
    assert "贷款额度" in differing
    assert "适用行业" not in differing
    for number in ("P4", "P5"):
        on_shelf(number)
    text = text_of(client, "/marketplace/compare/?p=P1&p=P2&p=P3&p=P4&p=P5&p=P9")
    assert "最多对比 4 个产品，已取前 4 个。" in text
    assert "编号“P9”的产品不在架上，已忽略。" in text
    assert "产品P4" in text
    assert "产品P5" not in text


def test_comparison_of_nothing_leads_to_the_list(client: Client) -> None:
    assert "还没有选产品" in text_of(client, "/marketplace/compare/")


@pytest.mark.usefixtures("stock")
def test_stars_stand_on_the_home_page(client: Client) -> None:
    assert "申请最多的产品" not in text_of(client, "/")
    rank(actor=Actor.system("test"), applications={"P2": 3, "P1": 5})
    text = text_of(client, "/")
    assert "申请最多的产品" in text
    assert text.index("纳税贷") < text.index("厂房贷")


def test_calculator_reckons_with_fees(client: Client) -> None:
    query = "?amount=10&annual=6&months=12&method=equal_instalments&fee=1000"
    text = text_of(client, "/marketplace/calculator/" + query)
    assert "8,606.64" in text
    assert "1,000.00" in text
    assert "请" not in text_of(client, "/marketplace/calculator/")


@pytest.mark.usefixtures("stock")
def test_calculator_begins_with_a_products_terms(client: Client) -> None:
    page = client.get("/marketplace/calculator/?product=P1").content.decode()
    assert 'name="annual" value="3.65"' in page
    assert "还款计划" in page
    assert client.get("/marketplace/calculator/?product=NONE").status_code == 404


@pytest.mark.parametrize("query", ["?amount=x", "?amount=0&annual=5&months=12&method=bullet", "?months=601"])
def test_calculator_says_what_is_wrong(client: Client, query: str) -> None:
    page = client.get("/marketplace/calculator/" + query).content.decode()
    assert "note--danger" in page
    assert "还款计划" not in page


def test_hotline_stands_on_every_page_where_there_is_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ("/", MARKET, "/sign-in/", "/help/", "/no-such-page/")
    assert [path for path in pages if "服务热线" in client.get(path).content.decode()] == []
    monkeypatch.setenv("JIAHE_HOTLINE", "0573-00000000")
    assert [path for path in pages if "服务热线 0573-00000000" not in client.get(path).content.decode()] == []
