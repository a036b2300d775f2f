"""What a log may say: paths without their query, and nothing that a reader answered."""

from __future__ import annotations

import logging
import re
import traceback

from django.core.exceptions import BadRequest, SuspiciousOperation

REFUSALS = (BadRequest, SuspiciousOperation)
LONGEST_REFUSAL = 200
_QUERY = re.compile(r"(/\S*)\?\S*")
_PRIVATE = re.compile(r"/check/[^\s'\"]+")


class PrivateFilter(logging.Filter):
    """Cut every path at its query, and every path under /check/ to that prefix.

    An error raised under /check/ keeps its place and its kind. Its message is dropped, as it may
    repeat an answer. A request that makes no sense is told in one short line: anyone can send
    such requests, and a traceback each would flood the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = _QUERY.sub(r"\1", record.getMessage())
        if record.exc_info and isinstance(record.exc_info[1], REFUSALS):
            message, record.exc_info = message[:LONGEST_REFUSAL], None
        if "/check/" in message and record.exc_info and (kind := record.exc_info[0]):
            frames = "".join(traceback.format_tb(record.exc_info[2]))
            record.exc_text = f"Traceback (most recent call last):\n{frames}{kind.__name__}"
            record.exc_info = None
        record.msg, record.args = _PRIVATE.sub("/check/", message), None
        return True
