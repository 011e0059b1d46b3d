"""The one condition language of the platform: for one enterprise (`evaluate`), for all (`expression`), in words."""

from jiahe.rules.batch import columns, expression, row
from jiahe.rules.errors import WrongRule
from jiahe.rules.evaluate import Outcome, Reason, evaluate
from jiahe.rules.model import Known, Rule, Verdict, categories
from jiahe.rules.reading import parse, to_json
from jiahe.rules.subjects import resolve
from jiahe.rules.values import Facts
from jiahe.rules.words import VERDICTS, sentence

__all__ = [
    "VERDICTS",
    "Facts",
    "Known",
    "Outcome",
    "Reason",
    "Rule",
    "Verdict",
    "WrongRule",
    "categories",
    "columns",
    "evaluate",
    "expression",
    "parse",
    "resolve",
    "row",
    "sentence",
    "to_json",
]
