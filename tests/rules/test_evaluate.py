"""Kleene's logic, and a reason for each condition."""

from __future__ import annotations

from itertools import product

import pytest

from jiahe.rules import Facts, Outcome, Verdict, categories, evaluate, parse
from jiahe.rules.days import later
from tests.rules.sample import TODAY, verdict

MET, NOT_MET, TO_VERIFY = Verdict.MET, Verdict.NOT_MET, Verdict.TO_VERIFY
FACTS = Facts(size="small", established_on=later(TODAY, -30))
SAYS: dict[Verdict, dict[str, object]] = {
    MET: {"fact": "size", "op": "=", "value": "small"},
    NOT_MET: {"fact": "size", "op": "=", "value": "large"},
    TO_VERIFY: {"declared": "由推介办推荐"},
}
RANK = {NOT_MET: 0, TO_VERIFY: 1, MET: 2}


@pytest.mark.parametrize(("one", "other"), list(product(Verdict, Verdict)))
def test_the_tables_of_and_and_or(one: Verdict, other: Verdict) -> None:
    both = [SAYS[one], SAYS[other]]
    assert verdict({"and": both}, FACTS) is min(one, other, key=RANK.__getitem__)
    assert verdict({"or": both}, FACTS) is max(one, other, key=RANK.__getitem__)


def test_the_table_of_not() -> None:
    assert {v: verdict({"not": SAYS[v]}, FACTS) for v in Verdict} == {MET: NOT_MET, NOT_MET: MET, TO_VERIFY: TO_VERIFY}


def test_no_conditions_are_met() -> None:
    assert evaluate(parse({"and": []}), Facts(), TODAY) == Outcome(MET, ())


def test_each_condition_has_its_reason() -> None:
    data = {"and": [{"fact": "age_months", "op": ">=", "value": 36}, {"or": [SAYS[MET], SAYS[TO_VERIFY]]}]}
    outcome = evaluate(parse(data), FACTS, TODAY)
    assert outcome.verdict is NOT_MET
    assert [(r.verdict, r.sentence, r.found) for r in outcome.reasons] == [
        (NOT_MET, "成立满 36 个月", "30 个月"),
        (MET, "企业规模为小型", "小型"),
        (TO_VERIFY, "由推介办推荐", ""),
    ]


def test_what_is_denied_is_said_and_judged_so() -> None:
    outcome = evaluate(parse({"not": {"or": [SAYS[MET], SAYS[NOT_MET], SAYS[TO_VERIFY]]}}), FACTS, TODAY)
    assert outcome.verdict is NOT_MET
    assert [(r.verdict, r.sentence) for r in outcome.reasons] == [
        (NOT_MET, "企业规模不为小型"),
        (MET, "企业规模不为大型"),
        (TO_VERIFY, "并非：由推介办推荐"),
    ]


def test_the_categories_that_decide_it() -> None:
    cases, grade = {"category": "0304", "op": "exists"}, {"category": "0206", "item": "grade", "op": "=", "value": "A"}
    rule = parse({"and": [SAYS[MET], {"not": cases}, {"or": [grade, SAYS[TO_VERIFY]]}, cases]})
    assert categories(rule) == {"0206", "0304"}
