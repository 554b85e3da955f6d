"""Starts a server that cannot outlive its parent; run as a script.

    python embedded_guard.py PARENT_PID COMMAND...

On Linux the kernel is asked to send SIGTERM when the parent dies, and the command
takes this process's place. Elsewhere this process stays, and stops the command as
soon as its standard input, a pipe whose other end the parent holds, is closed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading

PR_SET_PDEATHSIG = 1
STOP_S = 10
LINUX = sys.platform.startswith("linux")


def main(parent: int, command: list[str]) -> int:
    if LINUX:
        die_with_parent(parent)
        os.execv(command[0], command)  # noqa: S606  no shell is the point
    return _watch(command)


def die_with_parent(parent: int) -> None:
    """Asks for SIGTERM when the process `parent`, our own, has died; Linux alone."""
    if not LINUX:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def _watch(command: list[str]) -> int:
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  ours
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())

    def stop_at_end_of_input() -> None:
        sys.stdin.buffer.read()
        server.terminate()
        try:
            server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()

    threading.Thread(target=stop_at_end_of_input, daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
