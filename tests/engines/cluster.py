"""A real Spark standalone cluster for the run: a master, two workers and a Connect server, on this machine alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

from tools.setup import SPARK_HOME, java_home

HOST = "127.0.0.1"
WORKERS = 2
PATIENCE = 180  # seconds until a part that is not there is given up
LAST_WORDS = 5  # seconds that a process has to end by itself
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m"  # it lives for a minute: start soon, stay small


class Cluster:
    """Its processes, each the leader of a group to which the executors it starts belong."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="jiahe-spark-"))
        self.master_port, self.web_port, self.connect_port = free_ports(3)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.logs: list[IO[bytes]] = []

    @property
    def address(self) -> str:
        """What JIAHE_ENGINE is set to."""
        return f"sc://{HOST}:{self.connect_port}"

    def start(self) -> None:
        """Returns when both workers are registered and the Connect server answers."""
        master = f"spark://{HOST}:{self.master_port}"
        ports = ["--port", str(self.master_port), "--webui-port", str(self.web_port)]
        self._run("master", "spark-class", "org.apache.spark.deploy.master.Master", "--host", HOST, *ports)
        for number in range(WORKERS):
            own = [
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                str(self.folder / f"work-{number}"),
            ]
            kind = "org.apache.spark.deploy.worker.Worker"
            self._run(f"worker-{number}", "spark-class", kind, "--host", HOST, *own, master)
        self._until(lambda: len(self.workers()) == WORKERS)
        self._connect_server(master)
        self._until(lambda: answers(self.connect_port))

    def workers(self) -> list[dict[str, Any]]:
        """The workers that the master says are alive; none while it does not answer."""
        try:
            return [w for w in self.state()["workers"] if w["state"] == "ALIVE"]
        except (OSError, ValueError):  # it answers with a page until its parts are there
            return []

    def state(self) -> dict[str, Any]:
        """What the master says of itself."""
        with urllib.request.urlopen(f"http://{HOST}:{self.web_port}/json/", timeout=PATIENCE) as answer:
            state: dict[str, Any] = json.load(answer)
            return state

    def stop(self) -> None:
        """All processes end, those first that depend on others; and nothing of them is left."""
        for process in reversed(self.processes):
            signal_group(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=LAST_WORDS)
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
        for log in self.logs:
            log.close()
        shutil.rmtree(self.folder)

    def _connect_server(self, master: str) -> None:
        settings = {
            "spark.connect.grpc.binding.address": HOST,
            "spark.connect.grpc.binding.port": str(self.connect_port),
            "spark.driver.host": HOST,
            "spark.driver.bindAddress": HOST,
            "spark.executor.memory": "1g",
            "spark.executor.extraJavaOptions": JAVA,
            "spark.local.dir": str(self.folder),
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
            # Of few rows, and of hundreds of expressions: to interpret costs less than to compile, and so do few partitions.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
        }
        options = [text for key, value in settings.items() for text in ("--conf", f"{key}={value}")]
        kind = "org.apache.spark.sql.connect.service.SparkConnectServer"
        self._run(
            "connect", "spark-submit", "--class", kind, "--master", master, *options, "spark-internal", memory="1g"
        )

    def _run(self, name: str, program: str, *arguments: str, memory: str = "256m") -> None:
        environment = {
            **os.environ,
            "JAVA_HOME": str(java_home()),
            "SPARK_HOME": str(SPARK_HOME),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder),
            "SPARK_DAEMON_MEMORY": memory,
            "SPARK_DAEMON_JAVA_OPTS": JAVA,
        }
        log = (self.folder / f"{name}.log").open("wb")
        self.logs.append(log)
        command = [str(SPARK_HOME / "bin" / program), *arguments]
        started = subprocess.Popen(
            command, env=environment, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.processes.append(started)

    def _until(self, there: Any) -> None:
        """Wait for a part; one that ended, or does not come, is told with what it wrote last."""
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end or any(p.poll() is not None for p in self.processes):
                raise RuntimeError("\n".join(f"{p.name}\n{p.read_text()[-2000:]}" for p in self.folder.glob("*.log")))
            time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind((HOST, 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((HOST, port)) == 0


def signal_group(group: int, number: int) -> None:
    """Signal what there still is of a process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)
