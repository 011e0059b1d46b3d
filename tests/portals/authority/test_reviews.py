"""Model officers answer those who asked for a review of their score; the first answer counts."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.models import User
from jiahe.audit.models import Entry
from jiahe.notify.models import Message
from jiahe.scoring.actions.ask_review import ask_review
from jiahe.scoring.models import ScoreReview
from tests.consent.scene import COMPANY, owner, settle
from tests.people import sign_in
from tests.scoring.officers import officers
from tests.scoring.told import settle_score

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "/authority/reviews/"


@pytest.fixture
def officer(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY)
    officers()
    settle_score()
    sign_in(client, User.objects.get(login="first"))
    return client


def test_it_is_listed_read_and_answered(officer: Client) -> None:
    assert "没有待答复的复核" in officer.get(LIST).content.decode()
    number = ask_review(actor=owner(), text="罚款已撤销").pk
    assert f"{LIST}{number}/" in officer.get(LIST).content.decode()
    text = officer.get(f"{LIST}{number}/").content.decode()
    assert "罚款已撤销" in text
    assert 'class="dial__score">712<' in text
    done = officer.post(f"{LIST}{number}/", {"text": "请向市场监管局更正"})
    assert done.headers["Location"] == f"{LIST}{number}/"
    review = ScoreReview.objects.get()
    assert (review.state, review.answer, review.answered_by.login if review.answered_by else "") == (
        "answered",
        "请向市场监管局更正",
        "first",
    )
    assert Entry.objects.filter(action="score_reviews.answer").count() == 1
    told = Message.objects.get(template="review.answered")
    assert (told.organisation, told.link) == (COMPANY.uscc, "/enterprise/score/#review")
    assert f"{LIST}{number}/" in officer.get(f"{LIST}?state=answered").content.decode()


def test_the_second_answer_and_an_empty_one_change_nothing(officer: Client) -> None:
    page = f"{LIST}{ask_review(actor=owner(), text='罚款已撤销').pk}/"
    assert officer.post(page, {"text": " "}).status_code == 422
    assert ScoreReview.objects.get().state == "open"
    officer.post(page, {"text": "一"})
    assert officer.post(page, {"text": "二"}).status_code == 409
    assert ScoreReview.objects.get().answer == "一"
    assert Message.objects.filter(template="review.answered").count() == 1


def test_there_is_no_review_of_an_unknown_number(officer: Client) -> None:
    assert officer.get(f"{LIST}7/").status_code == 404
    assert officer.post(f"{LIST}7/", {"text": "一"}).status_code == 404
