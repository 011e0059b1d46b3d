"""The records in a source's JSON answer."""

from __future__ import annotations

from typing import Any

import orjson

from jiahe.gathering.connectors.errors import WrongAnswer
from jiahe.gathering.connectors.source import Source

NO_JSON = "不是 JSON"


def rows_at(source: Source, body: bytes) -> list[dict[str, Any]]:
    """The objects in the list at the declared place; anything else is an answer that was not agreed upon."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise WrongAnswer(source=source.code, reason=NO_JSON) from error
    for step in filter(None, source.data_path.split(".")):
        if not isinstance(found, dict) or step not in found:
            raise WrongAnswer(source=source.code, reason=f"没有 {source.data_path}")
        found = found[step]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise WrongAnswer(source=source.code, reason=f"{source.data_path or '应答'} 不是记录的列表")
    return found
