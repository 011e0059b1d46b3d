"""A PostgreSQL server for one test run: the installed programs, a temporary folder, a socket, no durability."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "jiahe"
# A run that ends loses nothing that anybody wants: every promise about power cuts is switched off.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=256MB"


def programs() -> Path:
    """Where the newest installed server's programs lie."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("PostgreSQL is not installed: make setup-tests installs it")
    return Path(on_path).resolve().parent


class Server:
    """Started by `start`; reachable through a socket only; nothing is left after `stop`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="jiahe-postgresql-", dir="/tmp"))
        self._numbers = itertools.count(1)

    def start(self) -> None:
        account = _account()
        if account:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", self._data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"{FAST} -c listen_addresses='' -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)
        shutil.rmtree(self.folder)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The URL of an empty database of its own."""
        name = f"installation_{os.getpid()}_{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", OWNER, name)
        return self.url(name)

    @contextmanager
    def database_on(self, disk: Path) -> Iterator[str]:
        """The URL of a database whose tables lie on a disk of their own; the server's journal stays where it is."""
        name = f"small_{os.getpid()}_{next(self._numbers)}"
        place = disk / name
        place.mkdir()
        if account := _account():
            os.chown(place, account.pw_uid, account.pw_gid)
        connect = ("-h", str(self.folder), "-U", OWNER)
        self._run("psql", *connect, "-q", "-d", "postgres", "-c", f"CREATE TABLESPACE {name} LOCATION '{place}'")
        self._run("createdb", *connect, "-D", name, name)
        yield self.url(name)
        self._run("dropdb", *connect, "--force", name)
        self._run("psql", *connect, "-q", "-d", "postgres", "-c", f"DROP TABLESPACE {name}")

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        """The server refuses to run as root, so that root runs it as somebody else."""
        account = _account()
        subprocess.run(
            [programs() / program, *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def _account() -> pwd.struct_passwd | None:
    """Whom root lends the server to; None for anybody else, who runs it himself."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")
