"""The desk as a person uses it: open a page, type, save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import reverse

from guide import models
from guide.models import Part, Unit
from guide.reading import articles
from guide.reading.live import live
from tests import make

UNITS: dict[str, Callable[[], Unit]] = {
    "article": make.article,
    "caution": make.caution,
    "claim": make.claim,
    "country": make.country,
    "faq": make.faq,
    "questionnaire": make.questionnaire,
    "routine": lambda: make.routine(steps=[make.stretch()]),
    "section": make.section,
    "source": make.source,
    "stretch": make.stretch,
    "synonym": make.synonym,
    "warningword": make.warning,
}


def address(row: Unit | Part, page: str = "change", *more: object) -> str:
    return reverse(f"admin:guide_{row._meta.model_name}_{page}", args=[row.pk, *more])


def print_beside(unit: Unit) -> None:
    """Publish every other unit there is, so that this one may be published too."""
    for model in models.UNITS:
        for other in model.objects.exclude(pk=unit.pk if model is type(unit) else None):
            make.published(other)


def opened(client: Client, url: str) -> dict[str, Any]:
    """Open a page with a form; return what its form would post if it was sent as it is."""
    return sent_back(client.get(url))


def sent_back(response: Any) -> dict[str, Any]:
    """Return what the form of an answer would post, as a browser would: with CRLF."""
    assert response.status_code == 200, response
    data: dict[str, Any] = {}
    for form in forms(response.context):
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            data[field.html_name] = _as_posted(value)
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = data[field.html_name]
    return data


def forms(context: Any) -> Iterator[Any]:
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


def _as_posted(value: Any) -> Any:
    if value is True:
        return "on"
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def save(client: Client, row: Unit | Part, **typed: Any) -> Any:
    """Open the page of a row, type, and save; say what came back."""
    url = address(row)
    return client.post(url, {**opened(client, url), **typed})


def ticked(response: Any) -> dict[str, Any]:
    """What an overtaken form posts once its box is ticked: mine in the place of theirs."""
    return {**sent_back(response), "writes_over": "on"}


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def press(client: Client, unit: Any, note: str = "A better word") -> Any:
    """Publish on the page that shows what changed; follow to where that leads."""
    url = address(unit, "publish")
    version = client.get(url).context["form"]["version"].value()
    return client.post(url, {"note": note, "version": version}, follow=True)


def tips(article: str = "ease-a-cramp") -> list[str]:
    page = articles.article(live(), article)
    return [tip["action"] for section in page["sections"] for tip in section["tips"]]
