from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guide.pages import structured
from guide.pages.countries import plain
from guide.reading import faqs
from guide.reading.live import stamp
from guide.views.page import page, read_only


@read_only
def questions(request: HttpRequest) -> HttpResponse:
    now = stamp()
    groups = faqs.groups(now)
    chosen = request.GET.get("group", "")
    shown = [group for group in groups if group["name"] == chosen]
    asked = [faq for group in shown or groups for faq in group["faqs"]]
    standing = faqs.standing(groups)
    described = structured.faq_page([_described(faq) for faq in asked])
    context = {
        "groups": groups,
        "shown": shown or groups,
        "chosen": chosen if shown else "",
        "described_as": described | (structured.dated(**standing) if standing else {}),
        "standing": standing,
    }
    return page(request, "guide/faqs/faq.html", now, context)


def _described(faq: faqs.FAQPage) -> tuple[str, str, str]:
    """Return the address of a question, its words and its answer."""
    address = f"{reverse('faq')}#{faq['slug']}"
    return address, plain(faq["question"], []), plain(faq["answer"], [])
