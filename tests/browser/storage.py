"""What a phone holds, as the browser has it."""

from typing import Any

from playwright.sync_api import Page

from fbss_app.domain.questionnaire.answers import answer_key

OWN_FILE = "/icon.svg"

# Scripts that find out what the browser lets a page keep.
# early_input.js puts an object of its own in place of a storage that the browser refuses.
IS_REAL = "(name) => window[name] instanceof Storage"
OPENS_DATABASE = """() => new Promise((resolve) => {
  try {
    const opening = indexedDB.open("probe");
    opening.onsuccess = () => { opening.result.close(); resolve(true); };
    opening.onerror = () => resolve(false);
  } catch {
    resolve(false);
  }
})"""
# Not every engine takes a secure one by http from one's own machine.
KEEPS_COOKIE = """() => {
  document.cookie = "probe=1; SameSite=None; Secure";
  document.cookie = "probe=1";
  return document.cookie.includes("probe");
}"""

_ENTRIES = """(name) => Object.entries(window[name])
  .filter(([key]) => key.startsWith("abs:"))
  .map(([key, text]) => [key, JSON.parse(text)])"""


def kept_entries(page: Page, storage: str = "localStorage") -> dict[str, Any]:
    """Give what the app keeps in one of the browser's storages, by key."""
    return dict(page.evaluate(_ENTRIES, storage))


def _place(event: dict[str, Any]) -> tuple[bool, int, str]:
    return not event.get("confirmed"), event.get("sequence", 0), event["order"]


def kept_events(page: Page, storage: str = "localStorage") -> list[dict[str, Any]]:
    """Give the answer events in one of the browser's storages, in the order in which they count."""
    entries = kept_entries(page, storage)
    found = [value for key, value in entries.items() if ":event:" in key]
    return sorted(found, key=_place)


def answers_in(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the newest value of each answer key."""
    newest = {answer_key(event["link_id"], event["path"]): event["value"] for event in events}
    return {key: value for key, value in newest.items() if value is not None}


def put(page: Page, entries: dict[str, str], storage: str = "localStorage") -> None:
    """Write raw texts into a storage, from a page of the site that runs no script of the app."""
    page.goto(OWN_FILE)
    page.evaluate(
        """([name, entries]) => {
          for (const [key, text] of Object.entries(entries)) window[name].setItem(key, text);
        }""",
        [storage, entries],
    )


def fill_up(page: Page, storage: str = "localStorage") -> None:
    """Fill a storage until not even a few letters more fit in."""
    page.goto(OWN_FILE)
    page.evaluate(
        """(name) => {
          let length = 4 * 1024 * 1024;
          for (let number = 0; length >= 1; number += 1) {
            try {
              window[name].setItem(`filler${number}`, "x".repeat(length));
            } catch {
              length = Math.floor(length / 2);
            }
          }
        }""",
        storage,
    )
