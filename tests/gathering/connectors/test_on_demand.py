"""One enterprise at the moment of reading, through the door, against a real server in all its moods."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from jiahe import profiles
from jiahe.audit.models import AccessLog
from jiahe.catalogue import load
from jiahe.creditfile.models import Enterprise
from jiahe.gathering import tasks
from jiahe.gathering.actions.collect import collect
from jiahe.gathering.connectors import breaker
from jiahe.gathering.connectors.errors import OnlyOnDemand
from jiahe.gathering.connectors.source import Source
from jiahe.gathering.models import Answer, Batch, Breaker
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.profiles import Profile
from jiahe.profiles.errors import NotAllowed
from tests.conftest import Installation
from tests.gathering.connectors.department import FIRST, SECOND, Department
from tests.lake.deliveries import bytes_below, deliver
from tests.people import data_officer, sign_in

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

OFFICER = Actor(None, "officer", "authority", "data_officer", "web")
TITLES = "0901"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=clock.ZONE)


def title(uscc: str, number: str, **more: object) -> dict[str, object]:
    return {"uscc": uscc, "企业名称": "甲公司", "unit_no": "U", "证号": number, "registered_on": "20260131"} | more


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the clock so much later than the beginning."""

    def later(by: timedelta) -> None:
        monkeypatch.setenv("JIAHE_NOW", (NOW + by).isoformat())

    later(timedelta())
    return later


@pytest.fixture
def source(declare: Callable[..., Source], department: Department) -> Source:
    """A source of titles that answers; the enterprise is registered with one title that was delivered before."""
    department.answers("page")
    department.holds(title(FIRST, "T1", building_area="１２０.5", mortgaged="是"), title(FIRST, "T2"))
    return declared(declare, department)


def declared(declare: Callable[..., Source], department: Department, **fields: Any) -> Source:
    common: dict[str, Any] = {"kind": "on_demand", "category": TITLES, "department": "09", "timeout": 1}
    common |= {"aliases": {"证号": "title_no"}, "data_path": "data.rows"}
    params = {"code": "{uscc}", "page": "1", "size": "100"}
    return declare("titles", url=f"{department.url}/one", params=params, **common | fields)


@pytest.fixture
def delivered(tmp_path: Path) -> Batch:
    return deliver(
        tmp_path, TITLES, f"{FIRST},甲公司,T0,U,2025-12-31", header="uscc,name,title_no,unit_no,registered_on"
    )


@pytest.fixture
def registered(tmp_path: Path) -> Batch:
    """The enterprise is known, and no title of anybody was ever delivered."""
    return deliver(tmp_path, "0904", f"{FIRST},甲公司,A1,2025-12-31", header="uscc,name,contract_no,signed_on")


def read(categories: list[str] | None = None) -> Profile:
    return profiles.read(actor=OFFICER, enterprise=FIRST, categories=categories or [TITLES], purpose="data_quality")


def numbers(profile: Profile) -> list[object]:
    return [r.values["title_no"] for r in profile.records.get(TITLES, [])]


@pytest.mark.usefixtures("delivered", "source")
def test_a_live_answer_takes_the_place_of_what_was_delivered(department: Department) -> None:
    profile = read()
    assert profile.as_last_known_at == {TITLES: None}
    assert numbers(profile) == ["T2", "T1"]
    first = profile.records[TITLES][1]
    assert (str(first.values["building_area"]), first.values["mortgaged"]) == ("120.5", True)
    assert (str(first.business_date), first.loaded_on, first.batch) == ("2026-01-31", NOW.date(), 0)
    assert department.requests == [f"/one?code={FIRST}&page=1&size=100 -"]
    assert AccessLog.objects.get().records == 2


@pytest.mark.usefixtures("delivered", "source")
def test_what_was_known_on_a_day_is_not_asked(department: Department) -> None:
    profile = profiles.read(
        actor=OFFICER, enterprise=FIRST, categories=[TITLES], purpose="data_quality", as_of=NOW.date()
    )
    assert (numbers(profile), profile.as_last_known_at) == (["T0"], {})
    assert department.requests == []


