"""Reply addresses: the programme's own address with a secret after a plus sign (RFC 5233), which places a reply."""

from django.conf import settings

SEPARATOR = "+"


def own_address() -> str:
    """The address at which the programme takes mail; empty when it takes none."""
    address: str = settings.KAZIPOT_MAIL_REPLY
    return address.strip().lower()


def reply_address(token: str) -> str:
    """Where a reply goes to: `name+token@domain`; empty when the programme takes no mail."""
    name, _at, domain = own_address().partition("@")
    return f"{name}{SEPARATOR}{token}@{domain}" if domain else ""


def token_of(address: str) -> str | None:
    """The secret in an address of ours ("" when it is the bare address); None when it isn't ours."""
    name, _at, domain = address.strip().lower().rpartition("@")
    own_name, _own_at, own_domain = own_address().rpartition("@")
    if not own_name or domain != own_domain:
        return None
    first, separator, token = name.partition(SEPARATOR)
    if first != own_name:
        return None
    return token if separator else ""
