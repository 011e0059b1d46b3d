"""The worker as it is started, with jobs that another process hands in."""

import json
import signal
import time

from tests.conftest import Installation

PATIENCE = 60
HAND_IN = "from jiahe.kit.jobs import enqueue; print(enqueue('operator.truediv', {}, {}))"
ANSWERS = """
import json
from django_q.models import Task
print(json.dumps({t.id: [t.success, t.attempt_count] for t in Task.objects.all()}))
"""


def test_jobs_are_done_and_a_failing_one_is_kept_to_be_tried_again(installation: Installation) -> None:
    installation.run("check")
    good = installation.python(HAND_IN.format(6, 3)).strip()
    bad = installation.python(HAND_IN.format(6, 0)).strip()
    process = installation.start("worker")
    try:
        end = time.monotonic() + PATIENCE
        answers: dict[str, list[object]] = {}
        while len(answers) < 2 and time.monotonic() < end:
            time.sleep(0.5)
            answers = json.loads(installation.python(ANSWERS))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert answers == {good: [True, 1], bad: [False, 1]}
    left = installation.python("from django_q.models import OrmQ; print([q.task_id() for q in OrmQ.objects.all()])")
    assert left.strip() == str([bad])
