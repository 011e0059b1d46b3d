"""The enterprise looks at its own score, learns why it has none, and asks a person to look."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from jiahe.audit.models import AccessLog, Entry
from jiahe.creditfile.models import Enterprise
from jiahe.notify.models import Message
from jiahe.scoring.models import ScoreReview
from tests.consent.scene import COMPANY, OTHER, owner
from tests.profiles.files import SEPARATE, hold
from tests.scoring.told import SCORED, UNSCORED, card_in_use, settle_score, tell

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/enterprise/score/"
ASK = f"{PAGE}review/"


def _text(client: Client, page: str = PAGE) -> str:
    text = client.get(page).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_it_sees_score_place_reasons_and_what_changed(boss: Client) -> None:
    settle_score()
    text = _text(boss)
    for said in (
        "712 第 1 档",
        "前 12.4 %",
        "第 87 / 703 家",
        "纺织业 C17 · 小型",
        "行业由经营范围推断，把握 93 %",
        "数据截至 2026-11-22",
        "最近养老参保人数：46 人 +40",
        "近36个月行政处罚罚款：0.12 万元 −23",
        "近3个月用电量较上年同期变化由 -12 % 变为 9 % +22",
        "首次评分",
        "不是信用等级，也不是放款的承诺",
        "都不会降低评分",
        "任何机构和部门都看不到",
    ):
        assert said in text
    assert not re.search(r"\b[A-D]{1,3}级|AAA", text)
    row = AccessLog.objects.get()
    assert (row.purpose, row.categories, row.records) == ("own", ["9001"], 1)


def test_among_few_there_is_a_place_and_no_percentile(boss: Client) -> None:
    card_in_use()
    tell(**SCORED | {"position": 1, "peers": 9})
    text = _text(boss)
    assert "第 1 / 9 家" in text
    assert "同业太少，不算百分位" in text
    assert "前 11.1 %" not in text


def test_home_and_credit_file_lead_to_it(boss: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    assert f'href="{PAGE}"' in boss.get("/enterprise/").content.decode()
    text = boss.get("/enterprise/file/").content.decode()
    assert 'class="dial__score">712<' in text
    assert f'href="{PAGE}"' in text
    assert AccessLog.objects.count() == 1


def test_one_without_a_score_is_told_why_and_what_would_change_it(boss: Client) -> None:
    card_in_use()
    assert "还没有贵企业的评分" in _text(boss)
    tell(**UNSCORED)
    text = _text(boss)
    assert "数据积累不足" in text
    assert "至少有一类满 6 个月" in text
    assert "申报销售额有记录的月数跨度 0 个月 6 个月" in text


def test_a_young_one_is_told_from_when_on_it_is_old_enough(boss: Client) -> None:
    card_in_use()
    Enterprise.objects.filter(serial=COMPANY.serial).update(established_on=date(2026, 8, 31))
    tell(unscored="young")
    assert "贵企业到 2027-02-28 满足这一条。" in _text(boss)


def test_it_asks_for_a_review_once_at_a_time(boss: Client) -> None:
    from tests.scoring.officers import officers

    settle_score()
    officers()
    assert boss.post(ASK, {"text": " 罚款已撤销 "}).headers["Location"] == PAGE
    review = ScoreReview.objects.get()
    assert (review.state, review.text, review.score, review.run) == ("open", "罚款已撤销", 712, 2)
    assert review.asked_by_id == owner().user_id
    assert Entry.objects.filter(action="score_reviews.ask", subject=f"score_review:{review.pk}").count() == 1
    told = Message.objects.filter(template="review.asked")
    assert [(m.link, m.facts) for m in told] == [(f"/authority/reviews/{review.pk}/", {"number": review.pk})] * 2
    assert "申请人工复核" not in _text(boss).replace("已申请人工复核", "")
    again = boss.post(ASK, {"text": "再看一次"})
    assert (again.status_code, ScoreReview.objects.count()) == (409, 1)
    assert "已有一项复核在等待答复" in again.content.decode()


@pytest.mark.parametrize("text", ["", "  ", "字" * 1001])
def test_a_review_needs_words(boss: Client, text: str) -> None:
    settle_score()
    answer = boss.post(ASK, {"text": text})
    assert (answer.status_code, ScoreReview.objects.count(), Message.objects.count()) == (422, 0, 0)


def test_one_who_was_never_told_anything_has_nothing_to_review(boss: Client) -> None:
    answer = boss.post(ASK, {"text": "为什么"})
    assert (answer.status_code, ScoreReview.objects.count()) == (404, 0)


def test_nobody_sees_the_score_of_another(boss: Client) -> None:
    card_in_use()
    tell(OTHER.serial)
    assert "712" not in _text(boss)
