import os
import re
from pathlib import Path

from jiahe.catalogue import load
from jiahe.financing.workflow import Limit
from jiahe.kit.configuration import SETTINGS
from tools.docs import CATALOGUE, CONSENT, OPERATOR, catalogue_page, table, with_consent, with_settings
from tools.time_limit_docs import NAMES, TIME_LIMITS, with_time_limits
from tools.workflow_docs import WORKFLOW, workflow_page

SOURCES = Path(__file__).resolve().parents[2] / "src/jiahe"


def test_the_operators_table_is_as_declared() -> None:
    text = OPERATOR.read_text(encoding="utf-8")
    assert text == with_settings(text)
    assert all(f"`{one.name}`" in text for one in SETTINGS)


def test_every_setting_that_the_code_reads_is_declared() -> None:
    named = {
        name
        for path in SOURCES.rglob("*.py")
        for name in re.findall(r"\"(JIAHE_[A-Z_]+|DATABASE_URL)\"", path.read_text())
    }
    assert named - {one.name for one in SETTINGS} == {"JIAHE_CONFIG"}
    assert os.environ["JIAHE_CONFIG"]


def test_the_steps_of_a_consent_are_as_the_table_says() -> None:
    text = CONSENT.read_text(encoding="utf-8")
    assert text == with_consent(text)
    assert "| 撤回 | 待机构接单、有效、已暂停 | 已撤回 | 企业管理员 |" in text


def test_the_reference_of_the_catalogue_is_as_declared() -> None:
    assert CATALOGUE.read_text(encoding="utf-8") == catalogue_page(load())  # `make docs` writes it


def test_a_bar_does_not_end_a_cell() -> None:
    assert table(["a"], [["x|y"]]) == "| a |\n| --- |\n| x\\|y |"


def test_the_workflow_s_page_is_what_its_tables_say() -> None:
    assert WORKFLOW.read_text(encoding="utf-8") == workflow_page()


def test_the_time_limits_are_what_the_parameters_and_the_clock_say() -> None:
    text = TIME_LIMITS.read_text(encoding="utf-8")
    assert text == with_time_limits(text)
    assert list(NAMES) == list(Limit)
    answer = "| 企业补充材料 | 企业 | 5 | 第 3 个工作日届满提醒企业；到期订单失效 |"
    assert answer in text
