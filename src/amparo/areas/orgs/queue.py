"""Whose a job is: a worker that was silent may lose it to another, and finds that out when it comes back.

How often a job was begun is the token: it grows when another takes the job up, and whoever has an earlier one changes
nothing more. What was given up without being taken up has its token still: if it went well after all, it never failed.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.db import connection
from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.middleware import AsyncCallNext, SyncCallNext
from procrastinate.signals import on_stop
from procrastinate.worker import Worker
from psycopg import AsyncConnection

logger = logging.getLogger(__name__)
#: Seconds for which a transaction of a worker may stand still. After that the worker is frozen or asleep, and the
#: database ends its connection, so that nobody waits for its locks.
STANDS_STILL = 60
_LET_GO = "SELECT set_config('idle_in_transaction_session_timeout', %s, false)"
_FORGET = """DELETE FROM procrastinate_jobs
WHERE id = %(id)s AND attempts = %(attempts)s AND status IN ('doing', 'failed') RETURNING id"""
_END = """UPDATE procrastinate_jobs SET status = %(status)s, attempts = attempts + 1, abort_requested = false
WHERE id = %(id)s AND attempts = %(attempts)s AND status IN ('doing', 'failed') RETURNING id"""
_LOOK = """SELECT id FROM procrastinate_jobs
WHERE id = %(id)s AND attempts = %(attempts)s AND status IN ('doing', 'failed') FOR SHARE"""
_TAKE_UP = """UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, abort_requested = false
WHERE id = %(id)s AND attempts = %(attempts)s AND status = 'doing'"""
_GIVE_UP = """UPDATE procrastinate_jobs SET status = 'failed'
WHERE id = %(id)s AND attempts = %(attempts)s AND status = 'doing'"""
# Whoever was silent for long is forgotten by the next worker that starts, and can take no job until it is known again.
_ALIVE = """INSERT INTO procrastinate_workers (id) OVERRIDING SYSTEM VALUE VALUES (%(id)s)
ON CONFLICT (id) DO UPDATE SET last_heartbeat = now()"""
_in_hand: ContextVar[Job | None] = ContextVar("in_hand", default=None)


class OwnJobs(JobManager):
    """The jobs of one worker, which ends only what is still its own."""

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """The next job, also for a worker that was forgotten while it was silent."""
        await self.update_heartbeat(worker_id)
        return await super().fetch_job(queues, worker_id)

    async def update_heartbeat(self, worker_id: int) -> None:
        """This worker lives."""
        await self.connector.execute_query_async(_ALIVE, id=worker_id)

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """It is over; nothing happens where another has taken it up."""
        sql = _FORGET if delete_job else _END
        try:
            found = await self.connector.execute_query_all_async(sql, **_token(job), status=status.value)
        except ConnectorException:  # it slept in the midst of it, and its connection was ended: once more, by another
            found = await self.connector.execute_query_all_async(sql, **_token(job), status=status.value)
        if not found:
            logger.info("Job %s was taken up by another worker while this one was silent. That one counts.", job.id)


class OwnWorker(Worker):
    """A worker that tells whether it was asked to end, or had to since something that it lives on failed."""

    broke = False
    _asked = False

    async def work(self) -> None:
        """Until it is asked to end, be it while it still opens its connections."""
        with on_stop(self._leave):
            self.app.perform_import_paths()  # type: ignore[no-untyped-call]
            async with self.app.open_async():
                if not self._asked:
                    await self.run()  # type: ignore[no-untyped-call]

    def _leave(self) -> None:
        self._asked = True
        self.stop()  # type: ignore[no-untyped-call]

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        """Until one of them has ended, which none does by itself; asked to end, this is cancelled."""
        await super()._monitor_side_tasks(side_tasks)
        self.broke = True


async def letting_go(queue: AsyncConnection[Any]) -> None:
    """On each connection of the queue: a transaction that stands still ends."""
    await queue.execute(_LET_GO, [f"{STANDS_STILL}s"])
    await queue.commit()


def standing_still(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Around each job, in its own thread: the same for its transactions."""
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO, [f"{STANDS_STILL}s"])
    return call_next()


async def take_up(queue: JobManager, job: Job) -> None:
    """Let it be begun again, if nobody has ended it or taken it up since it was looked at."""
    await queue.connector.execute_query_async(_TAKE_UP, **_token(job))


async def give_up(queue: JobManager, job: Job) -> None:
    """It is not begun again; whoever was silent may still end it well."""
    await queue.connector.execute_query_async(_GIVE_UP, **_token(job))


async def holding(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Around each job of a worker: know which one it is."""
    token = _in_hand.set(context.job)
    try:
        return await call_next()
    finally:
        _in_hand.reset(token)


def is_ours() -> bool:
    """Whether what is being done has not been taken up by another worker: so it stays until this transaction ends.

    Ask it in the transaction that writes what a long job found. Outside a worker nobody else could.
    """
    job = _in_hand.get()
    if job is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, _token(job))
        return cursor.fetchone() is not None


def _token(job: Job) -> dict[str, Any]:
    return {"id": job.id, "attempts": job.attempts}
