"""The worker as it is started, with jobs that another process hands in."""

import json
import os
import signal
import subprocess
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


def test_a_signal_to_the_whole_process_group_ends_it_and_all_it_started(installation: Installation) -> None:
    installation.run("check")
    command = installation.command("worker")
    with subprocess.Popen(
        command, env=installation.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        while "Ctrl+C" not in process.stdout.readline():
            pass
        time.sleep(3)  # until its workers wait for jobs, which is when it used to be caught
        os.killpg(process.pid, signal.SIGTERM)
        process.stdout.read()  # ends when the last of them has closed it
        assert process.wait(timeout=PATIENCE) == 0
