from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading import faqs
from guide.reading.live import live
from guide.views.page import page, read_only


@read_only
def questions(request: HttpRequest) -> HttpResponse:
    now = live()
    groups = faqs.groups(now)
    chosen = request.GET.get("group", "")
    shown = [group for group in groups if group["name"] == chosen]
    context = {
        "groups": groups,
        "shown": shown or groups,
        "chosen": chosen if shown else "",
        "standing": faqs.standing(groups),
    }
    return page(request, "guide/faqs/faq.html", now, context)
