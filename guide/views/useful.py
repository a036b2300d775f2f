"""Was this page useful? A number goes up by one, and nothing else is kept."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guide.counting.limits import PerMinute
from guide.counting.pages import count_answer
from guide.reading.live import live
from guide.reading.useful import asking_page
from guide.views.page import SeeOther, page

ANSWERS = {"yes": True, "no": False}
#: More than this for one page in a minute are not readers. See also the limits of the proxy.
answers_per_minute = PerMinute(30)


# A kept page can hold no CSRF token. It needs none: all that a forged form could do here is
# to add 1, and those that a browser calls forged are refused.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest) -> HttpResponse:
    """Count an answer on POST; thank for it."""
    if not settings.FEEDBACK:
        raise Http404
    if request.method != "POST":
        return _thanks(request, request.GET.get("page", ""))
    if not is_own_form(request):
        raise PermissionDenied
    path, answer = request.POST.get("page", ""), request.POST.get("useful", "")
    if answer not in ANSWERS or not asking_page(live(), path):
        raise BadRequest("Not an answer to a page that asks")
    if not answers_per_minute.allows(path):
        return _thanks(request, path, status=429)
    count_answer(path, useful=ANSWERS[answer])
    return SeeOther(reverse("useful", query={"page": path}))


def is_own_form(request: HttpRequest) -> bool:
    """Tell whether the browser says that a form came from a page of this site.

    Browsers say it in `Sec-Fetch-Site`, older ones only in `Origin`. One that says neither is
    not believed.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in {None, "same-origin"} or (site is None and origin is None):
        return False
    # Not taken apart as an address: what is none, a forged one may well be, is only unlike.
    return origin is None or origin.partition("://")[2] == request.get_host()


def _thanks(request: HttpRequest, path: str, status: int = 200) -> HttpResponse:
    now = live()
    context = {"back": asking_page(now, path), "counted": status == 200}
    return page(request, "guide/useful/thanks.html", now, context, status=status)
