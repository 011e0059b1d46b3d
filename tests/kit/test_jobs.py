from datetime import datetime

import pytest
from django.db import transaction
from django_q.models import OrmQ
from django_q.models import Schedule as Row

from jiahe.kit import jobs
from jiahe.kit.clock import ZONE
from jiahe.kit.jobs import Schedule, declare, enqueue, queue, synchronise

NIGHTLY = Schedule("tests: nightly", "time.sleep", "15 3 * * *", (0,))


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, Schedule]:
    found: dict[str, Schedule] = {}
    monkeypatch.setattr(jobs, "_declared", found)
    return found


@pytest.mark.django_db
def test_a_job_waits_with_its_arguments() -> None:
    enqueue("time.sleep", 7)
    (row,) = OrmQ.objects.all()
    assert (row.task["func"], row.task["args"]) == ("time.sleep", (7,))
    assert (queue().waiting, queue().running) == (1, 0)


@pytest.mark.django_db
def test_a_function_that_does_not_exist_is_refused_and_nothing_waits() -> None:
    with pytest.raises(ImportError):
        enqueue("jiahe.kit.jobs.no_such_function")
    assert queue().waiting == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_change_that_did_not_happen_does_not_wait() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - both lines belong to the change
        enqueue("time.sleep", 7)
        raise RuntimeError
    assert OrmQ.objects.count() == 0


@pytest.mark.django_db
def test_stored_schedules_become_what_the_code_declares(declared: dict[str, Schedule]) -> None:
    Row.objects.create(name="an old one", func="time.sleep", schedule_type=Row.DAILY)
    declare(NIGHTLY)
    synchronise()
    (row,) = Row.objects.filter(name=NIGHTLY.name)
    assert (row.func, row.cron, row.args, row.schedule_type) == ("time.sleep", "15 3 * * *", "(0,)", Row.CRON)
    assert row.next_run.astimezone(ZONE).strftime("%H:%M") == "03:15"
    assert not Row.objects.filter(name="an old one").exists()


@pytest.mark.django_db
def test_an_unchanged_schedule_keeps_its_next_run() -> None:
    declare(NIGHTLY)
    synchronise()
    wanted = datetime(2030, 1, 1, 3, 15, tzinfo=ZONE)
    Row.objects.filter(name=NIGHTLY.name).update(next_run=wanted)
    synchronise()
    assert Row.objects.get(name=NIGHTLY.name).next_run == wanted


def test_two_schedules_of_one_name_are_refused(declared: dict[str, Schedule]) -> None:
    declare(NIGHTLY)
    with pytest.raises(ValueError, match="tests: nightly"):
        declare(Schedule(NIGHTLY.name, "time.sleep", "0 4 * * *"))
    assert declared == {NIGHTLY.name: NIGHTLY}


def test_a_wrong_cron_line_is_refused(declared: dict[str, Schedule]) -> None:
    with pytest.raises(ValueError, match="61"):
        declare(Schedule("tests: wrong", "time.sleep", "61 3 * * *"))
    assert declared == {}
