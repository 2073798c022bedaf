"""A day as the pages of staff write it."""

from datetime import datetime


def day_words(time: datetime) -> str:
    """Write the day of a time, such as `28 Nov 2026`."""
    return f"{time.day} {time:%b %Y}"
