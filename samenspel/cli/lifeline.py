"""A process that must not outlive its parent: it looks who its parent is and leaves when that changes.

Works for every way in which a parent can end (SIGKILL too) and for grandchildren, without operating system calls that
only Linux has.
"""

import os
import threading
import time

PARENT = "SAMENSPEL_PARENT"
_LOOK_EVERY = 0.25  # seconds; children must be gone within one second


def bind_to_parent() -> None:
    """Start watching when this process was started by our own supervisor."""
    if os.environ.get(PARENT):
        threading.Thread(target=_watch, args=(os.getppid(),), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)
