"""What a log may say: paths without their query, and nothing that a reader answered."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from legrelief import request_ids

PRIVATE_PREFIX = "/check/"
#: Where a reader tells something: an error there may repeat it.
TOLD_THERE = (PRIVATE_PREFIX, "/search/")
REFUSALS = (BadRequest, MultiPartParserError, PermissionDenied, SuspiciousOperation)
LONGEST_REFUSAL = 200
#: From the first "?" after a slash, whatever follows. A quote that ends the path, as in an access
#: log, stays.
_QUERY = re.compile(r"(?<!\S)([^\s/]*/[^\s?]*)\?\S*?(?=\"?(?:\s|$))")
#: To the end of the address, which may hold blanks and quotes: Django writes it without its %20.
_PRIVATE = re.compile(rf"{PRIVATE_PREFIX}.*?(?= HTTP/|[\"'](?:[\s,)]|$)|$)", re.MULTILINE)
#: gunicorn repeats what it could not read, which may be a cookie or a form.
_UNREADABLE = re.compile(r"(Invalid request from [^'\"]*).*", re.DOTALL)


class PrivateFilter(logging.Filter):
    """Cut every path at its query, and every path under /check/ to that prefix.

    An error raised there or in a search keeps its place and its kind. Its message is dropped, as
    it may repeat an answer or what was searched for. A request that was refused is told in one
    short line: anyone can send such requests, and a traceback each would flood the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = _UNREADABLE.sub(r"\1", _QUERY.sub(r"\1", record.getMessage()))
        if record.exc_info and isinstance(record.exc_info[1], REFUSALS):
            message, record.exc_info = message[:LONGEST_REFUSAL], None
        told = any(prefix in message for prefix in TOLD_THERE)
        if told and record.exc_info and (kind := record.exc_info[0]):
            record.exc_text = wordless(kind, record.exc_info[2])
            record.exc_info = None
        record.msg, record.args = _PRIVATE.sub(PRIVATE_PREFIX, message), None
        return True


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON, for machines that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_text or (record.exc_info and self.formatException(record.exc_info))
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_ids.current(),
            "error": error,
        }
        return json.dumps({name: value for name, value in line.items() if value})


def wordless(kind: type[BaseException], place: TracebackType | None) -> str:
    """Tell where an error was raised and of what kind it is, but not what it says."""
    frames = "".join(traceback.format_tb(place))
    return f"Traceback (most recent call last):\n{frames}{kind.__name__}"
