"""The developers' page: its rule reads as it says, its program runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jiahe.rules import parse, sentence
from jiahe.rules.model import And

PAGE = (Path(__file__).resolve().parents[2] / "docs/developer/rules.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    [text] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def test_the_rule_reads_as_the_page_says() -> None:
    rule = parse(json.loads(block("json")))
    assert isinstance(rule, And)
    assert [sentence(one) for one in rule.rules] == block("text").splitlines()


def test_the_program_runs() -> None:
    exec(compile(block("python"), "rules.md", "exec"), {})
