from __future__ import annotations

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from guide.counting.pages import count_view, is_view
from legrelief.middleware import Handler


def count_views(get_response: Handler) -> Handler:
    """Count each page that is shown, and what was found on it.

    It comes first, so that it sees what any other answers. A page that counts more than that it
    was shown says so: `response.counts` is then called as well.
    """
    if not settings.FEEDBACK:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_view(request, response):
            count_view(request.path_info)
            if counts := getattr(response, "counts", None):
                counts()
        return response

    return middleware
