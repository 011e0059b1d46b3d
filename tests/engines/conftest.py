"""Each test of this folder runs on both engines: within `make test` on DuckDB, within `make test-spark` on the cluster."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.cluster import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The engine of the installation under test."""
    name: str = request.param
    address = request.getfixturevalue("cluster").address if name == "spark" else name
    monkeypatch.setenv("JIAHE_ENGINE", address)
    return name
