"""Every test has a data folder of its own; the databases are SQLite, or a PostgreSQL that the run starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import hypothesis
import pytest

from tests.postgresql import Server

KINDS = ("sqlite", "postgresql")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "installation"}
DOCUMENT_TABLES = ("document", "layout", "dictionary", "watermark")
SERVER = pytest.StashKey[Server]()
BASE = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=KINDS, default="sqlite", help="the relational database of the run")


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: nothing of the developer's own installation may be used.

    Where several processes test side by side, each has a data folder and a PostgreSQL of its own. The one that hands
    out the tests has neither, and must set nothing: the others would take it over before they come here.
    """
    if _hands_out(config):
        return
    for name in [n for n in os.environ if n.startswith("JIAHE_") or n == "DATABASE_URL"]:
        del os.environ[name]
    base = config.stash[BASE] = Path(tempfile.mkdtemp(prefix="jiahe-tests-"))
    os.environ["JIAHE_HOME"] = str(base)
    os.environ["JIAHE_CONFIG"] = str(base / "jiahe.toml")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if config.getoption("--database") == "postgresql":
        server = config.stash[SERVER] = Server()
        server.start()
        os.environ["DATABASE_URL"] = server.url()
    django.setup()
    # The same examples on every machine, however busy it is, and nothing left in the working folder.
    slow, shared = hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture
    steady = hypothesis.settings(deadline=None, derandomize=True, database=None, suppress_health_check=[slow, shared])
    hypothesis.settings.register_profile("steady", steady)
    hypothesis.settings.load_profile("steady")


def _hands_out(config: pytest.Config) -> bool:
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    if BASE in config.stash:
        shutil.rmtree(config.stash[BASE])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") == "sqlite":
        reason = pytest.mark.skip(reason="needs PostgreSQL: make test-pg")
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(reason)
    else:
        _leave_out(config, items, [item for item in items if not _touches_a_database(item)])
    if not config.getoption("markexpr"):
        apart = [item for item in items if any(map(item.get_closest_marker, ("faults", "spark")))]
        _leave_out(config, items, apart)


def _touches_a_database(item: pytest.Item) -> bool:
    """What does not say the same of both: it ran with SQLite already."""
    marked = any(map(item.get_closest_marker, ("django_db", "postgresql")))
    return marked or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def _leave_out(config: pytest.Config, items: list[pytest.Item], some: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=some)
    left = set(some)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """A server of the run's own goes with all its databases: none is dropped by itself, which an open session would stop."""
    return SERVER in request.config.stash


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder for this test alone, in which nothing is remembered of the one before."""
    from jiahe.creditfile.documents import store
    from jiahe.products.queries import shelf

    path = tmp_path / "home"
    monkeypatch.setenv("JIAHE_HOME", str(path))
    yield path
    store.forget()
    shelf.forget()


@pytest.fixture(autouse=True)
def _no_documents_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Documents lie in tables of their own, which Django does not empty after a test that commits."""
    from django.db import connections

    from jiahe.creditfile.documents.store import alias

    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    if alias() == "default" or marker.kwargs.get("databases"):
        with connections[alias()].cursor() as cursor:
            for table in DOCUMENT_TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS creditfile_{table}")


@dataclass(frozen=True)
class Installation:
    """A data folder and a database of their own, worked on from outside with the command `jiahe`."""

    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str | Path, code: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; asserts its exit code, unless that is None."""
        done = subprocess.run(
            self.command(*arguments), env=self.environment | environment, capture_output=True, text=True
        )
        assert code is None or done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        """Start a command, for a test that does something to it while it runs."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def python(self, code: str) -> str:
        """What a piece of Python prints that runs within this installation."""
        program = f"import django; django.setup()\n{code}"
        return subprocess.check_output([sys.executable, "-c", program], env=self.environment, text=True)

    @staticmethod
    def command(*arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "jiahe.cli", *map(str, arguments)]


def _fresh(home: Path, pytestconfig: pytest.Config) -> Installation:
    environment = {**os.environ, "JIAHE_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    environment["DJANGO_SETTINGS_MODULE"] = "jiahe.settings"
    if SERVER in pytestconfig.stash:
        environment["DATABASE_URL"] = pytestconfig.stash[SERVER].new_database()
    return Installation(home, environment)


@pytest.fixture
def installation(tmp_path: Path, pytestconfig: pytest.Config) -> Installation:
    """A fresh installation for tests of commands, of killed processes, of several processes at once."""
    return _fresh(tmp_path / "installation", pytestconfig)


@pytest.fixture
def other_installation(tmp_path: Path, pytestconfig: pytest.Config) -> Installation:
    """A second one, to compare with."""
    return _fresh(tmp_path / "other-installation", pytestconfig)
