"""The bank's pages of its own products."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.forms import BaseFormSet
from django.test import Client

from jiahe.accounts.models import User
from jiahe.portals.bank.products.forms import Filled
from jiahe.products.actions.draft import draft
from jiahe.products.admissions import sentences
from jiahe.products.models import Product
from jiahe.products.stored import terms_of
from jiahe.products.terms import Terms
from tests.people import sign_in
from tests.products.nine import NINE
from tests.products.scene import FULL, LEAST, Scene, published
from tests.products.scene import scene as people_of

PAGE = "/bank/products/"


@pytest.fixture
def here(scene: None) -> Scene:
    return people_of()


@pytest.fixture
def head(client: Client, here: Scene) -> Client:
    sign_in(client, User.objects.get(login="head-a"))
    return client


def typed(terms: Terms | None = None, **more: str) -> dict[str, Any]:
    """What a browser sends when the form is left as it is shown."""
    filled = Filled(terms=terms)
    sent: dict[str, Any] = {}
    for form in [filled.product, *filled.variants, *filled.fees]:
        for bound in form:
            if (value := bound.value()) not in (None, False, ""):
                sent[bound.html_name] = "on" if value is True else value
    for formset in (filled.variants, filled.fees):
        sent |= _management(formset)
    return sent | more


def _management(formset: BaseFormSet[Any]) -> dict[str, Any]:
    return {bound.html_name: bound.value() for bound in formset.management_form}


@pytest.mark.parametrize(
    "terms",
    [
        LEAST,
        FULL,
        replace(FULL, industries=(), sizes=(), regions=("330402", "330421103")),
        *(Terms(name=f"产品{n}", **stated) for n, (stated, _said, _admission) in enumerate(NINE)),
    ],
)
def test_a_form_that_is_left_alone_changes_nothing(head: Client, here: Scene, terms: Terms) -> None:
    """Conditions may change places, which means nothing."""
    number = draft(actor=here.head, terms=terms).product.number
    answer = head.post(f"{PAGE}{number}/edit/", typed(terms))
    assert answer.status_code == 302
    kept = terms_of(Product.objects.get().versions.get())
    assert replace(kept, admission=None) == replace(terms, admission=None)
    assert sorted(sentences(kept.admission) or ()) == sorted(sentences(terms.admission) or ())


def test_a_product_is_written_handed_in_and_waits(head: Client) -> None:
    written = typed(
        None,
        name="税信贷",
        kind="unsecured",
        **{"variants-0-guarantees": "credit", "variants-0-amount_to": "300", "variants-0-rate_to": "4.35"},
        age="24",
        declared="在本行开立结算账户",
    )
    assert head.post(f"{PAGE}new/", written).status_code == 302
    product = Product.objects.get()
    page = head.get(f"{PAGE}{product.number}/").content.decode()
    assert "最高 300 万元" in page
    assert "年化不高于 4.35 %" in page
    assert "成立满 24 个月<br>在本行开立结算账户" in page
    assert "未公布" in page
    head.post(f"{PAGE}{product.number}/submit/", {"version": "1"})
    assert product.versions.get().state == "submitted"
    assert "待审核" in head.get(PAGE).content.decode()


def test_of_two_who_edit_one_draft_the_second_is_told_and_loses_nothing(
    head: Client, here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    number = draft(actor=here.head, terms=LEAST).product.number
    path, version = f"{PAGE}{number}/edit/", Product.objects.get().versions
    seen = version.get().mark
    assert f'name="seen" value="{seen}"' in head.get(path).content.decode()
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:05")
    assert head.post(path, typed(replace(LEAST, name="先保存的"), seen=seen)).status_code == 302
    late = head.post(path, typed(replace(LEAST, name="后保存的"), seen=seen))
    page, now = late.content.decode(), version.get().mark
    assert (late.status_code, version.get().name) == (409, "先保存的")
    assert "已于 11-25 10:05 修改了这份草稿，您填写的内容仍在本页、尚未保存" in page
    assert ('value="后保存的"' in page, f'name="seen" value="{now}"' in page, now != seen) == (True, True, True)
    assert head.post(path, typed(replace(LEAST, name="后保存的"), seen=now)).status_code == 302
    assert version.get().name == "后保存的"


def test_what_is_wrong_stands_beside_its_field(head: Client) -> None:
    wrong = typed(
        None,
        name="税信贷",
        kind="unsecured",
        **{"variants-0-amount_from": "300", "variants-0-amount_to": "5", "variants-0-rate_to": "四"},
        rules="[",
    )
    answer = head.post(f"{PAGE}new/", wrong)
    assert answer.status_code == 422
    assert "请填写数字。" in answer.content.decode()
    assert "不是有效的 JSON" in answer.content.decode()
    wrong |= {"variants-0-rate_to": "4", "rules": '[{"fact": "age"}]'}
    page = head.post(f"{PAGE}new/", wrong).content.decode()
    assert 'id="id_variants-0-amount_to_error" role="alert">上限小于下限' in page
    assert "规则的“" in page
    assert not Product.objects.exists()


def test_a_variant_and_a_fee_are_added_and_removed(head: Client, here: Scene) -> None:
    number = draft(actor=here.head, terms=FULL).product.number
    sent = typed(FULL) | {
        "variants-0-DELETE": "on",
        "variants-2-name": "抵押",
        "variants-2-guarantees": ["mortgage"],
        "fees-1-DELETE": "on",
    }
    assert head.post(f"{PAGE}{number}/edit/", sent).status_code == 302
    kept = terms_of(Product.objects.get().versions.get())
    assert [one.name for one in kept.variants] == ["线下", "抵押"]
    assert [one.name for one in kept.fees] == ["评估费", "公证费"]


def test_versions_with_what_they_changed(head: Client, here: Scene) -> None:
    product = published(here)
    draft(actor=here.head, terms=replace(FULL, promised_days=2), number=product.number)
    for page in (f"{PAGE}{product.number}/", f"{PAGE}{product.number}/2/"):
        shown = head.get(page).content.decode()
        assert "<del>3 个工作日</del>" in shown
        assert "<ins>2 个工作日</ins>" in shown
    assert head.get(f"{PAGE}{product.number}/9/").status_code == 404


def test_the_shelf(head: Client, here: Scene) -> None:
    product = published(here)
    for act, state in (("nothing", "on"), ("suspend", "suspended"), ("resume", "on"), ("withdraw", "withdrawn")):
        head.post(f"{PAGE}{product.number}/shelf/", {"act": act})
        product.refresh_from_db()
        assert product.state == state
    late = head.post(f"{PAGE}{product.number}/shelf/", {"act": "resume"}, follow=True).content.decode()
    assert "现为“已下架”" in late


def test_others_see_and_do_nothing(client: Client, here: Scene) -> None:
    product = published(here)
    sign_in(client, User.objects.get(login="head-b"))
    assert product.number not in client.get(PAGE).content.decode()
    for path in ("", "1/", "edit/"):
        assert client.get(f"{PAGE}{product.number}/{path}").status_code == 404
    for path in ("edit/", "submit/", "shelf/"):
        assert client.post(f"{PAGE}{product.number}/{path}", typed(LEAST) | {"act": "suspend"}).status_code == 404
    sign_in(client, User.objects.get(login="manager-a"))
    page = client.get(f"{PAGE}{product.number}/").content.decode()
    assert "园区科创贷" in page
    assert "下架后不能恢复" not in page
    product.refresh_from_db()
    assert product.state == "on"
