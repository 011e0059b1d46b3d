"""The headers that protect every answer, also a page that does not exist and a refusal."""

from __future__ import annotations

import pytest
from django.test import Client

EXPECTED = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "camera=()",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/authority/", "/no-such-page/"])
def test_every_answer_is_protected(client: Client, address: str) -> None:
    headers = client.get(address, secure=True).headers
    assert {name: wanted in headers.get(name, "") for name, wanted in EXPECTED.items()} == dict.fromkeys(EXPECTED, True)


@pytest.mark.django_db
def test_cookies_stay_with_the_site(client: Client) -> None:
    cookie = client.get("/sign-in/", secure=True).cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "officer", "password": "x"})
    assert answer.status_code == 403
