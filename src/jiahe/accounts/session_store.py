"""Django's sessions in the database, read in plain SQL because every request waits for it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from jiahe.kit.statements import moment, send

_QUERY = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """They end by the clock that Django set their end by."""

    def load(self) -> dict[str, Any]:
        rows = send(_QUERY, [self.session_key, moment(timezone.now())])()
        if not rows:
            self._session_key = None
            return {}
        return dict(self.decode(rows[0][0]))
