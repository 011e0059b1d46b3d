"""The public number of an institution."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.actions.set_hotline import set_hotline
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import NotAHotline, WrongRole
from jiahe.accounts.models import Organisation
from jiahe.audit.models import Entry
from tests.people import actor, bank, person, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("95588", "95588"),
        (" ４００-８２０-8888 ", "400-820-8888"),
        ("0573-84021234", "0573-84021234"),
        ("(0573)84021234", None),
        ("13800138000", None),
        ("110", None),
        ("", ""),
    ],
)
def test_a_number_that_is_nobodys_own(typed: str, kept: str | None) -> None:
    head = actor(person("head", Role.HEAD_ADMIN, bank("bank-a")))
    Organisation.objects.update(hotline="96596")
    if kept is None:
        with pytest.raises(NotAHotline):
            set_hotline(actor=head, hotline=typed)
    else:
        assert set_hotline(actor=head, hotline=typed) == kept
    stored = "96596" if kept is None else kept
    facts = [] if kept is None else [{"hotline": kept}]
    assert Organisation.objects.get().hotline == stored
    assert list(Entry.objects.filter(action="accounts.set_hotline").values_list("facts", flat=True)) == facts


def test_others_do_not_change_it() -> None:
    with pytest.raises(WrongRole):
        set_hotline(actor=actor(person("teller", Role.ACCOUNT_MANAGER, bank("bank-a"))), hotline="95588")
    assert Organisation.objects.get().hotline == ""


def test_the_head_office_changes_it_on_its_page(client: Client) -> None:
    sign_in(client, person("head", Role.HEAD_ADMIN, bank("bank-a")))
    assert "/bank/hotline/" in client.get("/bank/branches/").content.decode()
    wrong = client.post("/bank/hotline/", {"hotline": "13800138000"})
    page = wrong.content.decode()
    assert (wrong.status_code, "服务热线应为 5 至 6 位短号" in page, 'value="13800138000"' in page) == (422, True, True)
    assert client.post("/bank/hotline/", {"hotline": "95588"}).status_code == 302
    assert 'value="95588"' in client.get("/bank/hotline/").content.decode()
