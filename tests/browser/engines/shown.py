"""What every engine can do, whatever it speaks."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

# A busy machine takes its time; what never comes fails all the same.
SOON = 60.0
FIND = "(selector) => document.querySelector(selector)"
# Nothing, until the element is there and the frame high enough to show it.
_MIDDLE = """(selector) => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && box.bottom <= innerHeight ? box.top + box.height / 2 : null;
}"""
# A frame of another site may not scroll the page around it in every engine; a person can.
_SCROLL_TO = """(number, y) => {
  const { top } = document.querySelectorAll("iframe")[number].getBoundingClientRect();
  window.scrollBy({ top: top + y - innerHeight / 2, behavior: "instant" });
  return top;
}"""
# A page that the click leads to knows nothing of it.
_AWAIT_CLICK = """(selector) => {
  window.isClickMissed = true;
  const hit = () => { window.isClickMissed = false; };
  document.querySelector(selector).addEventListener("click", hit, { capture: true, once: true });
}"""
_IS_MISSED = "() => window.isClickMissed === true"
_Found = TypeVar("_Found")


def until(find: Callable[[], _Found], what: str) -> _Found:
    """Wait until something is found, and give it."""
    end = time.monotonic() + SOON
    while not (found := find()):
        assert time.monotonic() < end, f"it never came: {what}"
        time.sleep(0.05)
    return found


class Shown(ABC):
    """A page in a browser, or a frame in a page."""

    # The page around a frame, and which of the frames there it is.
    _page: "Shown | None" = None
    _number = 0

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address, and wait until all of it has loaded."""

    @abstractmethod
    def run(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function; its arguments and what it gives are JSON."""

    @abstractmethod
    def frame(self, number: int = 0) -> "Shown":
        """Give one of its frames, in the order of the page."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the window of a page another size; WebKit's is never below 447 pixels wide."""

    @abstractmethod
    def write(self, selector: str, text: str) -> None:
        """Click into a field of this frame, and type a text."""

    @abstractmethod
    def _press(self, selector: str) -> None:
        """Click on the middle of an element that is in view."""

    @abstractmethod
    def cookies(self) -> list[Any]:
        """List the cookies it has, those that no script may read included."""

    def click(self, selector: str) -> None:
        """Bring an element of this frame into view, and click on its middle.

        What comes late on a busy machine moves it away under the pointer: then it is clicked again.
        """
        for _ in range(3):
            self._bring_into_view(selector)
            self.run(_AWAIT_CLICK, selector)
            self._press(selector)
            if self._is_hit():
                return
        raise AssertionError(f"no click came to {selector}")

    def _is_hit(self) -> bool:
        end = time.monotonic() + 3
        while self.run(_IS_MISSED):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _bring_into_view(self, selector: str) -> None:
        assert self._page, "only frames are clicked in"
        places: list[tuple[float, float]] = []
        # The page may be scrolling by itself: a click waits until everything stands still.
        while len(places) < 3 or len(set(places[-3:])) > 1:
            assert len(places) < 100, f"{selector} does not stand still"
            middle = self.wait_for(_MIDDLE, selector)
            places.append((middle, self._page.run(_SCROLL_TO, self._number, middle)))

    def wait_for(self, function: str, *arguments: Any) -> Any:
        """Wait until a JavaScript function gives something, and give that."""
        return until(lambda: self.run(function, *arguments), f"{function} {arguments}")


class Engine(ABC):
    """A running browser."""

    version = ""

    @property
    @abstractmethod
    def pages(self) -> list[Shown]:
        """All open pages."""


def called(function: str, arguments: tuple[Any, ...]) -> str:
    """Give a JavaScript function's call as an expression."""
    return f"({function})({', '.join(map(json.dumps, arguments))})"
