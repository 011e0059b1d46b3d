"""What institutions report of bad loans: what is taken, what is refused, and who is in default seen from a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jiahe.audit.models import Entry
from jiahe.creditfile.models import Enterprise
from jiahe.kit.actor import Actor
from jiahe.scoring import outcome_file
from jiahe.scoring.actions.record_outcomes import Report, record_outcome, record_outcomes
from jiahe.scoring.errors import NoOutcomes, NotAnOutcomeFile, NotNewer, OutcomesNotKnownYet, SameOutcome
from jiahe.scoring.models import Outcome
from jiahe.scoring.queries.outcomes import first_defaults, known_until, label
from tests.conftest import Installation

USCC, OTHER, UNKNOWN = "91330100799655058B", "91440300192317458F", "9144030071526726XG"
HEAD = "uscc,defaulted_on,reported_on,source\n"
SYSTEM = Actor.system("console")


@pytest.fixture
def registered(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    for serial, code in enumerate((USCC, OTHER), start=1):
        Enterprise.objects.create(serial=serial, uscc=code, name=f"甲{serial}")


def taken(tmp_path: Path, *rows: str, head: str = HEAD) -> tuple[int, list[tuple[int, str, str, str]]]:
    file = tmp_path / "outcomes.csv"
    file.write_text(head + "\n".join(rows), encoding="utf-8")
    done = record_outcomes(actor=SYSTEM, lines=outcome_file.read(file))
    return done.recorded, [(r.line, r.column, r.value, r.sentence) for r in done.refused]


def report(defaulted_on: date | None, reported_on: date, code: str = USCC, source: str = "bank-a") -> Report:
    return Report(code, defaulted_on, reported_on, source)


@pytest.mark.usefixtures("registered")
def test_good_lines_are_taken_and_the_same_file_again_is_told_so(tmp_path: Path) -> None:
    rows = (f"{USCC},2025-03-01,2025-03-20,一银行", "", f"{OTHER.lower()} ,2026-01-01,2026-02-01,二银行")
    assert taken(tmp_path, *rows) == (2, [])
    kept = Outcome.objects.order_by("serial").values_list("serial", "uscc", "source", "kind", "loan", "defaulted_on")
    assert list(kept) == [
        (1, USCC, "一银行", "", "", date(2025, 3, 1)),
        (2, OTHER, "二银行", "", "", date(2026, 1, 1)),
    ]
    assert Entry.objects.get(action="outcomes.import").facts == {"recorded": 2, "refused": 0}
    said = "同一来源已报送过这项违约，未重复登记。"
    assert taken(tmp_path, *rows) == (
        0,
        [(2, "defaulted_on", "2025-03-01", said), (4, "defaulted_on", "2026-01-01", said)],
    )
    assert Outcome.objects.count() == 2


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("row", "column", "value", "sentence"),
    [
        (
            "91330100799655058C,2025-03-01,2025-03-20,甲",
            "uscc",
            "91330100799655058C",
            "“91330100799655058C”不是有效的统一社会信用代码：请核对这 18 位。",
        ),
        (
            f"{UNKNOWN},2025-03-01,2025-03-20,甲",
            "uscc",
            UNKNOWN,
            f"平台上没有统一社会信用代码为“{UNKNOWN}”的企业：请核对，或先归集其登记信息。",
        ),
        (
            f"{USCC},2025-3-1,2025-03-20,甲",
            "defaulted_on",
            "2025-3-1",
            "“2025-3-1”不是日期：请写作 2026-05-31 的样子。",
        ),
        (f"{USCC},2025-03-01,,甲", "reported_on", "", "“”不是日期：请写作 2026-05-31 的样子。"),
        (
            f"{USCC},2026-11-26,2026-11-27,甲",
            "defaulted_on",
            "2026-11-26",
            "2026-11-26 晚于今天 2026-11-25：请核对日期。",
        ),
        (
            f"{USCC},2026-11-25,2026-11-27,甲",
            "reported_on",
            "2026-11-27",
            "2026-11-27 晚于今天 2026-11-25：请核对日期。",
        ),
        (
            f"{USCC},2025-03-21,2025-03-20,甲",
            "reported_on",
            "2025-03-20",
            "报送日期 2025-03-20 早于违约日期 2025-03-21：请核对这两个日期。",
        ),
        (f"{USCC},2025-03-01,2025-03-20,", "source", "", "没有写明来源：请填写报送机构，不超过 100 个字。"),
        (
            f"{USCC},,2025-03-20,甲",
            "defaulted_on",
            "",
            "没有违约日期表示撤回原报送，而该来源没有报送过该企业违约：请补上违约日期，或删去此行。",
        ),
        (f"{USCC},2025-03-01", "source", "", "没有写明来源：请填写报送机构，不超过 100 个字。"),
    ],
)
def test_a_line_that_cannot_be_is_refused_alone(
    tmp_path: Path, row: str, column: str, value: str, sentence: str
) -> None:
    assert taken(tmp_path, row, f"{OTHER},2026-01-01,2026-02-01,二银行") == (1, [(2, column, value, sentence)])
    assert [o.uscc for o in Outcome.objects.all()] == [OTHER]


@pytest.mark.usefixtures("registered")
def test_a_line_twice_in_one_file_is_taken_once(tmp_path: Path) -> None:
    row = f"{USCC},2025-03-01,2025-03-20,一银行"
    assert taken(tmp_path, row, row) == (
        1,
        [(3, "defaulted_on", "2025-03-01", "同一来源已报送过这项违约，未重复登记。")],
    )


@pytest.mark.usefixtures("registered")
def test_the_newest_report_of_a_source_counts_and_the_earliest_default_of_all_sources() -> None:
    for one in (
        report(date(2025, 3, 1), date(2025, 3, 20)),
        report(date(2025, 4, 1), date(2025, 5, 1)),  # corrected
        report(date(2025, 6, 1), date(2025, 6, 2), source="bank-b"),
        report(date(2025, 1, 1), date(2025, 1, 2), source="bank-c"),
        report(None, date(2025, 1, 9), source="bank-c"),  # reported in error
        report(date(2024, 7, 1), date(2024, 8, 1), OTHER),
    ):
        record_outcome(actor=SYSTEM, report=one)
    assert first_defaults() == {1: date(2025, 4, 1), 2: date(2024, 7, 1)}
    for late, refusal in (
        (report(date(2025, 4, 1), date(2025, 9, 9)), SameOutcome),
        (report(date(2025, 4, 2), date(2025, 5, 1)), NotNewer),
    ):
        with pytest.raises(refusal):
            record_outcome(actor=SYSTEM, report=late)
    assert Outcome.objects.count() == 6
    assert Entry.objects.filter(action="outcomes.record").count() == 6


@pytest.mark.usefixtures("registered")
def test_labels_hold_a_whole_window_and_leave_out_who_had_defaulted() -> None:
    with pytest.raises(NoOutcomes):
        known_until()
    record_outcome(actor=SYSTEM, report=report(date(2024, 8, 31), date(2024, 10, 1)))
    record_outcome(actor=SYSTEM, report=report(date(2025, 8, 31), date(2025, 10, 30), OTHER))
    assert known_until() == date(2025, 8, 31)
    for day, defaulted, excluded in (
        (date(2023, 8, 30), set(), set()),
        (date(2023, 8, 31), {1}, set()),
        (date(2024, 8, 30), {1}, set()),
        (date(2024, 8, 31), {2}, {1}),
    ):
        found = label(as_of=day)
        assert (set(found.defaulted), set(found.excluded)) == (defaulted, excluded), day
    with pytest.raises(OutcomesNotKnownYet) as refusal:
        label(as_of=date(2024, 9, 1))
    assert refusal.value.sentence == (
        "以 2024-09-01 为观察日，12 个月的表现期到 2025-09-01 为止，而违约结果只完整到 2025-08-31："
        "请把观察日定在 2024-08-31 或更早，或先登记之后的结果。"
    )
    assert label(as_of=date(2025, 2, 28), months=6).defaulted == frozenset()
    assert label(as_of=date(2025, 3, 1), months=5).defaulted == frozenset()


@pytest.mark.parametrize(
    "content", [b"", b"uscc,source\n", b"\xff\xff\xff", b'uscc,defaulted_on,reported_on,source\n"a']
)
def test_what_is_no_such_file_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(NotAnOutcomeFile):
        outcome_file.read(file)


def test_the_command_says_what_was_refused(installation: Installation, tmp_path: Path) -> None:
    setup = (
        f"from jiahe.creditfile.models import Enterprise\nEnterprise.objects.create(serial=1, uscc='{USCC}', name='甲')"
    )
    installation.run("accounts", "verifications")
    installation.python(setup)
    file = tmp_path / "outcomes.csv"
    file.write_bytes(
        (HEAD + f"{USCC},2025-03-01,2025-03-20,一银行\n{UNKNOWN},2025-03-01,2025-03-20,一银行\n").encode("gb18030")
    )
    said = json.loads(installation.run("score", "outcomes", file, "--json", code=1).stdout)
    assert (said["recorded"], said["refused"]) == (1, 1)
    assert said["lines"][0]["line"] == 3
    again = installation.run("score", "outcomes", file, code=1)
    assert again.stdout.splitlines() == [
        "已登记 0 行，被拒 2 行。",
        "第 2 行，defaulted_on“2025-03-01”：同一来源已报送过这项违约，未重复登记。",
        f"第 3 行，uscc“{UNKNOWN}”：平台上没有统一社会信用代码为“{UNKNOWN}”的企业：请核对，或先归集其登记信息。",
    ]
    assert "不存在" in installation.run("score", "outcomes", tmp_path / "none.csv", code=2).stderr
