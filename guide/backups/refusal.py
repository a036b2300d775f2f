from __future__ import annotations


class CannotDo(Exception):
    """A backup or a restore that would lose something, or that did not come out whole."""
