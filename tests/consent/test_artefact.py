"""A consent as a signed document: whole for those concerned, and any change is noticed, offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jiahe.cli import _run
from jiahe.consent.artefact import Verdict, artefact, check
from jiahe.consent.errors import NoSuchConsent
from jiahe.consent.models import Consent
from jiahe.kit import signing
from tests.consent.scene import COMPANY, OTHER, bank, given, manager, owner, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, OTHER)
    bank("bank-b")
    return artefact(actor=owner(), number=given().number)


def changed(document: bytes, *path: str, to: object) -> bytes:
    content = json.loads(document)
    place: Any = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(content).encode()


def test_those_concerned_get_all_of_it_and_others_nothing(document: bytes) -> None:
    content = json.loads(document)["consent"]
    assert (content["enterprise"]["uscc"], content["grantee"]["code"]) == (COMPANY.uscc, "bank-a")
    assert [c["code"] for c in content["categories"]] == ["0201", "0202"]
    assert (content["valid_until"], content["ended_at"]) == ("2026-12-25T00:00:00+08:00", None)
    assert artefact(actor=manager(), number=content["number"])
    for outsider in (owner(OTHER), manager("bank-b")):
        with pytest.raises(NoSuchConsent):
            artefact(actor=outsider, number=content["number"])


def test_a_genuine_document_is_genuine_however_it_is_laid_out(document: bytes) -> None:
    again = json.dumps(json.loads(document), sort_keys=True).encode()
    assert [check(one, signing.public_keys())[0] for one in (document, again)] == [Verdict.GENUINE] * 2


@pytest.mark.parametrize(
    ("path", "to", "verdict"),
    [
        (("consent", "valid_until"), "2099-01-01T00:00:00+08:00", Verdict.CHANGED),
        (("consent", "text"), "别的话", Verdict.CHANGED),
        (("consent", "more"), 1, Verdict.CHANGED),
        (("issued_at",), "2026-11-26T10:00:00+08:00", Verdict.CHANGED),
        (("signature", "value"), "AAAA", Verdict.CHANGED),
        (("signature", "algorithm"), "none", Verdict.CHANGED),
        (("signature", "key"), "0" * 32, Verdict.UNKNOWN_KEY),
        (("signature", "key"), [], Verdict.UNKNOWN_KEY),
        (("signature", "algorithm"), [], Verdict.CHANGED),
        (("consent", "text"), "\ud800", Verdict.UNREADABLE),
        (("signature", "value"), "!", Verdict.UNREADABLE),
        (("signature",), [], Verdict.UNREADABLE),
        (("consent",), [], Verdict.UNREADABLE),
        (("format",), "another/1", Verdict.UNREADABLE),
    ],
)
def test_any_change_is_noticed(document: bytes, path: tuple[str, ...], to: object, verdict: Verdict) -> None:
    assert check(changed(document, *path, to=to), signing.public_keys())[0] is verdict


def test_words_that_are_not_those_agreed_to_are_noticed_though_signed(document: bytes) -> None:
    Consent.objects.update(text="别的话")
    signed = artefact(actor=owner(), number=json.loads(document)["consent"]["number"])
    assert check(signed, signing.public_keys())[0] is Verdict.CHANGED


@pytest.mark.parametrize("document", [b"", b"[]", b"\xff\xfe", b"{}", b"[" * 100_000, b"1"])
def test_what_is_no_document_is_told(document: bytes) -> None:
    assert check(document, {})[0] is Verdict.UNREADABLE


def test_the_command_says_it_in_a_sentence(
    document: bytes, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, wrong = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "wrong.json"
    good.write_bytes(document)
    bad.write_bytes(changed(document, "consent", "purpose", to="post_loan"))
    wrong.write_text("{}")
    number = json.loads(document)["consent"]["number"]
    assert _run(["consent", "verify", str(good)]) == 0
    assert capsys.readouterr().out == f"授权书真实：{number}，甲1授权测试bank-a，签发时的状态为 active。\n"
    assert (_run(["consent", "verify", str(bad)]), _run(["consent", "verify", str(wrong)])) == (1, 2)
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "授权书不可信：签发之后内容被改动过。\n",
        "这不是嘉禾信签发的授权书文件：请核对文件。\n",
    )
    assert _run(["consent", "key"]) == 0
    published = tmp_path / "key"
    published.write_text(capsys.readouterr().out)
    monkeypatch.setenv("JIAHE_HOME", str(tmp_path / "elsewhere"))
    assert _run(["consent", "verify", str(good), "--key", str(published), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "genuine"
