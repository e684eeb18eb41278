"""Jobs in PostgreSQL: an arrival or a reading leaves one, and the process that is elected runs the sweeps for it.

A job says only "look": what there is to do is on the disk and in the database (`work`), so a job that is lost, or done
twice, changes nothing. One process at a time works: whoever holds an advisory lock of the database. The lock ends with
the connection, however that ends, so a process that was killed is replaced within seconds. What keeps the log whole is
not this lock but that of the archive (`custody.locking`).
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from threading import Event

import psycopg
from django.db import DatabaseError, close_old_connections, transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

__all__ = ["LOCK", "defer", "lead_until"]

LOCK = 0x5EC0_2DC0  # of whoever runs the sweeps, among the advisory locks of this database
QUEUE = "desk"
PAUSE = 2.0  # seconds between two attempts to be elected
WATCH = 5.0  # seconds between two looks at whether the lock is still ours

Act = Callable[[], None]

_LOG = logging.getLogger("secondcount.web.jobs")
_WORK: list[Act] = []  # what the elected process of this database does; set by `lead_until`


@app.task(name="desk.look", queue=QUEUE)
def look() -> None:
    """Run the sweeps until none has anything to do."""
    for act in _WORK:
        act()


@app.periodic(cron="* * * * *")
@app.task(name="desk.look_each_minute", queue=QUEUE)
def look_each_minute(timestamp: int) -> None:  # noqa: ARG001 - the signature is procrastinate's
    """Run the sweeps, whether or not a job was left for it."""
    look()


def defer() -> None:
    """Leave a job: "look". It becomes visible with the transaction that it is left in; one is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        look.configure(queueing_lock="desk.look").defer()


def lead_until(stopped: Event, database: str, work: Act, beat: Act) -> None:
    """Try to be elected, work while elected, and begin again, until told to stop."""
    _WORK[:] = [work]
    while not stopped.is_set():
        try:
            with psycopg.connect(database, autocommit=True, application_name=f"desk-worker-{os.getpid()}") as held:
                if _elected(held):
                    defer()  # what was left while nobody was elected is looked at now
                    close_old_connections()
                    asyncio.run(_work(held, stopped, beat))
        except (psycopg.Error, DatabaseError, ConnectorException, OSError) as error:
            _LOG.warning("the database does not answer, trying again: %s", type(error).__name__)
        stopped.wait(PAUSE)


def _elected(held: psycopg.Connection) -> bool:
    row = held.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    return bool(row and row[0])


async def _work(held: psycopg.Connection, stopped: Event, beat: Act) -> None:
    """Run jobs for as long as the lock is ours."""
    worker: App = app.with_connector(DjangoConnector().get_worker_connector())
    async with worker.open_async():
        running = asyncio.create_task(
            worker.run_worker_async(
                queues=[QUEUE],
                concurrency=1,
                install_signal_handlers=False,
                fetch_job_polling_interval=WATCH,
                shutdown_graceful_timeout=WATCH,
                delete_jobs="always",
            )
        )
        watching = asyncio.create_task(_watch(held, stopped, beat))
        done, _ = await asyncio.wait({running, watching}, return_when=asyncio.FIRST_COMPLETED)
        for one in {running, watching} - done:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
        for one in done:
            one.result()


async def _watch(held: psycopg.Connection, stopped: Event, beat: Act) -> None:
    """Return when told to stop; raise what the connection says when it is gone, and the lock with it."""
    while not stopped.is_set():
        await asyncio.to_thread(held.execute, "SELECT 1")
        await asyncio.to_thread(beat)
        await asyncio.to_thread(stopped.wait, WATCH)
