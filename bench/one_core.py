"""Run a command on one core with its output in a file, and print what it took. A small process of its own:

what a child is said to have used at most includes what its parent held when it was started.
"""

import json
import os
import resource
import subprocess
import sys
import time


def main() -> None:
    """Arguments: the file for the output, then the command."""
    target, *command = sys.argv[1:]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    with open(target, "wb") as output:  # noqa: PTH123 (pathlib alone would take more memory than some children)
        subprocess.run(command, stdout=output, check=True)
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "max_rss_mb": round(used.ru_maxrss / 1024, 1),
        "written_mb": round(os.stat(target).st_size / 1e6),  # noqa: PTH116
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
