"""Background work of the organisations, and of the queue itself."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import queue, sessions

#: Seconds: how often a worker says that it lives, and after which silence another takes it for killed.
ALIVE_EVERY, SILENT = 5, 20
# Hours for which a job that failed can still be looked at.
_KEPT = 30 * 24


@app.periodic(cron="41 * * * *")
@app.task(pass_context=False, queueing_lock="sweep_sessions")
def sweep_sessions(timestamp: int) -> None:
    """Every hour: forget the sessions that are over."""
    sessions.sweep()


@app.periodic(cron="* * * * *")
@app.task(pass_context=True, queueing_lock="take_up_interrupted")
async def take_up_interrupted(context: JobContext, timestamp: int) -> None:
    """Every minute: take up what a silent worker had in hand, once; what comes by the clock comes again anyway.

    It may be killed or only asleep: should it come back, it finds that the job is no longer its own (queue).
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        if job.worker_id == context.job.worker_id:
            continue  # this worker lives: the machine slept
        if job.queueing_lock or job.attempts:
            await queue.give_up(jobs, job)
        else:
            await queue.take_up(jobs, job)


@app.periodic(cron="17 4 * * *")
@app.task(pass_context=True, queueing_lock="forget_old_jobs")
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every night: forget the jobs that ended long ago; those that went well go at once."""
    jobs = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=_KEPT, include_failed=True, include_cancelled=True, include_aborted=True)
