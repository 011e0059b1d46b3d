"""A file of outcomes: CSV with the columns uscc, defaulted_on, reported_on, source, in any order."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from jiahe.scoring.errors import NotAnOutcomeFile

COLUMNS = ("uscc", "defaulted_on", "reported_on", "source")


@dataclass(frozen=True)
class Line:
    """The texts of a line by column; the header is line 1."""

    number: int
    texts: dict[str, str]


def read(file: Path) -> list[Line]:
    """Every line that is not empty; `NotAnOutcomeFile` where columns are missing or it is no text."""
    refusal = NotAnOutcomeFile(file=file.name, columns="、".join(COLUMNS))
    try:
        rows = csv.DictReader(StringIO(_text(file.read_bytes()), newline=""), restval="", strict=True)
        if not set(COLUMNS) <= {name.strip() for name in rows.fieldnames or ()}:
            raise refusal
        rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
        return [Line(rows.line_num, {name: row[name].strip() for name in COLUMNS}) for row in rows if any(row.values())]
    except (UnicodeDecodeError, csv.Error) as error:
        raise refusal from error


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
