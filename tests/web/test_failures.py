"""Pages that say why there is no page."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from jiahe.urls import urlpatterns as real_patterns
from tests.people import data_officer, sign_in


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret value")


urlpatterns = [*real_patterns, path("broken/", broken)]


def test_unknown_address(client: Client, db: None) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


@override_settings(ROOT_URLCONF="tests.web.test_failures")
def test_fault_is_said_without_its_details(client: Client, db: None) -> None:
    sign_in(client, data_officer())
    client.raise_request_exception = False
    response = client.get("/broken/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "系统出错，操作未完成" in text
    assert "secret" not in text


def test_form_without_its_token(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "officer", "password": "x"})
    assert response.status_code == 403
    assert "为保护账户，本次操作没有执行：请刷新页面后重试。" in response.content.decode()


@pytest.mark.parametrize("address", ["/sign-in/", "/no-such-page/"])
def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: Client, db: None, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy
