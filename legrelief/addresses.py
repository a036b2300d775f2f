"""From which address a request comes: told by the connection, or by a proxy that is trusted."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

#: A home or a phone has as many addresses of IPv6 as it likes within such a network.
HOME = 64


def client_address(request: HttpRequest) -> str:
    """Return the address of who asks; empty if there is none that makes sense.

    Behind the proxy it is the last one in X-Forwarded-For, as the proxy itself added that one.
    Whatever stands before it was sent by who asks, and may be made up.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2]
    try:
        address = ip_address(told.strip())
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def place(address: str) -> str:
    """Return what counts as one address: with IPv6 the network of a home."""
    if ":" not in address:
        return address
    bits = int(ip_address(address)) >> (128 - HOME) << (128 - HOME)
    return f"{IPv6Address(bits)}/{HOME}"
