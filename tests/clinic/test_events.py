"""What a browser can ask the states of the staff side to do, and what only they themselves can."""

import inspect

import fbss_app.fbss_app  # noqa: F401 (makes every state)
from fbss_app.clinic.staff_state import StaffState

# The framework's own: each of them sets or resets what the tab itself holds.
OF_THE_FRAMEWORK = {"setvar"}


def states_of(state: type[StaffState]) -> list[type[StaffState]]:
    found = [state]
    for child in state.get_substates():
        found += states_of(child)
    return found


def test_whoever_has_the_websocket_can_call_events_alone():
    """The framework makes an event of every public method, with arguments from the browser."""
    states = states_of(StaffState)
    assert len(states) > 8
    for state in states:
        for name, handler in state.event_handlers.items():
            if name in OF_THE_FRAMEWORK:
                continue
            source = inspect.getsource(handler.fn)
            assert source.lstrip().startswith("@rx.event"), f"{state.__name__}.{name}"


def test_the_ways_in_are_no_events():
    for state in states_of(StaffState):
        for name in ("checked_staff", "forget_all", "at_door", "come_in"):
            assert name not in state.event_handlers, f"{state.__name__}.{name}"
