"""Error reports that say nothing of a reader's answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

PRIVATE_PREFIX = "/check/"


class PrivateReports(SafeExceptionReporterFilter):
    """Leaves cookies, posted data and local variables out of reports from under /check/."""

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        meta: dict[str, Any] = super().get_safe_request_meta(request)
        if not _is_private(request):
            return meta
        return {name: value for name, value in meta.items() if name not in _TELLING}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {} if _is_private(request) else super().get_safe_cookies(request)

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        return {} if _is_private(request) else super().get_post_parameters(request)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        if _is_private(request):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)


_TELLING = {"HTTP_COOKIE", "HTTP_REFERER", "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "RAW_URI"}


def _is_private(request: HttpRequest | None) -> bool:
    return request is not None and request.path.startswith(PRIVATE_PREFIX)
