"""Which machines may be talked to: only those with public addresses, so that no page reaches into a private network."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from pipeline.errors import InputError

Address: TypeAlias = IPv4Address | IPv6Address

_UNICAST = IPv6Network("2000::/3")
"""All that IANA gives out for the public IPv6 network; NAT64, IPv4-mapped and IPv4-compatible addresses are outside."""

# Inside it: addresses that carry an IPv4 address to which a gateway would lead, and those that are for no machine.
_NOT_MACHINES = tuple(
    IPv6Network(net)
    for net in (
        *("2002::/16", "2001::/32"),  # 6to4 (RFC 3056), Teredo (RFC 4380)
        *("2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32", "3fff::/20"),  # tests, identifiers, documents
    )
)
_RELAYS = IPv4Network("192.88.99.0/24")
"""The way into 6to4, withdrawn (RFC 7526)."""

_ISATAP = (0x00005EFE, 0x02005EFE)
"""The upper half of an interface identifier that holds an IPv4 address (RFC 5214)."""

_KEPT = "/:;,@!$&'()*+=~%-._"
_CHECK = "Check the address"


def is_public(address: Address) -> bool:
    """Whether an address is that of a machine on the public network, and leads to no other one."""
    if isinstance(address, IPv4Address):
        relay = address in _RELAYS
        return address.is_global and not address.is_multicast and not address.is_reserved and not relay
    embedded = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP
    outside = address not in _UNICAST or any(address in net for net in _NOT_MACHINES)
    return address.is_global and not embedded and not outside and address.scope_id is None


def resolve(host: str, port: int, allowed: frozenset[str], seconds: float) -> list[Address]:
    """The addresses of a host, each of which is public or in `allowed`.

    Raises InputError when the host is not known within so many seconds, or when one of its addresses is another.
    """
    found: list[Address] = []

    def look_up() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ip_address(place[0]))
        except (OSError, UnicodeError, ValueError):
            pass

    # getaddrinfo has no deadline of its own.
    asking = Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    addresses = list(dict.fromkeys(found))
    if asking.is_alive() or not addresses:
        raise InputError(f"no machine named {host!r} is known", "Check the address and the network")
    for address in addresses:
        if str(address) not in allowed and not is_public(address):
            raise InputError(
                f"{host!r} leads to {str(address)!r}, which is not on the public network", "Give a public address"
            )
    return addresses


def web_target(url: str) -> str:
    """An http or https address in ASCII, as it goes over the network, without its fragment.

    Raises InputError for another scheme, for one without a host, and for one with a user name or a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError) as error:
        raise InputError(f"{url!r} is not an address", _CHECK) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise InputError(f"{url!r} is not an http or https address", _CHECK)
    if not parts.hostname or "@" in parts.netloc:
        raise InputError(f"{url!r} has no host, or holds a password", _CHECK)
    path = quote(parts.path, safe=_KEPT) or "/"
    query = f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else ""
    return f"{parts.scheme.lower()}://{host}{'' if port is None else f':{port}'}{path}{query}"


def _ascii_host(host: str) -> str:
    """A host name as DNS knows it, an IPv6 address in brackets; raises UnicodeError for one that has no such form."""
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii").lower()
