"""Encryption inside the engine: phone and identity numbers are sealed before they are written anywhere."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType

from jiahe.kit.crypto import keyring

ENCRYPT, DIGEST, RESEAL = "jiahe_encrypt", "jiahe_digest", "jiahe_reseal"


def register(session: duckdb.DuckDBPyConnection) -> None:
    """Give a session the functions `jiahe_encrypt(text)`, `jiahe_digest(text)` and `jiahe_reseal(text)`; NULL stays NULL."""
    keys = keyring()
    for function, seal in ((ENCRYPT, keys.encrypt_all), (DIGEST, keys.digest_all), (RESEAL, keys.reseal_all)):
        session.create_function(
            function,
            _vectorised(seal),
            ["VARCHAR"],
            "VARCHAR",
            type=PythonUDFType.ARROW,
            side_effects=function != DIGEST,
        )


def _vectorised(seal: Callable[[list[str]], list[str]]) -> Callable[[pa.ChunkedArray], pa.Array]:
    def apply(texts: pa.ChunkedArray) -> pa.Array:
        # Equal values of one vector are sealed once: the digest beside them says anyway that they are equal.
        parts = pa.chunked_array(texts.chunks, pa.string()).combine_chunks().dictionary_encode()
        return pa.array(seal(parts.dictionary.to_pylist()), pa.string()).take(parts.indices)

    return apply
