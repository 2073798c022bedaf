"""What the frame and the page around it say to each other, and what neither may heed."""

from typing import Any

# The numbers that a message of the frame may hold, with their bounds, and whether it must.
NUMBERS: dict[str, dict[str, tuple[int, int, bool]]] = {
    "fbss:ready": {},
    "fbss:height": {"h": (200, 20_000, True)},
    "fbss:scroll": {"y": (0, 20_000, False)},
    "fbss:completed": {},
}
HELLO = {"v": 1, "type": "fbss:hello"}
WRONG_HELLOS = ({"v": 2, "type": "fbss:hello"}, {"v": 1, "type": "hello"}, "fbss:hello", None)

# Well-formed, but from where the page around the frame must not listen to.
FORGED = (
    {"v": 1, "type": "fbss:height", "h": 5000},
    {"v": 1, "type": "fbss:scroll"},
)
MALFORMED = (
    {"v": 1, "type": "fbss:height", "h": "900"},
    {"v": 1, "type": "fbss:height", "h": 199},
    {"v": 1, "type": "fbss:height", "h": 20_001},
    {"v": 1, "type": "fbss:height", "h": 900.5},
    {"v": 1, "type": "fbss:height"},
    {"v": 2, "type": "fbss:height", "h": 5000},
    {"v": 1, "type": "height", "h": 5000},
    {"type": "fbss:height", "h": 5000},
    "fbss:height",
    None,
    [1, "fbss:height", 5000],
)

# Scripts that send them: the page around the frame to itself, a frame there that is none of the
# app's, the page to the frame of the app, and that frame to the page.
SEND_TO_ITSELF = "(message) => window.postMessage(message, '*')"
SEND_FROM_ANOTHER_FRAME = """([message, target]) => {
  const other = document.body.appendChild(document.createElement("iframe"));
  other.contentWindow.eval(`${target}.postMessage(${JSON.stringify(message)}, "*")`);
  other.remove();
}"""
SEND_INTO_THE_FRAME = "(message) => window.frames[0].postMessage(message, '*')"
SEND_FROM_THE_FRAME = "(message) => window.parent.postMessage(message, '*')"

_LISTENING = """<head><script>
window.heard = []; window.done = [];
addEventListener("message", ({ data, origin }) => heard.push([origin, data]));
document.addEventListener("fbss:completed", ({ target, detail }) =>
  done.push([target.nodeName, detail]));
</script>"""


def listening(html: str) -> str:
    """Let the page around the frame note every message, and every `fbss:completed`."""
    return html.replace("<head>", _LISTENING, 1)


def without_script(html: str) -> str:
    """Leave the page around the frame without embed.js, so that it says nothing by itself."""
    return html.replace('src="https://APP/embed.js"', "")


def is_allowed(message: Any) -> bool:
    """Say whether a message is one of those that docs/embedding.md describes, and holds no more."""
    if not isinstance(message, dict) or message.get("type") not in NUMBERS or message["v"] != 1:
        return False
    numbers = NUMBERS[message["type"]]
    given = {name: value for name, value in message.items() if name not in ("v", "type")}
    needed = {name for name, (_, _, must) in numbers.items() if must}
    return needed <= set(given) <= set(numbers) and all(
        isinstance(value, int) and numbers[name][0] <= value <= numbers[name][1]
        for name, value in given.items()
    )
