"""The supervisor's pages of products."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from jiahe.accounts.models import User
from jiahe.products.actions.draft import draft
from jiahe.products.actions.submit import submit
from tests.people import sign_in
from tests.products.scene import FULL, LEAST, Scene, published, scene

pytestmark = pytest.mark.django_db
PAGE = "/authority/products/"


@pytest.fixture
def here(client: Client) -> Scene:
    made = scene()
    sign_in(client, User.objects.get(login="supervisor"))
    return made


def test_a_change_is_compared_and_approved(client: Client, here: Scene) -> None:
    product = published(here)
    number = draft(actor=here.head, terms=replace(FULL, promised_days=2), number=product.number).product.number
    assert client.get(f"{PAGE}{number}/2/").status_code == 404  # a draft is the institution's own
    submit(actor=here.head, number=number, version=2)
    assert f"{PAGE}{number}/2/" in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}{number}/2/").content.decode()
    assert "<del>3 个工作日</del>" in page
    assert client.post(f"{PAGE}{number}/2/", {"act": "approve"}).status_code == 302
    assert product.versions.get(number=2).state == "approved"
    assert "没有待审核的产品" in client.get(PAGE).content.decode()
    assert f"{PAGE}{number}/2/" in client.get(f"{PAGE}?list=all").content.decode()


def test_a_rejection_needs_a_reason(client: Client, here: Scene) -> None:
    number = draft(actor=here.head, terms=LEAST).product.number
    version = submit(actor=here.head, number=number, version=1)
    assert client.post(f"{PAGE}{number}/1/", {"act": "reject", "reason": " "}).status_code == 422
    assert client.post(f"{PAGE}{number}/1/", {}).status_code == 200
    version.refresh_from_db()
    assert version.state == "submitted"
    assert client.post(f"{PAGE}{number}/1/", {"act": "reject", "reason": "请公布利率"}).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.reason) == ("rejected", "请公布利率")
    late = client.post(f"{PAGE}{number}/1/", {"act": "approve"})
    assert (late.status_code, "现为“未通过”" in late.content.decode()) == (409, True)


def test_what_is_not_there(client: Client, here: Scene) -> None:
    assert client.get(f"{PAGE}CP1/1/").status_code == 404
    assert client.post(f"{PAGE}CP1/1/", {"act": "approve"}).status_code == 404
