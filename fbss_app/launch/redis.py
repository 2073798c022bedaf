"""Finds out before the start whether calls can be counted where the settings say."""

from __future__ import annotations

from fbss_app.launch.checks import LaunchError


def check_redis(redis_url: str | None) -> None:
    """Ask Redis for a sign of life, if it is used.

    Raises:
        LaunchError: When it gives none.
    """
    if redis_url is None:
        return
    from fbss_app.server.call_counter import CallCounter, RedisUnreachableError

    try:
        CallCounter(redis_url).check()
    except RedisUnreachableError as error:
        raise LaunchError(
            f"Redis cannot be reached ({error}). Start it, correct FBSS_REDIS_URL, or leave "
            "FBSS_REDIS_URL out."
        ) from error
