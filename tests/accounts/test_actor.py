"""From a request to the actor, and pages for one role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from jiahe.accounts.actor import actor_of
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import NotSignedIn
from jiahe.accounts.models import Membership, User
from jiahe.kit.actor import Actor
from tests.people import sign_in


def test_actor_carries_person_organisation_role_and_channel(officer: User) -> None:
    request = HttpRequest()
    request.user, request.session = officer, SessionStore()
    assert actor_of(request) == Actor(officer.pk, "officer", "authority", "data_officer", "portal")


def test_nobody_is_no_actor() -> None:
    request = HttpRequest()
    request.user = AnonymousUser()
    with pytest.raises(NotSignedIn):
        actor_of(request)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_OFFICER])
def test_page_of_another_role_is_refused_with_the_reason(client: Client, officer: User, role: Role) -> None:
    Membership.objects.filter(user=officer).update(role=role)
    sign_in(client, officer)
    response = client.get("/authority/gathering/")
    assert response.status_code == 403
    sentence = f"此页面供数据管理员使用，您当前的角色是{role.label}：如需使用请联系安全管理员。"
    assert sentence in response.content.decode()
