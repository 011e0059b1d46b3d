"""Encryption inside the engine: phone and identity numbers are sealed before they are written anywhere."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType

from jiahe.kit.crypto import keyring

ENCRYPT, DIGEST = "jiahe_encrypt", "jiahe_digest"


def register(session: duckdb.DuckDBPyConnection) -> None:
    """Give a session the functions `jiahe_encrypt(text)` and `jiahe_digest(text)`; NULL stays NULL."""
    keys = keyring()
    for function, seal in ((ENCRYPT, keys.encrypt), (DIGEST, keys.digest)):
        session.create_function(
            function,
            _vectorised(seal),
            ["VARCHAR"],
            "VARCHAR",
            type=PythonUDFType.ARROW,
            side_effects=function == ENCRYPT,
        )


def _vectorised(seal: Callable[[str], str]) -> Callable[[pa.ChunkedArray], pa.Array]:
    def apply(texts: pa.ChunkedArray) -> pa.Array:
        return pa.array([None if t is None else seal(t) for t in texts.to_pylist()], pa.string())

    return apply
