"""Django's PostgreSQL backend with what every page gains from: prepared statements, pipelines, a cheap look whether
the server is still there."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

# How often a statement comes on one connection before it is prepared.
PREPARE_FROM = 5


class DatabaseWrapper(base.DatabaseWrapper):
    _prepare_cursor: Callable[[Any], CursorWrapper]

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"prepare_threshold": PREPARE_FROM}

    def is_usable(self) -> bool:
        """Whether the server has not hung up: unasked it only says that it goes. Asking it would take a round trip."""
        if self.connection is None or self.connection.closed:
            return False
        said = select.poll()
        said.register(self.connection.fileno(), select.POLLIN)
        return not said.poll(0)

    def prepared(self) -> CursorWrapper:
        """A cursor whose statements the server parses and plans once for each connection, if they come often."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: CursorWrapper = self._prepare_cursor(psycopg.Cursor(self.connection))
            return cursor

    @contextmanager
    def pipeline(self) -> Iterator[None]:
        """Within, statements travel together, until somebody waits for rows."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors, self.connection.pipeline():
            yield
