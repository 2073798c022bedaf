"""The page of questions as a person uses it: the same verbs as `tests.scenario.Scenario`."""

import json
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page, expect

from fbss_app.content.questionnaires import load_questionnaires
from fbss_app.domain.questionnaire.answers import OTHER, is_not_sure
from fbss_app.domain.questionnaire.model import CHOICES, Item, ItemControl, ItemType, Questionnaire

QUESTIONNAIRE = load_questionnaires()["after-back-surgery"]


def plain_answer(item: Item) -> Any:
    """Give an answer that raises no warning sign: the last option, a 3, a year, a word."""
    if item.type in CHOICES:
        codes = [option.code for option in item.answer_option]
        exclusive = [option.code for option in item.answer_option if option.exclusive]
        code = (exclusive or ["no", "none"] if set(codes) & {"no", "none"} else exclusive or codes)[
            0
        ]
        code = code if code in codes else codes[0]
        return [code] if item.repeats else code
    if item.type is ItemType.BOOLEAN:
        return False
    if item.type in (ItemType.INTEGER, ItemType.DECIMAL):
        return 3
    if item.type is ItemType.DATE:
        return "2019-03"
    return ["Walk the dog"] if item.repeats else "Walk the dog"


class Questions:
    """Answers questions in a browser, one page at a time."""

    def __init__(self, page: Page, questionnaire: Questionnaire = QUESTIONNAIRE) -> None:
        self.page = page
        self.questionnaire = questionnaire
        self.path = (
            "/questionnaire"
            if questionnaire.name == "after-back-surgery"
            else f"/questionnaire/{questionnaire.name}"
        )

    def open(self, fragment: str = "") -> "Questions":
        """Open the page of questions and wait until it answers by itself."""
        self.page.goto(f"{self.path}{fragment}")
        self.wait_until_ready()
        return self

    def wait_until_ready(self) -> None:
        """Wait until the page's own scripts have taken over."""
        expect(self.page.locator("html[data-ready]")).to_have_count(1)

    def wait_until_moved(self, before: str) -> None:
        """Wait until another address is shown."""
        expect(self.page).not_to_have_url(before)

    @property
    def form(self) -> Locator:
        """The form of the question on the screen."""
        return self.page.locator("form[data-link-id]")

    @property
    def link_id(self) -> str:
        """The question on the screen; "" where no question is."""
        return self.form.get_attribute("data-link-id") or "" if self.form.count() else ""

    @property
    def key(self) -> str:
        """The answer key of the place, as the phone keeps it; an address counts what is chosen."""
        kept = self.page.evaluate(
            "(name) => sessionStorage.getItem(name) ?? localStorage.getItem(name)",
            f"abs:{self.questionnaire.name}:response",
        )
        address = self.page.url.partition("#")[2].rpartition("/")[2]
        return json.loads(kept)["place"] if kept and "@" in address else address

    @property
    def item(self) -> Item:
        """The definition of the question on the screen."""
        return self.questionnaire.placements[self.link_id].item

    @property
    def fields(self) -> list[list[str]]:
        """What stands in the fields, as the browser would send it."""
        return self.form.evaluate("(form) => [...new FormData(form)]")

    def fill(self, value: Any) -> "Questions":
        """Put an answer into the fields without going on; None leaves them as they are."""
        if value is None:
            return self
        item, form = self.item, self.form
        if is_not_sure(value):
            form.get_by_label(item.not_sure or "", exact=True).check()
        elif item.type in CHOICES:
            self._choose(value if item.repeats else [value])
        elif item.type is ItemType.BOOLEAN:
            form.locator(f'input[value="{json.dumps(value)}"]').check()
        elif item.control is ItemControl.NRS:
            form.locator(f'input[type=radio][value="{value}"]').check()
        elif item.type is ItemType.DATE and not item.repeats:
            year, *rest = value.split("-")
            month, day = [*rest, "", ""][:2]
            for name, text in (("day", day), ("month", month), ("year", year)):
                form.locator(f'[name="{name}"]').fill(text)
        else:
            text = "\n".join(map(str, value)) if item.repeats else str(value)
            form.locator('[name="value"]').fill(text)
        return self

    def _choose(self, values: list[Any]) -> None:
        field = "values" if self.item.repeats else "value"
        # The places of the body map stand in lists that open and close.
        self.form.locator("details:has(input)").evaluate_all(
            "(lists) => lists.forEach((list) => { list.open = true; })"
        )
        if self.item.repeats:
            for code in [code for name, code in self.fields if name == "values"]:
                self.form.locator(f'input[name="values"][value="{code}"]').uncheck()
        for value in values:
            code = OTHER if isinstance(value, dict) else value
            self.form.locator(f'input[name="{field}"][value="{code}"]').check()
            if isinstance(value, dict):
                self.form.locator('[name="other"]').fill(value[OTHER])

    def next(self) -> "Questions":
        """Press Continue."""
        self.page.get_by_role("button", name="Continue", exact=True).click()
        return self

    def answer(self, link_id: str, value: Any) -> "Questions":
        """Answer the question on the screen, which must be this one, and go on."""
        expect(self.form).to_have_attribute("data-link-id", link_id)
        before = self.page.url
        self.fill(value).next()
        self.wait_until_moved(before)
        return self

    def answer_plainly(self, **others: Any) -> "Questions":
        """Answer whatever is on the screen.

        `others` gives answers with underscores, by answer key or, for all repetitions, by link_id.
        """
        link_id = self.link_id
        if self.item.type is ItemType.DISPLAY:
            before = self.page.url
            self.next()
            self.wait_until_moved(before)
            return self
        given = others.get(link_id.replace("-", "_"), plain_answer(self.item))
        return self.answer(link_id, others.get(self.key.replace("-", "_"), given))

    def walk(self, until: str = "", **others: Any) -> list[str]:
        """Answer everything up to a question, or up to check-answers; list the keys that came."""
        return list(self.through(until, **others))

    def through(self, until: str = "", **others: Any) -> Iterator[str]:
        """Walk, and give each key before its page is answered.

        A page opened by a warning sign is gone past, and a list of repetitions is left as it is.
        """
        for _ in range(200):
            if "/check-answers" in self.page.url or (until and until == self.key.split("@")[0]):
                return
            yield self.key
            if self.link_id:
                self.answer_plainly(**others)
            else:
                name = re.compile("^(Continue|Go on with the questions)$")
                before = self.page.url
                self.page.get_by_role("button", name=name).click()
                self.wait_until_moved(before)
        raise AssertionError("the questions do not end")
