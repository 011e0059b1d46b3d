"""A changed representative or an ended registration takes the enterprise's rights until it is verified again."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiahe.accounts.actions.verify_again import verify_again
from jiahe.accounts.actor import as_actor
from jiahe.accounts.errors import MemberChanged, RegistrationEnded, RepresentativeDiffers, RoleNotYours
from jiahe.accounts.models import Membership, Organisation
from jiahe.accounts.tasks import follow_registry
from jiahe.accounts.verification import VerifiedEntity
from jiahe.audit.models import Entry
from jiahe.notify.models import Message
from tests.accounts.test_register import ENTITY, registered
from tests.registry import NAME, USCC, deliver

pytestmark = pytest.mark.django_db(databases="__all__")
CHANGED = "登记机关的记录显示法定代表人(负责人、经营者)已变更。"
ENDED = "登记机关的记录显示本企业已注销、吊销、撤销或迁出。"


@pytest.fixture
def membership(tmp_path: Path) -> Membership:
    deliver(tmp_path)
    return registered(proof=ENTITY)


def state() -> tuple[str, str, bool]:
    joined = Membership.objects.select_related("organisation").get()
    return joined.organisation.state, joined.organisation.reason, joined.representative


def test_what_has_not_changed_stays(membership: Membership, tmp_path: Path) -> None:
    follow_registry()
    deliver(tmp_path, name="嘉禾新名有限公司")
    follow_registry()
    assert state() == ("active", "", True)
    assert Message.objects.count() == 0


@pytest.mark.parametrize(("change", "reason"), [({"person": "李四"}, CHANGED), ({"state": "注销"}, ENDED)])
def test_a_change_freezes_with_its_reason_once(
    membership: Membership, tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    deliver(tmp_path, **change)
    follow_registry()
    follow_registry()
    assert state() == ("frozen", reason, False)
    assert [(m.organisation, m.template, m.facts) for m in Message.objects.all()] == [
        (USCC, "organisation.frozen", {"reason": reason})
    ]
    assert Entry.objects.filter(action="accounts.freeze", subject=f"organisation:{USCC}").count() == 1


def test_the_registry_is_compared_only_after_new_batches(membership: Membership, tmp_path: Path) -> None:
    follow_registry()
    Organisation.objects.update(representative_digest="0" * 64)
    follow_registry()
    assert state() == ("active", "", True)
    deliver(tmp_path, name="嘉禾新名有限公司")
    follow_registry()
    assert state() == ("frozen", CHANGED, False)


def test_the_new_representative_opens_it_again(membership: Membership, tmp_path: Path) -> None:
    actor = as_actor(membership, "portal")
    with pytest.raises(MemberChanged):
        verify_again(actor=actor, proof=ENTITY)
    deliver(tmp_path, person="李四")
    follow_registry()
    with pytest.raises(RepresentativeDiffers):
        verify_again(actor=actor, proof=ENTITY)
    assert state() == ("frozen", CHANGED, False)
    membership.role = "enterprise_member"
    with pytest.raises(RoleNotYours):
        verify_again(actor=as_actor(membership, "portal"), proof=ENTITY)
    verify_again(actor=actor, proof=VerifiedEntity(USCC, NAME, "李四", "subject-2", "sso"))
    assert state() == ("active", "", True)
    follow_registry()
    assert state() == ("active", "", True)


def test_an_ended_registration_is_not_opened_again(membership: Membership, tmp_path: Path) -> None:
    deliver(tmp_path, state="注销")
    follow_registry()
    with pytest.raises(RegistrationEnded):
        verify_again(actor=as_actor(membership, "portal"), proof=ENTITY)
    assert state() == ("frozen", ENDED, False)
