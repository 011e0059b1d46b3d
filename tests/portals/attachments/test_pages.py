"""The pages on which papers are listed, added, shown and taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiahe.accounts.models import User
from jiahe.audit.models import AccessLog
from jiahe.financing.attachments.actions.want import want
from jiahe.financing.attachments.models import Attachment
from jiahe.financing.models import FinancingRequest
from tests.consent.scene import COMPANY
from tests.financing import scene
from tests.financing.attachments import files
from tests.people import sign_in

pytestmark = pytest.mark.django_db
CONTENT = files.pdf(2)


@pytest.fixture
def request_() -> FinancingRequest:
    scene.settle()
    return scene.submitted()


def client_of(login: str) -> Client:
    client = Client()
    sign_in(client, User.objects.get(login=login))
    return client


def owner() -> Client:
    return client_of(f"owner-{COMPANY.serial}")


def sent(client: Client, request: FinancingRequest, content: bytes = CONTENT, **facts: str) -> tuple[int, str]:
    data = {"kind": "contract", "called": "", "file": SimpleUploadedFile("合同.pdf", content)} | facts
    answer = client.post(f"/attachments/of/{request.number}/upload/", data)
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def test_an_upload_is_listed_shown_and_downloaded(request_: FinancingRequest) -> None:
    client = owner()
    assert sent(client, request_) == (302, f"/attachments/of/{request_.number}/")
    one = Attachment.objects.get()
    listed = client.get(f"/attachments/of/{request_.number}/").content.decode()
    assert "合同.pdf" in listed
    assert f"/attachments/{one.number}/" in listed
    frame = client.get(f"/attachments/{one.number}/").content.decode()
    assert f'src="/attachments/{one.number}/pages/1/"' in frame
    assert 'href="?page=2"' in frame
    assert 'href="?page=1"' in client.get(f"/attachments/{one.number}/?page=2").content.decode()
    assert not AccessLog.objects.exists()
    shown = client.get(f"/attachments/{one.number}/pages/2/")
    assert (shown.status_code, shown["Content-Type"], shown.content[8:12]) == (200, "image/webp", b"WEBP")
    got = client.get(f"/attachments/{one.number}/download/")
    assert (got.content, got["Content-Type"]) == (CONTENT, "application/pdf")
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    for answer in (shown, got):
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
    assert AccessLog.objects.count() == 2


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "²", "99999999"])
def test_a_page_that_is_not_there(request_: FinancingRequest, page: str) -> None:
    client = owner()
    sent(client, request_)
    assert client.get(f"/attachments/{Attachment.objects.get().number}/?page={page}").status_code == 404


def test_a_refused_file_says_why_on_the_page(request_: FinancingRequest) -> None:
    status, page = sent(owner(), request_, files.pdf(catalog="/OpenAction << /S /Launch >>"))
    assert status == 422
    assert "文件中含有脚本、宏、内嵌文件或会启动程序的内容" in page
    status, page = sent(owner(), request_, kind="other")
    assert (status, "请写明是什么材料" in page, Attachment.objects.count()) == (422, True, 0)


def test_a_wanted_paper_is_supplied_from_the_page(request_: FinancingRequest) -> None:
    order = scene.grabbed(request_)
    (paper,) = want(actor=scene.manager(), order=order, papers=[("tax", "")])
    client = owner()
    assert f'value="wanted:{paper.pk}"' in client.get(f"/attachments/of/{request_.number}/").content.decode()
    assert sent(client, request_, kind=f"wanted:{paper.pk}")[0] == 302
    paper.refresh_from_db()
    assert paper.attachment == Attachment.objects.get(kind="tax", order=order.number)


def test_an_institution_sees_them_with_its_order_and_adds_nothing(request_: FinancingRequest) -> None:
    sent(owner(), request_)
    one, bank = Attachment.objects.get(), client_of("manager-bank-a")
    pages = (
        f"/attachments/of/{request_.number}/",
        f"/attachments/{one.number}/",
        f"/attachments/{one.number}/download/",
    )
    assert [bank.get(page).status_code for page in pages] == [404, 404, 404]
    scene.grabbed(request_)
    assert [bank.get(page).status_code for page in pages] == [200, 200, 200]
    assert 'type="file"' not in bank.get(pages[0]).content.decode()
    assert sent(bank, request_)[0] == 403
    assert bank.post(f"/attachments/{one.number}/remove/").status_code == 403
    assert Attachment.objects.count() == 1


def test_the_enterprise_takes_one_back(request_: FinancingRequest) -> None:
    client = owner()
    sent(client, request_)
    one = Attachment.objects.get()
    answer = client.post(f"/attachments/{one.number}/remove/")
    assert (answer.status_code, answer["Location"]) == (302, f"/attachments/of/{request_.number}/")
    assert not Attachment.objects.exists()
