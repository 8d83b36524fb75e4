"""The cookie that a personal link is exchanged for: the link's id, signed. Whether the link is still good is asked of
the database, at every click."""

from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

NAME: Final = "plumbline-link"
_SALT: Final = "plumbline personal link"


def sign(link_id: int, secret: str) -> str:
    """The value for the cookie."""
    signed = URLSafeSerializer(secret, _SALT).dumps(link_id)
    return signed if isinstance(signed, str) else signed.decode()


def read(value: str | None, secret: str) -> int | None:
    """The link's id, or None where there is no cookie or nobody here signed it."""
    if not value:
        return None
    try:
        found = URLSafeSerializer(secret, _SALT).loads(value)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
