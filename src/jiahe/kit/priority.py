"""Work that nobody sits and waits for steps back behind the pages that somebody does wait for."""

from __future__ import annotations

import os

BACKGROUND = 5  # a third of the processor time of a page that wants it too


def step_back() -> None:
    """Let this thread, and what it starts, run only where others leave room; never further forward than it was."""
    os.nice(max(0, BACKGROUND - os.nice(0)))
