"""The cookie that a personal link is exchanged for: its id and key, signed. Whether the link is still good is asked of
the database, at every click."""

from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

NAME: Final = "plumbline-link"
_SALT: Final = "plumbline personal link"


def sign(link_id: int, key: str, secret: str) -> str:
    """The value for the cookie of a link."""
    signed = URLSafeSerializer(secret, _SALT).dumps([link_id, key])
    return signed if isinstance(signed, str) else signed.decode()


def read(value: str | None, secret: str) -> tuple[int, str] | None:
    """The link's id and key, or None where there is no cookie or nobody here signed it."""
    if not value:
        return None
    try:
        match URLSafeSerializer(secret, _SALT).loads(value):
            case [int(link_id), str(key)]:
                return link_id, key
    except BadSignature:
        return None
    return None
