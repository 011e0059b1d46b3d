"""The security administrator opens organisations and keeps the authority's staff; nobody else finds the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.actor import memberships
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Invitation, Membership, Organisation, User
from jiahe.notify.models import Outgoing
from tests.people import enterprise, organisation, person, sign_in
from tests.registry import USCC

pytestmark = pytest.mark.django_db
FIRST = {"first_name": "首位甲", "phone": "17000000021"}
AGENCY = {"code": "PJ01", "name": "评级公司", "filing_number": "备案1", "filed_until": "2099-12-31", **FIRST}


@pytest.fixture
def security(client: Client) -> User:
    user = person("security", Role.SECURITY_ADMIN, authority("测试主管部门"))
    sign_in(client, user)
    return user


@pytest.mark.usefixtures("security")
@pytest.mark.parametrize(
    ("kind", "data", "code", "role"),
    [
        ("institution", {"code": "B1", "name": "一银行", **FIRST}, "B1", "head_admin"),
        ("department", {"code": "05", **FIRST}, "05", "department_clerk"),
        ("agency", AGENCY, "PJ01", "rater"),
    ],
)
def test_an_organisation_is_opened_with_its_first_person(
    client: Client, kind: str, data: dict[str, str], code: str, role: str
) -> None:
    answer = client.post(f"/authority/organisations/new/{kind}/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"/authority/organisations/{code}/")
    opened = Organisation.objects.get(code=code)
    invitation = Invitation.objects.get()
    assert (opened.kind, invitation.organisation, invitation.role) == (kind, opened, role)
    assert "首位甲" in client.get(f"/authority/organisations/{code}/").content.decode()


@pytest.mark.usefixtures("security")
@pytest.mark.parametrize(
    ("kind", "data", "status", "sentence"),
    [
        (
            "institution",
            {"code": "authority", "name": "一银行", **FIRST},
            409,
            "单位代码“authority”已被使用：请换一个。",
        ),
        ("institution", {"code": "B1", "name": "一\x07银行", **FIRST}, 422, "单位名称的第 2 个字符是不可见的控制字符"),
        ("institution", {"code": "B1", "name": "一银行", **FIRST, "phone": "1"}, 422, "手机号应为 11 位数字"),
        ("department", {"code": "99", **FIRST}, 422, "所选的不在列表中：请重新选择。"),
        ("agency", AGENCY | {"filed_until": "2020-01-01"}, 422, "评级机构须有在有效期内的备案"),
        ("agency", AGENCY | {"filing_number": ""}, 422, "请填写备案号。"),
        ("enterprise", FIRST, 404, "404"),
    ],
)
def test_a_wrong_organisation_is_refused_whole(
    client: Client, kind: str, data: dict[str, str], status: int, sentence: str
) -> None:
    answer = client.post(f"/authority/organisations/new/{kind}/", data)
    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)
    assert Organisation.objects.count() == 1
    assert (Invitation.objects.count(), Outgoing.objects.count()) == (0, 0)


@pytest.mark.usefixtures("security")
def test_enterprises_keep_themselves(client: Client) -> None:
    person("boss", Role.ENTERPRISE_ADMIN, enterprise(USCC))
    number = Membership.objects.get(user__login="boss").pk
    assert {client.get(f"/authority/organisations/{code}/").status_code for code in (USCC, "none")} == {404}
    assert client.post(f"/authority/organisations/{USCC}/{number}/act/", {"do": "suspend"}).status_code == 404
    assert Membership.objects.get(pk=number).state == "active"


def test_the_authoritys_staff_is_kept_but_not_oneself(client: Client, security: User) -> None:
    person("officer", Role.DATA_OFFICER, authority("测试主管部门"))
    base = "/authority/organisations/authority/"
    officer, own = (Membership.objects.get(user__login=login).pk for login in ("officer", "security"))
    client.post(f"{base}{officer}/", {"role": "supervisor"})
    assert Membership.objects.get(pk=officer).role == "supervisor"
    assert client.post(f"{base}{officer}/", {"role": "audit_admin"}).status_code == 409
    assert client.post(f"{base}{own}/", {"role": "data_officer"}).status_code == 403
    assert client.post(f"{base}{own}/act/", {"do": "suspend"}).status_code == 403
    client.post(f"{base}{officer}/act/", {"do": "suspend"})
    assert [(m.role, m.state) for m in Membership.objects.order_by("pk")] == [
        ("security_admin", "active"),
        ("supervisor", "frozen"),
    ]


@pytest.mark.usefixtures("security")
def test_an_agencys_people_act_only_while_it_is_filed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = organisation("PJ01", OrganisationKind.AGENCY)
    rater = person("rater", Role.RATER, agency)
    Organisation.objects.filter(pk=agency.pk).update(filed_until="2026-11-23")
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T23:59")
    assert len(memberships(rater)) == 1
    monkeypatch.setenv("JIAHE_NOW", "2026-11-24T00:00")
    assert len(memberships(rater)) == 0
    filing = {"filing_number": "备案2", "filed_until": "2027-11-23"}
    assert client.post("/authority/organisations/PJ01/filing/", filing | {"filed_until": "x"}).status_code == 422
    assert client.post("/authority/organisations/PJ01/filing/", filing).status_code == 302
    assert len(memberships(rater)) == 1
