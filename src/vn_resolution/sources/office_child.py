"""The program that LibreOffice is started by, apart from the caller: limits its memory, and ends it with all that it
started, and removes its folder, when the caller says so or is gone (its end of standard input is closed).

usage: office_child.py FOLDER BYTES PROGRAM ARGUMENT…

This file is run as a script: it imports nothing of the package.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading


def main() -> None:
    """Runs the program to its end; the exit code is the program's."""
    folder, memory, *command = sys.argv[1:]
    _limit_memory(int(memory))
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    ending = threading.Lock()
    threading.Thread(target=_end_with_the_caller, args=(child, folder, ending), daemon=True).start()
    code = child.wait()
    with ending:
        _end(child)
        os._exit(code if code >= 0 else 128 - code)  # the thread still reads


def _limit_memory(most: int) -> None:
    """Of the data of each process, where the system has such limits; programs and libraries do not count."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


def _end_with_the_caller(child: subprocess.Popen[bytes], folder: str, ending: threading.Lock) -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    with ending:
        _end(child)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
