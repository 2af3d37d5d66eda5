"""Doing something without root's powers, whoever runs the tests."""

import os
import pwd
import traceback
from collections.abc import Callable

import pytest


def without_root(task: Callable[[], None]) -> None:
    """Do `task` in a process of its own under an ordinary account, and fail as it fails."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            pytest.fail("It failed in the process without root's powers; see above.")
        return
    exit_code = 1
    try:
        if os.geteuid() == 0:
            ordinary = pwd.getpwnam("nobody")
            os.setgroups([])
            os.setgid(ordinary.pw_gid)
            os.setuid(ordinary.pw_uid)
        task()
        exit_code = 0
    finally:
        if exit_code:
            traceback.print_exc()
        os._exit(exit_code)
