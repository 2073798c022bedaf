"""What a page says when a call to the server did not do what was asked."""

import reflex as rx
from reflex.vars import StringVar

from fbss_app.ui.notice import notice

OFFLINE = "There is no connection. Go online, and try again."
BUSY = "The server could not do it just now. Try again in a few minutes."
TOO_MANY = "That was tried too often. Wait a few minutes, and try again."


def server_trouble(
    kind: StringVar, refused: str, *, place: StringVar | None = None
) -> rx.Component:
    """Say what went wrong and what to do; the place is there from the start, so it is announced.

    Args:
        kind: "" or the kind of a `CallProblem` of calls.js.
        refused: What to say where the server understood and said no.
        place: An id, where the focus goes there.
    """
    can_take_focus = {} if place is None else {"id": place, "tab_index": -1}
    return rx.el.div(
        rx.match(
            kind,
            ("offline", notice(OFFLINE, kind="warning")),
            ("busy", notice(BUSY, kind="warning")),
            ("too-many", notice(TOO_MANY, kind="warning")),
            ("refused", notice(refused, kind="warning")),
            rx.fragment(),
        ),
        role="status",
        data_trouble=kind,
        **can_take_focus,
    )
