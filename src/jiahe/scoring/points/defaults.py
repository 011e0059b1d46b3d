"""The indicator system that a city begins with."""

from __future__ import annotations

from importlib.resources import files

import yaml

from jiahe.scoring.points.measures import named
from jiahe.scoring.points.system import System
from jiahe.scoring.points.written import read


def default() -> System:
    text = (files("jiahe.scoring.points") / "default.yaml").read_text(encoding="utf-8")
    return read(yaml.safe_load(text), named())
