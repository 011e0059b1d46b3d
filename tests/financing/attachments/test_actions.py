"""Upload, read, remove: by whom, with which traces, and what is left when something fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe.accounts.actions import reseal
from jiahe.accounts.errors import OrganisationNotActive
from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog, Entry
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.errors import Closed
from jiahe.consent.models import Consent
from jiahe.financing.actions.work import ask_more, contacted
from jiahe.financing.attachments import store
from jiahe.financing.attachments.actions import remove as removing
from jiahe.financing.attachments.actions import upload as uploading
from jiahe.financing.attachments.actions.read import look, read
from jiahe.financing.attachments.actions.upload import upload
from jiahe.financing.attachments.actions.want import said, want
from jiahe.financing.attachments.errors import (
    Active,
    Damaged,
    InUse,
    NoSpace,
    NoSuchAttachment,
    NothingWanted,
    NotUploader,
    NotWanted,
    OrderEnded,
    RequestOver,
    TitleMissing,
    TooMany,
    UnknownKind,
)
from jiahe.financing.attachments.models import Attachment, Wanted
from jiahe.financing.attachments.queries.readers import of_request
from jiahe.financing.attachments.queries.wanted import of_order, outstanding
from jiahe.financing.errors import NoSuchRequest, NotYours
from jiahe.financing.models import FinancingRequest, Order
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import add_key
from jiahe.kit.home import ATTACHMENTS, folder
from jiahe.profiles.readings import said as readings_said
from tests.consent.scene import COMPANY, owner
from tests.financing import scene
from tests.financing.attachments import files
from tests.people import representative

pytestmark = pytest.mark.django_db
COMMITS = pytest.mark.django_db(transaction=True)
CONTENT = files.pdf(2)


@pytest.fixture
def request_() -> FinancingRequest:
    scene.settle()
    return scene.submitted()


def added(request: FinancingRequest, **more: object) -> Attachment:
    facts = {"content": CONTENT, "name": "合同.pdf", "kind": "contract"} | more
    return upload(actor=owner(), request=request.number, **facts)  # type: ignore[arg-type]  # a test's own facts


def stored() -> list[str]:
    return sorted(path.name for path in folder(ATTACHMENTS).glob("*/*"))


def logged() -> list[tuple[str, str, list[str], list[str], list[str]]]:
    rows = AccessLog.objects.order_by("pk")
    return [(r.organisation, r.purpose, r.categories, r.withheld, r.consents) for r in rows]


def test_what_is_uploaded_is_kept_entered_and_read_by_its_enterprise(request_: FinancingRequest) -> None:
    one = added(request_)
    assert (one.uscc, one.kind, one.about, one.name, one.media) == (
        COMPANY.uscc,
        "contract",
        "购销合同",
        "合同.pdf",
        "pdf",
    )
    assert (one.size, one.pages, one.order) == (len(CONTENT), 2, "")
    assert stored() == [one.number]
    assert CONTENT not in store.place(one.number).read_bytes()
    assert read(actor=owner(), number=one.number).content == CONTENT
    assert logged() == [(COMPANY.uscc, "own", [f"attachment:{one.number}"], [], [])]
    entry = Entry.objects.get(action="attachments.upload")
    facts = {"request": request_.number, "kind": "contract", "media": "pdf", "size": len(CONTENT)}
    assert (entry.subject, entry.facts) == (f"attachment:{one.number}", facts)


def test_an_institution_reads_under_its_order_and_consent_and_the_enterprise_sees_it(
    request_: FinancingRequest,
) -> None:
    one = added(request_)
    with pytest.raises(NoSuchAttachment):
        read(actor=scene.manager(), number=one.number)
    assert logged() == []
    scene.grabbed(request_)
    assert read(actor=scene.manager(), number=one.number).content == CONTENT
    consent = Consent.objects.get(grantee__code="bank-a", state="active")
    assert logged() == [("bank-a", "pre_loan", [f"attachment:{one.number}"], [], [consent.number])]
    (reading,) = readings_said(AccessLog.objects.all())
    assert reading.sentence.endswith(f"因“贷前审查”查看了 附件{one.number} 1 类")
    assert not consent.uses.exists()


def test_a_revoked_consent_closes_the_attachments_at_once(request_: FinancingRequest) -> None:
    one = added(request_)
    scene.grabbed(request_)
    consent = Consent.objects.get(grantee__code="bank-a", state="active")
    revoke(actor=owner(), number=consent.number, reason="")
    for act in (read, look):
        with pytest.raises(Closed) as refused:
            act(actor=scene.manager(), number=one.number)
        assert refused.value.code == "consent.revoked"
    assert logged() == [("bank-a", "pre_loan", [], [f"attachment:{one.number}"], [])]


@pytest.mark.parametrize("state", ["returned", "closed", "repaying", "dispatched"])
def test_an_order_that_is_not_live_opens_nothing(request_: FinancingRequest, state: str) -> None:
    one = added(request_)
    order = scene.grabbed(request_)
    Order.objects.filter(pk=order.pk).update(state=state, reason="other", reason_text="原因", manager=order.manager)
    with pytest.raises(OrderEnded):
        read(actor=scene.manager(), number=one.number)
    assert of_request(actor=scene.manager(), number=request_.number) == []
    assert logged() == [("bank-a", "pre_loan", [], [f"attachment:{one.number}"], [])]


def test_what_one_order_asked_for_is_nothing_to_another(request_: FinancingRequest) -> None:
    order = scene.grabbed(request_)
    scene.grabbed(request_, "bank-b")
    (paper,) = want(actor=scene.manager(), order=order, papers=[("tax", "")])
    common, asked = added(request_), added(request_, kind="", wanted=paper.pk)
    assert (asked.order, asked.kind) == (order.number, "tax")
    assert read(actor=scene.manager(), number=asked.number).content == CONTENT
    with pytest.raises(NoSuchAttachment):
        read(actor=scene.manager("bank-b"), number=asked.number)
    assert of_request(actor=scene.manager("bank-b"), number=request_.number) == [common]
    assert of_request(actor=scene.manager(), number=request_.number) == [asked, common]
    assert of_request(actor=owner(), number=request_.number) == [asked, common]


def test_strangers_find_nothing_whoever_they_are(request_: FinancingRequest) -> None:
    one = added(request_)
    representative("other", "91330421MA00000002")
    for login in ("other", "head-bank-d", "supervisor"):
        for number in (one.number, "FJ0"):
            with pytest.raises(NoSuchAttachment):
                read(actor=scene.by(login), number=number)
    with pytest.raises(NoSuchRequest):
        of_request(actor=scene.by("other"), number=request_.number)
    assert of_request(actor=scene.by("supervisor"), number=request_.number) == []
    assert logged() == []


def test_a_colleague_who_does_not_see_the_order_does_not_see_the_attachment(request_: FinancingRequest) -> None:
    one = added(request_)
    scene.grabbed(request_)
    with pytest.raises(NoSuchAttachment):
        read(actor=scene.by("colleague-bank-a"), number=one.number)
    assert read(actor=scene.by("head-bank-a"), number=one.number).attachment == one


def test_a_frozen_organisation_reads_nothing(request_: FinancingRequest) -> None:
    one = added(request_)
    who = owner()
    Organisation.objects.filter(code=COMPANY.uscc).update(state="frozen")
    with pytest.raises(OrganisationNotActive):
        read(actor=who, number=one.number)
    assert logged() == []


def test_only_the_enterprise_uploads_and_only_while_the_request_goes_on(request_: FinancingRequest) -> None:
    scene.grabbed(request_)
    for actor, failure in ((scene.manager(), NotUploader), (scene.manager("bank-b"), NoSuchRequest)):
        with pytest.raises(failure):
            upload(actor=actor, request=request_.number, content=CONTENT, name="a", kind="tax")
    FinancingRequest.objects.update(state="closed", ended_at=clock.now())
    with pytest.raises(RequestOver):
        added(request_)
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_what_is_wrong_with_an_upload_leaves_nothing(
    request_: FinancingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: list[tuple[dict[str, object], type[Exception]]] = [
        ({"content": files.pdf(catalog="/OpenAction << /S /Launch >>")}, Active),
        ({"kind": "secret"}, UnknownKind),
        ({"kind": "other"}, TitleMissing),
        ({"kind": "", "wanted": 99}, NotWanted),
    ]
    for facts, failure in wrong:
        with pytest.raises(failure):
            added(request_, **facts)
    known = parameters.value
    few = "attachments_a_request"
    monkeypatch.setattr(parameters, "value", lambda n, **more: 1 if n == few else known(n, **more))
    one = added(request_, kind="other", called="厂房照片")
    assert one.about == "厂房照片"
    with pytest.raises(TooMany):
        added(request_)
    assert (stored(), Attachment.objects.count()) == ([one.number], 1)


def test_papers_are_asked_for_once_and_supplied_once(request_: FinancingRequest) -> None:
    order = scene.grabbed(request_)
    papers = [("statements", ""), ("other", "厂房照片")]
    assert said(papers) == "财务报表、厂房照片"
    first, second = want(actor=scene.manager(), order=order, papers=papers)
    assert want(actor=scene.manager(), order=order, papers=[("statements", "")]) == []
    supplied = added(request_, kind="", wanted=second.pk)
    assert (supplied.about, list(outstanding(order))) == ("厂房照片", [first])
    with pytest.raises(NotWanted):
        added(request_, kind="", wanted=second.pk)
    found = [(one.about, one.attachment, one.supplied_at) for one in of_order(order)]
    assert found == [("财务报表", None, None), ("厂房照片", supplied, supplied.uploaded_at)]
    with pytest.raises(InUse):
        removing.remove(actor=owner(), number=supplied.number)
    for wrong in ([], [("tax", ""), ("tax", "")]):
        with pytest.raises(NothingWanted):
            want(actor=scene.manager(), order=order, papers=wrong)
    assert Wanted.objects.count() == 2


@COMMITS
def test_the_enterprise_takes_back_what_it_added(request_: FinancingRequest) -> None:
    one, kept = added(request_), added(request_)
    scene.grabbed(request_)
    for actor, failure in ((scene.manager(), NotUploader), (scene.by("supervisor"), NoSuchAttachment)):
        with pytest.raises(failure):
            removing.remove(actor=actor, number=one.number)
    assert removing.remove(actor=owner(), number=one.number) == request_
    assert (stored(), list(Attachment.objects.all())) == ([kept.number], [kept])
    with pytest.raises(NoSuchAttachment):
        removing.remove(actor=owner(), number=one.number)
    FinancingRequest.objects.update(state="closed", ended_at=clock.now())
    with pytest.raises(RequestOver):
        removing.remove(actor=owner(), number=kept.number)
    assert stored() == [kept.number]


def test_a_changed_or_missing_file_is_not_shown(request_: FinancingRequest) -> None:
    one = added(request_)
    path = store.place(one.number)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Damaged):
        read(actor=owner(), number=one.number)
    path.unlink()
    with pytest.raises(Damaged):
        read(actor=owner(), number=one.number)


def test_a_rotation_seals_the_files_keys_anew(request_: FinancingRequest) -> None:
    one = added(request_)
    before, raw = one.key, store.place(one.number).read_bytes()
    assert before.startswith("v1:")
    add_key()
    reseal.reseal(actor=Actor.system())
    one.refresh_from_db()
    assert one.key.startswith("v2:")
    assert store.place(one.number).read_bytes() == raw
    assert read(actor=owner(), number=one.number).content == CONTENT
    assert added(request_).key.startswith("v2:")


@COMMITS
def test_the_time_of_what_ended_long_ago_is_over(request_: FinancingRequest) -> None:
    one = added(request_)
    order = scene.grabbed(request_)
    (paper,) = want(actor=scene.manager(), order=order, papers=[("tax", "")])
    asked = added(request_, kind="", wanted=paper.pk)
    FinancingRequest.objects.update(state="closed", ended_at=clock.now() - timedelta(days=179))
    assert removing.end_retention(actor=Actor.system()) == 0
    assert stored() == sorted([one.number, asked.number])
    FinancingRequest.objects.update(ended_at=clock.now() - timedelta(days=180, minutes=1))
    assert removing.end_retention(actor=Actor.system()) == 2
    assert (stored(), Attachment.objects.count()) == ([], 0)
    paper.refresh_from_db()
    assert (paper.attachment, paper.supplied_at) == (None, asked.uploaded_at)
    assert removing.end_retention(actor=Actor.system()) == 0
    assert Entry.objects.filter(action="attachments.end_retention").count() == 1


def test_what_a_crash_left_is_swept_and_nothing_else(request_: FinancingRequest) -> None:
    one = added(request_)
    orphan, draft, young = (store.place(f"FJ2026112500000000000{i}") for i in range(3))
    draft = draft.with_name(draft.name + store.DRAFT)
    for path in (orphan, draft, young):
        path.write_bytes(b"left over")
    aged(orphan, draft, store.place(one.number))
    assert removing.sweep(actor=Actor.system()) == 2
    assert stored() == sorted([one.number, young.name])
    assert removing.sweep(actor=Actor.system()) == 0


def aged(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (0, 0))


def test_a_full_disk_is_said_and_leaves_nothing(request_: FinancingRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NoSpace) as refused:
            added(request_)
    assert refused.value.status == 507
    assert (stored(), Attachment.objects.count()) == ([], 0)
    assert not Entry.objects.filter(action="attachments.upload").exists()


@COMMITS
def test_a_database_that_refuses_the_row_leaves_no_file(
    request_: FinancingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(uploading, "write", fail)
    with pytest.raises(ZeroDivisionError):
        added(request_)
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_a_listing_takes_the_same_queries_for_any_number(
    request_: FinancingRequest,
) -> None:
    scene.grabbed(request_)
    counts = []
    for _ in range(2):
        added(request_)
        with CaptureQueriesContext(connection) as queries:
            of_request(actor=scene.manager(), number=request_.number)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_an_upload_that_is_killed_before_its_row_leaves_a_file_that_is_swept(home: Path) -> None:
    """The file is whole and nobody's; a day later it is gone."""
    number = "FJ20261125ABCDEF012345"
    program = (
        "import os, signal, django; django.setup()\n"
        "from jiahe.financing.attachments import store\n"
        f"with store.kept('{number}', store.new_key(), b'content'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "JIAHE_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == -signal.SIGKILL
    assert stored() == [number]
    assert removing.sweep(actor=Actor.system()) == 0
    aged(store.place(number))
    assert removing.sweep(actor=Actor.system()) == 1
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_the_step_that_asks_enters_the_papers_with_its_time_limit(request_: FinancingRequest) -> None:
    order = scene.grabbed(request_)
    contacted(actor=scene.manager(), number=order.number)
    papers = [("tax", ""), ("statements", "")]
    asked = ask_more(actor=scene.manager(), number=order.number, wanted="近三年", papers=papers)
    found = [(one.kind, one.due_at, one.supplied_at) for one in outstanding(order)]
    assert found == [("tax", asked.due_at, None), ("statements", asked.due_at, None)]
    with pytest.raises(NotYours):
        ask_more(actor=owner(), number=order.number, wanted="近三年", papers=papers)
    assert Wanted.objects.count() == 2
