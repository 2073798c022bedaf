"""Whether somebody still looks at a page, for work that goes on beside it."""

import reflex as rx
from reflex.utils.prerequisites import get_app


def is_connected(state: rx.State) -> bool:
    """Say whether the page of a state is still open."""
    namespace = get_app().app.event_namespace
    token = state.rx_router_session.client_token
    return namespace is not None and token in namespace.token_to_sid
