"""Error reports that say nothing of a reader's answers, nor of what was searched for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from legrelief.logs import PRIVATE_PREFIX, TOLD_THERE, wordless

#: The one page there that is the same for everyone: it shows the rules and asks nothing.
PUBLIC_PAGE = "/check/rules/"


class PrivateReporter(ExceptionReporter):
    """Of an error under /check/ and in a search it tells the place and the kind, and nothing else.

    This goes for error mail and for the error pages of developers: an address, a cookie, a form,
    a local variable and the words of an error may each hold an answer.
    """

    def get_traceback_text(self) -> SafeString:
        if not may_repeat(self.request):
            return super().get_traceback_text()
        said = wordless(self.exc_type, self.tb) if self.exc_type else f"At {PRIVATE_PREFIX}"
        return SafeString(said)

    def get_traceback_html(self) -> SafeString:
        if not may_repeat(self.request):
            return super().get_traceback_html()
        return format_html("<title>Error</title><pre>{}</pre>", str(self.get_traceback_text()))


def may_repeat(request: HttpRequest | None) -> bool:
    """Tell whether an error may repeat what a reader told."""
    return is_private(request) or (
        request is not None
        and request.path_info != PUBLIC_PAGE
        and request.path_info.startswith(TOLD_THERE)
    )


def is_private(request: HttpRequest | None) -> bool:
    """Tell whether a request is about a reader's answers."""
    if request is None or request.path_info == PUBLIC_PAGE:
        return False
    return request.path_info.startswith(PRIVATE_PREFIX)
