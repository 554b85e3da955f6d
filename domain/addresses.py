"""Network addresses as they are written, and whom one of them stands for."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# `[v6]`, `[v6]:port` or `v4:port`, as some proxies name whom they forward for.
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5}", re.ASCII)
# A network hands whole blocks of this size to one customer, who may use all of it.
V6_BLOCK_BITS = 64
UNKNOWN = "-"
Address = IPv4Address | IPv6Address


def read_address(text: str) -> Address | None:
    """The address, without a port, an IPv4 one in IPv6 clothes as what it is; None
    when `text` is none.
    """
    match = _WITH_PORT.fullmatch(text.strip())
    try:
        address = ip_address((match[1] or match[2]) if match else text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def caller_at(address: str | None) -> str:
    """Who is counted as one caller: an IPv4 address, or a /64 of IPv6.

    `-` stands for all whose address is not known, as on a Unix socket.
    """
    read = read_address(address or "")
    if read is None:
        return UNKNOWN
    if isinstance(read, IPv4Address):
        return str(read)
    # Without the zone of a link-local address, which is no part of a network.
    return str(ip_network((int(read), V6_BLOCK_BITS), strict=False))
