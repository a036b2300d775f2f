"""A wire to a server that can go dead: whoever calls is let in, and no byte passes any more."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Wire:
    """Bytes pass both ways while `alive` is set."""

    def __init__(self, call: Callable[[], socket.socket]) -> None:
        self.alive = Event()
        self.alive.set()
        self._call = call
        self._ends = [socket.create_server(("127.0.0.1", 0))]
        self.port: int = self._ends[0].getsockname()[1]
        Thread(target=self._let_in, daemon=True).start()

    def cut(self) -> None:
        """Wake whoever still waits on it."""
        self.alive.set()
        for end in self._ends:
            with suppress(OSError), end:
                end.shutdown(socket.SHUT_RDWR)

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                caller, server = self._ends[0].accept()[0], self._call()
                self._ends += [caller, server]
                for ends in ((caller, server), (server, caller)):
                    Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self.alive.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def wire(call: Callable[[], socket.socket]) -> Iterator[Wire]:
    """Lay a wire to the server that `call` calls."""
    laid = Wire(call)
    try:
        yield laid
    finally:
        laid.cut()