@pytest.mark.usefixtures("delivered")
def test_without_a_declared_source_the_stored_documents_are_read() -> None:
    profile = read()
    assert (numbers(profile), profile.as_last_known_at) == (["T0"], {})


@pytest.mark.usefixtures("delivered", "source")
def test_a_reader_without_the_right_makes_nobody_ask(department: Department) -> None:
    with pytest.raises(NotAllowed):
        profiles.read(
            actor=Actor(None, "x", "x", "supervisor", "web"), enterprise=FIRST, categories=None, purpose="data_quality"
        )
    read(["0904"])
    assert department.requests == []


@pytest.mark.usefixtures("delivered", "source")
def test_an_answer_without_records_is_an_answer(department: Department) -> None:
    department.holds()
    profile = read()
    assert (profile.records, profile.as_last_known_at, profile.refused) == ({}, {TITLES: None}, {})


@pytest.mark.usefixtures("delivered", "source")
def test_records_that_break_a_check_or_are_of_another_enterprise_are_left_out(
    department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = title(FIRST, "T3", registered_on="someday")
    department.holds(title(FIRST.lower(), "T1"), title(SECOND, "T2"), wrong)
    profile = read()
    assert (numbers(profile), profile.refused) == (["T1"], {TITLES: 2})
    assert "2 of 3 records of source titles are refused" in caplog.text
    assert not Enterprise.objects.filter(uscc=SECOND).exists()


@pytest.mark.usefixtures("delivered", "source")
@pytest.mark.parametrize("page", ["assets/", f"categories/{TITLES}/"])
@pytest.mark.parametrize("answers", ["page", "failing"])
def test_the_page_says_how_many_rows_are_left_out_also_of_what_was_last_known(
    department: Department, client: Client, page: str, answers: str
) -> None:
    sign_in(client, data_officer())
    wrong = title(FIRST, "T3", registered_on="someday")
    for held in ([title(FIRST, "T1"), wrong], [wrong]):
        department.answers("page")
        department.holds(*held)
        read()
        department.answers(answers)
        text = client.get(f"/authority/enterprises/{FIRST}/{page}").content.decode()
        assert "来源的应答中有 1 条未通过校验或不属于该企业，未显示。" in text
        assert "没有记录" not in text


@pytest.mark.usefixtures("delivered", "source")
@pytest.mark.parametrize(
    ("manner", "sentence"),
    [
        ("failing", "来源“titles”无法读取：HTTP 500"),
        ("slow", "来源“titles”无法读取：timed out"),
        ("dripping", "来源“titles”无法读取：1 秒内没有答完"),
        ("wrong", "来源“titles”的应答与声明不符：不是 JSON"),
        ("elsewhere", "来源“titles”的应答与声明不符：没有 data.rows"),
    ],
)
def test_when_the_source_says_nothing_useful_the_last_known_is_shown(
    department: Department,
    at: Callable[[timedelta], None],
    caplog: pytest.LogCaptureFixture,
    manner: str,
    sentence: str,
) -> None:
    read()
    at(timedelta(hours=1))
    department.answers(manner)
    began = time.monotonic()
    profile = read()
    assert time.monotonic() - began < 3
    assert (numbers(profile), profile.as_last_known_at) == (["T2", "T1"], {TITLES: NOW})
    assert sentence in caplog.text
    assert Breaker.objects.get().failures == 1


@pytest.mark.usefixtures("delivered", "source")
def test_an_answer_without_a_required_column_is_refused_with_its_sentence(
    department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    department.holds({k: v for k, v in title(FIRST, "T1").items() if k != "证号"})
    assert numbers(read()) == ["T0"]
    assert "文件“titles”缺少必填列：不动产权证号(title_no)。请补齐后重新导入。" in caplog.text


@pytest.mark.usefixtures("source")
def test_an_answer_is_kept_no_longer_than_its_data_life(
    department: Department, delivered: Batch, at: Callable[[timedelta], None]
) -> None:
    read()
    answer = Answer.objects.get()
    assert (answer.source, answer.asked_at) == ("titles", NOW)
    assert answer.body.startswith("v1:")  # encrypted
    assert "registered_on" not in answer.body
    department.answers("failing")
    at(timedelta(hours=24))
    assert read().as_last_known_at == {TITLES: NOW}
    at(timedelta(hours=24, seconds=1))
    profile = read()
    assert (numbers(profile), profile.as_last_known_at) == (["T0"], {TITLES: delivered.finished_at})
    tasks.forget_answers()
    assert Answer.objects.count() == 0


@pytest.mark.usefixtures("source", "registered")
def test_where_nothing_was_ever_known_that_is_said(department: Department) -> None:
    department.answers("failing")
    profile = read()
    assert (profile.records, profile.as_last_known_at) == ({}, {})
    assert [(w.category, w.reason) for w in profile.withheld] == [(TITLES, "source_down")]


@pytest.mark.usefixtures("delivered", "source")
def test_the_breaker_opens_rests_tries_once_and_closes(department: Department, at: Callable[[timedelta], None]) -> None:
    department.answers("failing")
    for _ in range(7):
        read()
    assert len(department.requests) == 5  # opened by the fifth failure
    at(timedelta(seconds=59))
    read()
    assert len(department.requests) == 5
    at(timedelta(seconds=60))
    read()
    read()
    assert len(department.requests) == 6  # half open: one try, which fails and opens it again
    at(timedelta(seconds=120))
    department.answers("page")
    assert read().as_last_known_at == {TITLES: None}
    assert Breaker.objects.count() == 0
    assert read().as_last_known_at == {TITLES: None}
    assert len(department.requests) == 8


def test_of_many_that_come_after_the_rest_one_tries(at: Callable[[timedelta], None]) -> None:
    for _ in range(5):
        breaker.failed("titles")
    at(timedelta(seconds=60))

    def attempt(_: int) -> bool:
        try:
            return breaker.may_ask("titles")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]


@pytest.mark.usefixtures("delivered")
def test_a_code_can_go_into_the_address_or_into_a_body(declare: Callable[..., Source], department: Department) -> None:
    department.answers("page")
    department.holds(title(FIRST, "T1"))
    declared(declare, department, method="POST")
    assert numbers(read()) == ["T1"]
    assert department.requests == ["/one -"]


def test_no_backup_keeps_an_answer(installation: Installation, tmp_path: Path) -> None:
    installation.run("check")
    installation.python(
        "from jiahe.gathering.models import Answer; from jiahe.kit import clock;"
        "Answer.objects.create(source='titles', serial=1, asked_at=clock.now(), body='what the register said')"
    )
    installation.run("backup", tmp_path / "backup")
    assert b"what the register said" not in bytes_below(tmp_path / "backup")
    assert installation.python("from jiahe.gathering.models import Answer; print(Answer.objects.count())") == "1\n"


def test_it_cannot_be_gathered_as_a_whole(source: Source, department: Department) -> None:
    with pytest.raises(OnlyOnDemand, match="来源“titles”在查询时逐户实时读取，不能整体归集。"):
        collect(actor=OFFICER, source=source)
    assert department.requests == []


def test_the_categories_that_may_be_asked_are_those_of_the_land_registry() -> None:
    assert [c.code for c in load().categories.values() if c.on_demand] == ["0901", "0902", "0903"]


@pytest.mark.usefixtures("delivered", "source")
def test_the_pages_say_since_when_it_is_known_when_the_source_is_down(department: Department, client: Client) -> None:
    sign_in(client, data_officer())
    pages = [reverse("authority:section", args=[FIRST, "assets"]), reverse("authority:category", args=[FIRST, TITLES])]
    read()
    said = "来源暂时无法查询，所示为此前所知：<time datetime="
    assert [said in client.get(page).content.decode() for page in pages] == [False, False]
    department.answers("failing")
    assert [said in client.get(page).content.decode() for page in pages] == [True, True]
    Answer.objects.all().delete()
    Batch.objects.filter(category=TITLES).delete()
    assert "来源暂时无法查询，此前也没有结果" in client.get(pages[1]).content.decode()
