"""What of a text no database keeps alike: a NUL, and halves of characters that are none alone."""

_UNSTORABLE = {0, *range(0xD800, 0xE000)}
_LEFT_OUT = dict.fromkeys(_UNSTORABLE)


def is_storable(text: str) -> bool:
    """Say whether a text can be stored as it is."""
    return _UNSTORABLE.isdisjoint(map(ord, text))


def storable(text: str) -> str:
    """Leave out of a text what cannot be stored."""
    return text.translate(_LEFT_OUT)
