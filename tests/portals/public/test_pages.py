"""What is there for everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.enums import ROLES, OrganisationKind
from tests.people import organisation, person, sign_in

pytestmark = pytest.mark.django_db


def test_home_says_what_it_is_and_leads_in(client: Client) -> None:
    text = client.get("/").content.decode()
    assert "让企业的信用，看得清、用得上" in text
    assert 'href="/sign-in/"' in text


def test_whoever_is_signed_in_goes_to_their_own_portal(client: Client) -> None:
    sign_in(
        client, person("clerk", ROLES[OrganisationKind.DEPARTMENT][0], organisation("02", OrganisationKind.DEPARTMENT))
    )
    assert client.get("/", follow=True).redirect_chain == [("/start/", 302), ("/department/", 302)]


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_help_answers_each_kind_of_reader_in_their_own_portal(client: Client, kind: OrganisationKind) -> None:
    sign_in(client, person("somebody", ROLES[kind][0], organisation(f"{kind}-1", kind)))
    page = client.get("/help/")
    assert page.status_code == 200
    assert f"public/help/{kind}.html" in [t.name for t in page.templates]
    assert "public/shell.html" not in [t.name for t in page.templates]


def test_help_names_the_hotline_where_there_is_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "服务热线" not in client.get("/help/").content.decode()
    monkeypatch.setenv("JIAHE_HOTLINE", "0573-12345678")
    assert "服务热线 0573-12345678" in client.get("/help/").content.decode()
