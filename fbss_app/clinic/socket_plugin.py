"""The Reflex plugin that lets staff pages find the websocket wherever the site is served.

Reflex writes the address of the machine that built the site into it; one build serves every port
and every host name here. `rxconfig.py` imports this module, so it must not import the app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_PLACEHOLDER = "ws://localhost/address-of-the-page"
_OWN_ADDRESS = '`${location.protocol==="https:"?"wss":"ws"}://${location.host}/_event`'


class SocketAddressError(RuntimeError):
    """The built site does not hold the address as expected, so the build must not be used."""


class SocketPlugin(Plugin):
    """Replaces the websocket's address by that of the page."""

    def update_env_json(self, **_context: Any) -> dict[str, Any]:
        """Put a mark where the address stands."""
        return {"EVENT": _PLACEHOLDER}

    def post_build(self, **context: Any) -> None:
        """Replace the mark in the built site."""
        use_own_address(Path(context["static_dir"]))


def use_own_address(static_dir: Path) -> None:
    """Let the one script that knows the websocket's address work it out from the page's.

    Args:
        static_dir: The folder that is served.

    Raises:
        SocketAddressError: There is not exactly one such script, with one such address.
    """
    scripts = list((static_dir / "assets").glob("reflex-env-*.js"))
    if len(scripts) != 1:
        raise SocketAddressError(f"{len(scripts)} scripts know the addresses of the server.")
    source = scripts[0].read_text(encoding="utf-8")
    for quote in "`\"'":
        written = f"{quote}{_PLACEHOLDER}{quote}"
        if source.count(written) == 1:
            scripts[0].write_text(source.replace(written, _OWN_ADDRESS), encoding="utf-8")
            return
    raise SocketAddressError(f"{scripts[0].name} does not hold the websocket's address once.")
