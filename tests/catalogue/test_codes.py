"""The code lists that every department shares, and the spellings that registers really use."""

from collections import Counter

import duckdb
import pytest

from jiahe.catalogue import load
from jiahe.gathering.values import create_spelling_type, currency_in_text, spellings


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("普通合伙", "4531"),
        ("有限责任公司", "1100"),
        ("股份合作制", "3400"),
        ("集体所有制", "3200"),
        ("集体企业", "3200"),
        ("集体分支机构(非法人)", "4320"),
        ("分公司", "2000"),
        ("股份有限公司", "1200"),
        ("有限责任公司外商投资企业", "5100"),
        ("有限责任公司港、澳、台", "6100"),
        ("集体经营单位(非法人)", "4420"),
        ("集体企业经营单位(非法人)", "4420"),
        ("股份合作制分支机构", "4340"),
        ("股份合作企业分支机构", "4340"),
        ("国有企业", "3100"),
        ("农民专业合作社", "9100"),
        ("有限责任公司(自然人投资或控股)", "1130"),
    ],
)
def test_kinds_of_enterprise_are_understood_as_registers_write_them(written: str, code: str) -> None:
    assert spellings(load().code_lists["enterprise_kind"])[written] == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("430(万元人民币)", "CNY"),
        ("21.52万人民币", "CNY"),
        ("100万元（人民币）", "CNY"),
        ("500(万美元)", "USD"),
        ("500万元(美元)", "USD"),
        ("80(万香港元)", "HKD"),
        ("9000(万日元)", "JPY"),
        ("60(万欧元)", "EUR"),
        ("20(万澳大利亚元)", "AUD"),
        ("80(万)", None),
    ],
)
def test_currencies_are_found_in_amounts(written: str, code: str | None) -> None:
    codes = load().code_lists["currency"]
    with duckdb.connect() as engine:
        engine.execute(create_spelling_type(codes))
        found = f"SELECT {currency_in_text(codes, 'written')} FROM (SELECT ? AS written)"
        assert engine.execute(found, [written]).fetchone() == (code,)


def test_areas_are_the_city_its_counties_and_their_streets_and_towns() -> None:
    areas = load().code_lists["area"].values
    assert Counter(len(a.code) for a in areas) == {6: 9, 9: 72}
    assert [(a.code, a.parent) for a in areas if a.code.endswith("00") and len(a.code) == 6] == [
        ("330000", None),
        ("330400", "330000"),
    ]
    assert all(a.parent == a.code[:6] for a in areas if len(a.code) == 9)


def test_divisions_are_of_the_sections_of_the_standard() -> None:
    lists = load().code_lists
    divisions = lists["industry_division"].values
    assert [d.code for d in divisions] == [f"{n:02}" for n in range(1, 98)]
    last = {d.parent: d.code for d in divisions}
    assert last == dict(
        zip(
            "ABCDEFGHIJKLMNOPQRST",
            [
                "05",
                "12",
                "43",
                "46",
                "50",
                "52",
                "60",
                "62",
                "65",
                "69",
                "70",
                "72",
                "75",
                "79",
                "82",
                "83",
                "85",
                "90",
                "96",
                "97",
            ],
            strict=True,
        )
    )
    assert [s.code for s in lists["industry_section"].values] == list(last)


def test_every_list_makes_a_type_that_gathering_can_use() -> None:
    session = duckdb.connect()
    for codes in load().code_lists.values():
        session.execute(create_spelling_type(codes))
