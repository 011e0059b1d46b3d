"""What a declared source is: where it is, how it is asked, which category its records are of."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, quote_plus

from jiahe.catalogue import Category, Text
from jiahe.gathering.connectors.errors import MissingSecret
from jiahe.gathering.models import LoadMode, Outside

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")


class Kind(StrEnum):
    DATABASE = "database"
    REST = "rest"
    ON_DEMAND = "on_demand"


class Turning(StrEnum):
    """How a REST source turns its pages."""

    SINGLE = "single"
    PAGE = "page"
    OFFSET = "offset"
    CURSOR = "cursor"


@dataclass(frozen=True)
class Paging:
    """`param` carries the page, the offset or the cursor; `size_param` how many records a page has."""

    kind: Turning = Turning.SINGLE
    param: str = "page"
    first: int = 1
    size_param: str = ""
    size: int = 500
    cursor_path: str = ""


@dataclass(frozen=True)
class Source:
    """One source. In url, params and headers `${NAME}` stands for the environment variable of that name."""

    file: str
    code: str
    name: Text
    kind: Kind
    category: Category
    url: str
    outside: Outside | None = None
    query: str = ""
    method: str = "GET"
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    paging: Paging = Paging()
    data_path: str = ""
    aliases: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    schedule: str = ""
    mode: LoadMode = LoadMode.CHANGES
    timeout: int = 30

    def filled(self, text: str) -> str:
        """The text with its secrets; `MissingSecret` names what the environment lacks."""
        missing = [name for name in PLACEHOLDER.findall(text) if not os.environ.get(name)]
        if missing:
            raise MissingSecret(source=self.code, names="、".join(missing))
        return PLACEHOLDER.sub(lambda found: os.environ[found[1]], text)

    def all_filled(self, texts: dict[str, str]) -> dict[str, str]:
        return {name: self.filled(text) for name, text in texts.items()}

    def told(self, error: Exception) -> str:
        """One line about a failure, without any secret that a driver may have put into it."""
        line = str(error).strip().partition("\n")[0] or type(error).__name__
        for name in self.secrets:
            if secret := os.environ.get(name):
                for written in (secret, quote(secret, safe=""), quote_plus(secret)):
                    line = line.replace(written, "***")
        return line.rstrip("。.")
