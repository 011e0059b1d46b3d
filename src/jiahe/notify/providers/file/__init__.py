"""Appends each message to a file of the day below JIAHE_HOME/outbox, which its owner alone may read."""

from __future__ import annotations

import json
import os

from jiahe.kit import clock
from jiahe.kit.home import folder
from jiahe.notify.providers import Letter


def send(letter: Letter) -> None:
    path = folder("outbox") / f"{clock.today()}.jsonl"
    line = {"uid": letter.uid, "at": clock.now().isoformat(), "to": letter.phone, "text": letter.text}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
