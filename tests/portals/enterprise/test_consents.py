"""The consent centre: nothing is ticked beforehand, words are read before they are agreed to, taking back is easy."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.enums import Role
from jiahe.consent.actions.ask import ask
from jiahe.consent.models import Consent
from tests.consent.scene import COMPANY, OTHER, given, manager, monthly, terms
from tests.people import enterprise, person, sign_in

pytestmark = pytest.mark.django_db
ASKED = ("0201", "0202", "0203")  # A1, A2, A2
WORDS = [
    "企业“甲1”同意测试bank-a为贷前审查查看以下信息。",
    "信息类：纳税人基础信息。",
    "单独授权：纳税申报与销售收入。",
]


def requested(**changes: object) -> str:
    return ask(actor=manager(), uscc=COMPANY.uscc, terms=terms(categories=ASKED, **changes), note="流动资金贷款").number


def at(number: str, *parts: str) -> str:
    return "/".join(["/enterprise/consents", number, *parts, ""])


def state(number: str) -> str:
    return Consent.objects.values_list("state", flat=True).get(number=number)


def digest(page: str) -> str:
    return str(re.findall(r'name="agreed" value="([0-9a-f]{64})"', page)[0])


def test_a_request_shows_who_what_for_and_boxes_none_of_which_is_ticked(boss: Client) -> None:
    text = boss.get(at(requested())).content.decode()
    assert "测试bank-a请求为“贷前审查”查看以下信息，至 2026-12-25。" in text
    assert "同意提供以下 1 类" in text
    assert re.findall(r'name="separately" value="(\d+)"', text) == ["0202", "0203"]
    assert "checked" not in text
    assert "流动资金贷款" in text


def test_what_is_ticked_is_read_in_words_and_then_given(boss: Client) -> None:
    number = requested()
    chosen = {"together": "1", "separately": ["0202"]}
    read = boss.post(at(number, "read"), chosen).content.decode()
    assert [sentence in read for sentence in WORDS] == [True] * 3
    assert "税款征收信息" not in read
    assert state(number) == "requested"
    boss.post(at(number, "agree"), {**chosen, "agreed": digest(read), "language": "zh-hans"})
    consent = Consent.objects.get(number=number)
    assert (consent.state, consent.categories) == ("active", ["0201", "0202"])
    assert consent.text.startswith(WORDS[0])


def test_with_nothing_ticked_nothing_is_read_or_given(boss: Client) -> None:
    number = requested()
    page = boss.post(at(number, "read"), {})
    assert page.status_code == 422
    assert "请至少勾选一类信息；如不同意，请选择拒绝。" in page.content.decode()
    assert boss.post(at(number, "agree"), {"agreed": "0" * 64}).status_code == 422
    assert state(number) == "requested"


def test_other_words_than_those_read_are_not_agreed_to(boss: Client) -> None:
    number = requested()
    read = boss.post(at(number, "read"), {"together": "1"}).content.decode()
    more = {"together": "1", "separately": ["0202", "0203"], "agreed": digest(read), "language": "zh-hans"}
    page = boss.post(at(number, "agree"), more)
    assert page.status_code == 409
    assert "授权内容与您看到的不一致：请重新阅读后再同意。" in page.content.decode()
    assert state(number) == "requested"


def test_a_category_that_was_not_asked_for_cannot_be_slipped_in(boss: Client) -> None:
    number = requested()
    page = boss.post(at(number, "read"), {"separately": ["0204"]})
    assert page.status_code == 422
    assert state(number) == "requested"


def test_refusing_ends_the_request_with_its_reason(boss: Client) -> None:
    number = requested()
    text = boss.post(at(number, "refuse"), {"reason": "暂无融资需要"}, follow=True).content.decode()
    assert "已拒绝该授权请求。" in text
    assert state(number) == "refused"
    assert Consent.objects.get(number=number).reason == "暂无融资需要"


def test_pausing_resuming_and_revoking_each_take_one_confirmed_tap(boss: Client) -> None:
    number = given().number
    text = boss.get(at(number)).content.decode()
    assert (
        "撤回后，测试bank-a的下一次查看即被拒绝，且不能恢复，需要时须重新授权；此前的查看记录仍保留，您随时可查。"
        in text
    )
    for step, then in (("pause", "paused"), ("resume", "active"), ("revoke", "revoked")):
        boss.post(at(number, step))
        assert state(number) == then


def test_what_is_over_already_is_said_and_stays_as_it_was(boss: Client) -> None:
    number = given().number
    boss.post(at(number, "revoke"))
    text = boss.post(at(number, "pause"), follow=True).content.decode()
    assert f"授权{number}现为“已撤回”，不能办理此事：请刷新后查看。" in text
    assert state(number) == "revoked"


@pytest.mark.parametrize("step", ["", "read", "agree", "refuse", "pause", "resume", "revoke", "signed.json"])
def test_anothers_consent_answers_like_one_that_does_not_exist(boss: Client, step: str) -> None:
    others = given(by=OTHER).number
    address = [
        at(number, step) if step and "." not in step else f"/enterprise/consents/{number}/{step}"
        for number in (others, "SQ0")
    ]
    pages = [boss.get(a) if step in ("", "signed.json") else boss.post(a) for a in address]
    assert [p.status_code for p in pages] == [404, 404]
    same = pages[0].content.decode().replace(others, "SQ0")
    assert re.sub(r"csrf\S+", "", same) == re.sub(r"csrf\S+", "", pages[1].content.decode())
    assert state(others) == "active"


def test_a_member_reads_but_decides_nothing(client: Client) -> None:
    sign_in(client, person("clerk", Role.ENTERPRISE_MEMBER, enterprise(COMPANY.uscc)))
    number, live = requested(), given(monthly()).number
    text = client.get(at(number)).content.decode()
    assert "这份请求由企业管理员决定。" in text
    assert 'name="separately"' not in text
    assert "确认撤回" not in client.get("/enterprise/consents/?list=live").content.decode()
    for step in ("refuse", "agree"):
        client.post(at(number, step), {"together": "1"})
    assert client.post(at(live, "revoke")).status_code == 403
    assert (state(number), state(live)) == ("requested", "active")


def test_a_written_request_waits_for_the_person(client: Client) -> None:
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms(categories=("1802",), written=True)).number
    sign_in(client, person("admin", Role.ENTERPRISE_ADMIN, enterprise(COMPANY.uscc)))
    assert "须由本人（经核验的法定代表人、经营者）决定。" in client.get(at(asked)).content.decode()
    answer = client.post(at(asked, "agree"), {"separately": ["1802"], "agreed": "0" * 64})
    assert answer.status_code == 403
    assert state(asked) == "requested"


def test_telling_the_platform_of_a_loan_is_agreed_to_with_one_box(boss: Client) -> None:
    wanted = terms(purpose="feedback", direction="to_platform", categories=("approval", "balance"), lookback_months=0)
    number = ask(actor=manager(), uscc=COMPANY.uscc, terms=wanted).number
    text = boss.get(at(number)).content.decode()
    assert "测试bank-a请求把以下贷款办理结果告知平台，至 2026-12-25。" in text
    assert "同意该机构把贷款办理结果告知平台" in text
    assert text.count("审批结果、余额") == 3  # in the head, to decide on, among the terms
    read = boss.post(at(number, "read"), {"together": "1"}).content.decode()
    assert "企业“甲1”同意测试bank-a把贷款办理结果告知本平台。" in read
    boss.post(at(number, "agree"), {"together": "1", "agreed": digest(read), "language": "zh-hans"})
    consent = Consent.objects.get(number=number)
    assert (consent.state, consent.categories) == ("active", ["approval", "balance"])


def test_telling_the_platform_of_a_loan_is_allowed_from_scratch(boss: Client) -> None:
    whom = {"grantee": "bank-b", "purpose": "feedback"}
    start = boss.get("/enterprise/consents/new/", whom).content.decode()
    assert re.findall(r'name="together" value="(\w+)"> (\w+)', start) == RESULTS
    assert "<legend>告知的内容</legend>" in start
    assert "checked" not in start
    assert re.findall(r'name="(\w+)" value="(\d+)"', start) == [("days", "90"), ("data_life_days", "180")]
    filled = {**whom, "together": ["balance", "disbursement"], "days": 3653, "data_life_days": 3653}
    read = boss.post("/enterprise/consents/new/read/", filled).content.decode()
    assert re.findall(r"<p>(.+?)</p>", read.partition('class="words"')[2].partition("</section>")[0]) == TOLD
    assert Consent.objects.count() == 0
    boss.post("/enterprise/consents/new/agree/", {**filled, "agreed": digest(read), "language": "zh-hans"})
    consent = Consent.objects.get()
    assert (consent.grantee.code, consent.state, consent.direction) == ("bank-b", "active", "to_platform")
    assert (consent.categories, consent.lookback_months, consent.written) == (["balance", "disbursement"], 0, False)
    assert consent.text == "\n".join(TOLD)
    assert "余额、放款" in boss.get("/enterprise/consents/?list=live").content.decode()
    assert "撤回后，测试bank-b不能再向平台告知" in boss.get(at(consent.number)).content.decode()


RESULTS = [
    ("approval", "审批结果"),
    ("contract", "合同"),
    ("disbursement", "放款"),
    ("balance", "余额"),
    ("repayment", "还款"),
    ("first_loan", "首贷依据"),
]
TOLD = [
    "企业“甲1”同意测试bank-b把贷款办理结果告知本平台。",
    "告知的内容：余额、放款。",
    "有效期自2026-11-25起，至2036-11-25 00:00止。",
    "数据自取得之日起最多保存3653天，不得转给他人，不得用于其他用途。",
    "您可以随时在“授权中心”一键暂停或撤回，立即生效，不影响撤回之前已经进行的查阅。",
]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"together": []}, "请至少勾选一类信息。"),
        ({"together": ["0201"]}, "0201"),
        ({"separately": ["0202"]}, "0202"),
        ({"days": 3654}, "不能超过 3653。"),
        ({"written": "on"}, "贷款结果回传不用本人书面同意：请去掉“本人书面同意”的勾选。"),
    ],
)
def test_only_results_of_a_loan_are_told_and_nothing_else_is_given(
    boss: Client, wrong: dict[str, object], said: str
) -> None:
    filled = {"grantee": "bank-b", "purpose": "feedback", "together": ["balance"], "days": 90, "data_life_days": 100}
    page = boss.post("/enterprise/consents/new/agree/", {**filled, **wrong})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Consent.objects.count() == 0


def test_a_consent_is_given_from_scratch_within_the_ceilings(boss: Client) -> None:
    whom = {"grantee": "bank-b", "purpose": "post_loan"}
    start = boss.get("/enterprise/consents/new/", whom).content.decode()
    assert "checked" not in start
    assert re.findall(r'name="(\w+)" value="(\d+)"', start)[-4:] == [
        ("days", "90"),
        ("lookback_months", "12"),
        ("per_month", "1"),
        ("data_life_days", "180"),
    ]
    filled = {**whom, "separately": ["0202"], "days": 90, "lookback_months": 12, "per_month": 2, "data_life_days": 100}
    read = boss.post("/enterprise/consents/new/read/", filled).content.decode()
    assert "每月最多查阅2次，首次查阅起24小时内的查阅计为一次。" in read
    assert Consent.objects.count() == 0
    boss.post("/enterprise/consents/new/agree/", {**filled, "agreed": digest(read), "language": "zh-hans"})
    consent = Consent.objects.get()
    assert (consent.grantee.code, consent.state, consent.categories, consent.per_month) == (
        "bank-b",
        "active",
        ["0202"],
        2,
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": 99999}, "不能超过 3653。"),
        ({"days": ""}, "请填写数字。"),
        ({"per_month": 0}, "不能少于 1。"),
        ({"separately": []}, "请至少勾选一类信息。"),
        ({"separately": ["1802"]}, "1802"),
        ({"grantee": "bank-z"}, "bank-z"),
    ],
)
def test_terms_beyond_what_is_allowed_are_said_and_nothing_is_given(
    boss: Client, wrong: dict[str, object], said: str
) -> None:
    filled = {"grantee": "bank-b", "purpose": "post_loan", "separately": ["0202"]}
    numbers = {"days": 90, "lookback_months": 12, "per_month": 2, "data_life_days": 100}
    page = boss.post("/enterprise/consents/new/agree/", {**filled, **numbers, **wrong})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Consent.objects.count() == 0


def test_the_signed_file_is_the_consents_own(boss: Client) -> None:
    number = given().number
    answer = boss.get(f"/enterprise/consents/{number}/signed.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.json"'
    assert json.loads(answer.content)["consent"]["number"] == number


def test_history_names_roles_and_never_people(boss: Client) -> None:
    number = requested()
    boss.post(at(number, "refuse"))
    text = boss.get(at(number)).content.decode()
    assert re.findall(r"<span>([^<]+)</span> <strong>([^<]+)</strong></li>", text) == [
        ("甲1 企业管理员", "拒绝"),
        ("测试bank-a 客户经理", "请求授权"),
    ]


def test_thirty_consents_take_no_more_queries_than_one(
    boss: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given()
    boss.get("/enterprise/consents/?list=live")
    with django_assert_num_queries(QUERIES):
        boss.get("/enterprise/consents/?list=live")
    for n in range(29):
        one = Consent.objects.all()[0]
        one.pk, one.number, one.state = None, f"SQ{n}", "active"
        one.purpose, one.subject_ref = f"p{n}"[:16], ""
        one.save(force_insert=True)
    with django_assert_num_queries(QUERIES):
        text = boss.get("/enterprise/consents/?list=live").content.decode()
    assert text.count("确认撤回") == 20


QUERIES = 6
