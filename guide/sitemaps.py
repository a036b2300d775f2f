"""The map of the site for search engines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from guide.reading.addresses import Address, all_addresses
from guide.reading.live import live

if TYPE_CHECKING:
    Addresses = Sitemap[Address]
else:
    Addresses = Sitemap


class GuideSitemap(Addresses):
    """Every public page, with the day from which it reads as it does."""

    #: Search engines take up to 50,000, but a page of a map need not be that long.
    limit = 5000

    def items(self) -> list[Address]:
        return all_addresses(live())

    def location(self, item: Address) -> str:
        return item.path

    def lastmod(self, item: Address) -> datetime | None:
        return item.since

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).scheme or super().get_protocol(protocol)

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).netloc or super().get_domain(site)


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"guide": GuideSitemap}
