"""Processes that end with the one that started them, also when that one was killed.

Whoever is left behind would go on: answering requests beside a new server, with an old
database or old code, or waiting for work that nobody hands out any more.
"""

import multiprocessing
import os
import signal
import threading
import time

LAST_WORK = 10  # seconds for finishing what is under way
LOOK_EVERY = 1.0  # seconds


def end_with_parent() -> None:
    """Called in a process that ``multiprocessing`` started."""
    parent = multiprocessing.parent_process()
    known = None if parent is None else parent.pid
    number = os.getppid() if known is None else known
    threading.Thread(target=_watch, args=(number,), daemon=True).start()


def is_orphan(parent: int) -> bool:
    return os.getppid() != parent


def _watch(parent: int) -> None:
    while not is_orphan(parent):
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORK)
    os.kill(os.getpid(), signal.SIGKILL)
