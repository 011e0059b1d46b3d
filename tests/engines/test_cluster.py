"""The cluster is one, and an engine that is not there is said so in words."""

from __future__ import annotations

import socket
import sys
import time

import pyspark
import pytest

from jiahe.lake.engines import spark
from jiahe.lake.engines.frames import frames
from jiahe.lake.errors import SparkMissing, SparkUnreachable, UnknownEngine
from tests.engines.cluster import Cluster


@pytest.fixture(autouse=True)
def _started_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tests run side by side they are started from no file, which the client takes for its own doctests."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)


@pytest.mark.spark
def test_two_workers_work_for_the_connect_server(cluster: Cluster) -> None:
    with spark.cluster(cluster.address) as lake:
        assert lake.name == f"Spark {pyspark.__version__}"  # the client's
        hosts = lake.session.range(100, numPartitions=8).count()
    assert hosts == 100
    state = cluster.state()
    assert [(w["host"], w["cores"], w["coresused"]) for w in cluster.workers()] == [("127.0.0.1", 1, 1)] * 2
    assert [(app["cores"], app["state"]) for app in state["activeapps"]] == [(2, "RUNNING")]


@pytest.mark.parametrize("value", ["spark://10.0.0.1:7077", "sc://", "sc://10.0.0.1:x", "sc://h:1/;token", "polars"])
def test_an_engine_that_there_is_not_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("JIAHE_ENGINE", value)
    with pytest.raises(UnknownEngine, match="请设为 duckdb"), frames():
        pass


def test_a_cluster_that_does_not_answer_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"sc://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("JIAHE_ENGINE", f"{place}/;token=secret")
        began = time.monotonic()
        with pytest.raises(SparkUnreachable) as refused, frames():
            pass
    assert time.monotonic() - began < 5
    assert refused.value.sentence.startswith(f"Spark 集群 {place}/ 没有应答：1 s。")
    assert "secret" not in refused.value.sentence


def test_without_the_client_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grpc", None)
    monkeypatch.setenv("JIAHE_ENGINE", "sc://127.0.0.1:1")
    with pytest.raises(SparkMissing, match=r"pip install 'jiahe\[spark\]'"), frames():
        pass
