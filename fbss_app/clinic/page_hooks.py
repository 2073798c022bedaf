"""What every staff page does in the browser by itself, as React hooks."""

from __future__ import annotations

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

# The inline script of every page holds submits back until the page answers by itself. A form that
# a page sends natively, such as that to log out, would be held back for ever.
_READY = """useEffect(() => {
    if (window.earlyInput) window.earlyInput.ready = true;
    document.documentElement.dataset.ready = "";
}, [])"""

# What is wrong with a form comes some time after its button was pressed. Every refusal brings a
# list of its own (`problem_links`), even where it says the same as the one before.
_FOCUS_ON_PROBLEMS = """useEffect(() => {
    const isProblem = (node) =>
        node.parentElement?.closest("#error-summary") || node.id === "error-summary" ||
        node.querySelector?.("#error-summary");
    const look = (changes) => {
        if (!changes.some(({ addedNodes }) => [...addedNodes].some(isProblem))) return;
        const summary = document.getElementById("error-summary");
        summary?.scrollIntoView({ block: "nearest" });
        summary?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
}, [])"""

# What a button of `copy_button` does. Without HTTPS a browser has no clipboard.
_COPY = """useEffect(() => {
    const copy = async ({ target }) => {
        const button = target.closest?.("[data-copies]");
        if (!button) return;
        const said = button.parentElement.querySelector('[role="status"]');
        said.textContent = "";
        try {
            await navigator.clipboard.writeText(button.dataset.copies);
            said.textContent = "Copied";
        } catch {
            said.textContent = "Not copied. Mark the text and copy it by hand.";
        }
    };
    document.addEventListener("click", copy);
    return () => document.removeEventListener("click", copy);
}, [])"""


def page_hooks() -> rx.Component:
    """Do what every staff page does: answer by itself, lead to problems as they appear, copy."""
    data = VarData(
        imports={"react": [ImportVar(tag="useEffect")]},
        hooks={_READY: None, _FOCUS_ON_PROBLEMS: None, _COPY: None},
    )
    return rx.fragment(rx.Var("null", _var_data=data))
