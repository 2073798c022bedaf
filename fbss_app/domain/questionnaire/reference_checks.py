"""What can be wrong where an item, a page or a block names other questions outside the rules."""

from collections.abc import Iterator

from fbss_app.domain.questionnaire.answers import OTHER, AbsentReason
from fbss_app.domain.questionnaire.expression_checks import check_question, unknown_link_id
from fbss_app.domain.questionnaire.expressions import FieldPath
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean, repeated
from fbss_app.domain.questionnaire.item_checks import located_items
from fbss_app.domain.questionnaire.model import (
    CHOICES,
    NUMBERS,
    Item,
    ItemControl,
    ItemType,
    Questionnaire,
    SummaryBlock,
)
from fbss_app.domain.questionnaire.summary_block import Picture
from fbss_app.domain.questionnaire.wording import PLACEHOLDER, REPETITION

_LONGEST_REPETITION_ID = 40
_FILLED_IN = (
    *("text", "helper_text", "paper_text", "short_text", "hint", "helper_hint", "paper_hint"),
    *("why", "helper_why", "detail", "helper_detail", "paper_detail"),
)
_BODY_MAP_KEYS = ("places", "kinds", "worst")
_TIMELINE_KEYS = ("date", "label", "pain")


def check_references(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Check everything that names a question, an option or an instrument and is no rule."""
    for at, item in located_items(questionnaire):
        yield from _check_repeats_for(questionnaire, item, at)
        yield from _check_options_from(questionnaire, item, at)
        yield from _check_way_out(item, at)
        yield from _check_suggestions(item, at)
        yield from _check_option_groups(item, at)
        yield from _check_placeholders(questionnaire, item, at)
        yield from _check_instrument(questionnaire, item, at)
    yield from _check_credits(questionnaire)
    yield from _check_interruptions(questionnaire)
    yield from _check_stages(questionnaire)
    for place, block in enumerate(questionnaire.summary):
        yield from _check_picture(questionnaire, block, ("summary", place))


def _check_repeats_for(
    questionnaire: Questionnaire, item: Item, at: FieldPath
) -> Iterator[Finding]:
    if item.repeats_for is None:
        return
    here = (*at, "repeats_for")
    if item.type is ItemType.GROUP and not item.repeats:
        yield Finding(here, "`repeats_for` needs a group that repeats", "Add `repeats: true`.")
    for key in ("min_occurs", "max_occurs"):
        if getattr(item, key) is not None:
            yield Finding(
                (*at, key),
                "the chosen options say how often the group repeats",
                f"Take `{key}` out.",
            )
    yield from _check_source(questionnaire, item, item.repeats_for, here)
    source = questionnaire.find(item.repeats_for)
    for option in source.answer_option if source else ():
        if len(option.code) > _LONGEST_REPETITION_ID:
            yield Finding(
                here,
                f"the option `{option.code}` of `{item.repeats_for}` is too long to name a "
                "repetition",
                f"Shorten the code to {_LONGEST_REPETITION_ID} characters.",
            )


def _check_options_from(
    questionnaire: Questionnaire, item: Item, at: FieldPath
) -> Iterator[Finding]:
    if item.options_from is None:
        return
    here = (*at, "options_from")
    yield from _check_source(questionnaire, item, item.options_from, here)
    source = questionnaire.find(item.options_from)
    if source is None:
        return
    taken = {option.code for option in source.answer_option}
    if source.type is ItemType.OPEN_CHOICE:
        taken.add(OTHER)
    for place, option in enumerate(item.answer_option):
        if option.code in taken:
            yield Finding(
                (*at, "answer_option", place, "code"),
                f"`{option.code}` is an option of `{item.options_from}` already",
                "Take it out, or give it another code.",
            )


def _check_source(
    questionnaire: Questionnaire, item: Item, link_id: str, at: FieldPath
) -> Iterator[Finding]:
    """Check the choice question that a group or a question follows."""
    source = questionnaire.placements.get(link_id)
    if source is None:
        yield unknown_link_id(questionnaire, link_id, at)
        return
    if source.item.type not in CHOICES:
        yield Finding(
            at, f"`{link_id}` is a {source.item.type} and has no options", "Name a choice."
        )
    own = questionnaire.placements[item.link_id]
    if source.position >= own.position:
        yield Finding(
            at,
            f"`{item.link_id}` would follow `{link_id}`, which is not before it",
            "It may follow an earlier question only: move one of the two.",
        )
    elif source.repeating != own.repeating[: len(source.repeating)]:
        yield Finding(
            at,
            f"`{link_id}` stands in the repeating group `{source.repeating[-1]}`, and "
            f"`{item.link_id}` does not",
            "Move one of the two, so that it is clear which repetition is meant.",
        )


def _check_way_out(item: Item, at: FieldPath) -> Iterator[Finding]:
    if item.absent_reason is AbsentReason.MASKED:
        yield Finding(
            (*at, "absent_reason"),
            f"`{AbsentReason.MASKED}` is what a question is when it was put aside",
            "Take it out, and write `sensitive: true` to let people put the question aside.",
        )
        return
    if item.absent_reason is not AbsentReason.ASKED_UNKNOWN and not item.not_sure:
        yield Finding(
            (*at, "absent_reason"),
            "there is no way out that it could be the reason of",
            "Add `not_sure:` with the words to choose, such as I would rather not answer.",
        )


def _check_suggestions(item: Item, at: FieldPath) -> Iterator[Finding]:
    typed_in_a_box = item.control is ItemControl.TEXT_BOX and not item.repeats
    if item.suggestions and item.type is ItemType.STRING and not typed_in_a_box:
        yield Finding(
            (*at, "suggestions"),
            "only a text of one line can have suggestions",
            "Take out `repeats` and `item_control`, or the suggestions.",
        )


def _check_option_groups(item: Item, at: FieldPath) -> Iterator[Finding]:
    headings = [option.group for option in item.answer_option]
    starts = [
        place
        for place, heading in enumerate(headings)
        if heading and (place == 0 or headings[place - 1] != heading)
    ]
    for again in repeated(headings[place] or "" for place in starts):
        place = starts[again]
        yield Finding(
            (*at, "answer_option", place, "group"),
            f"the options of the group `{headings[place]}` do not stand together",
            "Move this one next to the others of its group.",
        )


def _check_placeholders(
    questionnaire: Questionnaire, item: Item, at: FieldPath
) -> Iterator[Finding]:
    in_repetition = bool(questionnaire.placements[item.link_id].repeating)
    for key in _FILLED_IN:
        for name in PLACEHOLDER.findall(getattr(item, key) or ""):
            if name != REPETITION:
                yield Finding(
                    (*at, key), f"nothing can be put in for {{{name}}}", f"Write {{{REPETITION}}}."
                )
            elif not in_repetition:
                yield Finding(
                    (*at, key),
                    f"`{item.link_id}` is in no repeating group that {{{REPETITION}}} could name",
                    "Take it out, or move the item into the group.",
                )


def _check_instrument(questionnaire: Questionnaire, item: Item, at: FieldPath) -> Iterator[Finding]:
    names = [instrument.name for instrument in questionnaire.instrument]
    if item.instrument and item.instrument not in names:
        yield Finding(
            (*at, "instrument"),
            f"there is no instrument `{item.instrument}`",
            did_you_mean(item.instrument, names),
        )


def _check_credits(questionnaire: Questionnaire) -> Iterator[Finding]:
    names = [instrument.name for instrument in questionnaire.instrument]
    for place in repeated(names):
        yield Finding(
            ("instrument", place, "name"),
            f"the instrument `{names[place]}` is listed twice",
            "List it once.",
        )
    for place, instrument in enumerate(questionnaire.instrument):
        if instrument.code and not instrument.credit:
            yield Finding(
                ("instrument", place),
                f"`{instrument.name}` is a published instrument without a credit line",
                "Add `credit:` with the line that its owner asks for.",
            )


def _check_interruptions(questionnaire: Questionnaire) -> Iterator[Finding]:
    ids = [interruption.id for interruption in questionnaire.interruption]
    for place in repeated(ids):
        yield Finding(
            ("interruption", place, "id"), f"`{ids[place]}` is used twice", "Choose another name."
        )
    for place, interruption in enumerate(questionnaire.interruption):
        at = ("interruption", place, "question")
        yield from check_question(questionnaire, interruption.question, at)


def _check_stages(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Check that the stages, where there are any, hold every section once."""
    sections = [item.link_id for item in questionnaire.item]
    for place, stage in enumerate(questionnaire.stage):
        if bool(stage.section) == (stage.page is not None):
            yield Finding(
                ("stage", place),
                f"`{stage.title}` needs either sections or a page",
                "Write one of `section:` and `page:`.",
            )
        for index, link_id in enumerate(stage.section):
            if link_id not in sections:
                yield Finding(
                    ("stage", place, "section", index),
                    f"there is no section `{link_id}`",
                    did_you_mean(link_id, sections),
                )
    named = [
        (("stage", place, "section", index), link_id)
        for place, stage in enumerate(questionnaire.stage)
        for index, link_id in enumerate(stage.section)
    ]
    for again in repeated(link_id for _, link_id in named):
        at, link_id = named[again]
        yield Finding(at, f"the section `{link_id}` is in two stages", "Leave it in one.")
    if questionnaire.stage:
        for missing in sorted(set(sections) - {link_id for _, link_id in named}):
            yield Finding(
                ("stage",), f"the section `{missing}` is in no stage", "Add it to one of them."
            )


def _check_picture(
    questionnaire: Questionnaire, block: SummaryBlock, at: FieldPath
) -> Iterator[Finding]:
    for picture, keys in ((Picture.BODY_MAP, _BODY_MAP_KEYS), (Picture.TIMELINE, _TIMELINE_KEYS)):
        for key in keys:
            if getattr(block, key) and block.picture is not picture:
                yield Finding(
                    (*at, key),
                    f"`{key}` belongs to the picture {picture}",
                    f"Add `picture: {picture}`, or take `{key}` out.",
                )
    for picture, key in ((Picture.BODY_MAP, "places"), (Picture.TIMELINE, "date")):
        if block.picture is picture and getattr(block, key) is None:
            yield Finding(
                (*at, "picture"),
                f"the picture {picture} has nothing to draw",
                f"Add `{key}:` with the link_id of a question.",
            )
    for key in (*_BODY_MAP_KEYS, "date", "label"):
        link_id = getattr(block, key)
        if link_id is not None and not isinstance(link_id, tuple):
            yield from _check_drawn(questionnaire, link_id, (*at, key))
    for index, point in enumerate(block.pain):
        here = (*at, "pain", index, "item")
        item = questionnaire.find(point.item)
        if item is None:
            yield unknown_link_id(questionnaire, point.item, here)
        elif item.type not in NUMBERS:
            yield Finding(here, f"`{point.item}` gives no number", "Name a pain scale.")
    if block.table and not any(_repeats(questionnaire, link_id) for link_id in block.item):
        yield Finding(
            (*at, "table"),
            "there is no repeating group whose repetitions could be its rows",
            "Name one in `item:`, or take `table` out.",
        )


def _check_drawn(questionnaire: Questionnaire, link_id: str, at: FieldPath) -> Iterator[Finding]:
    item = questionnaire.find(link_id)
    if item is None:
        yield unknown_link_id(questionnaire, link_id, at)
        return
    wanted = {"date": frozenset({ItemType.DATE}), "label": None}.get(str(at[-1]), CHOICES)
    if wanted and item.type not in wanted:
        kinds = " or ".join(sorted(wanted))
        yield Finding(at, f"`{link_id}` is a {item.type}", f"Name a question of type {kinds}.")


def _repeats(questionnaire: Questionnaire, link_id: str) -> bool:
    item = questionnaire.find(link_id)
    return bool(item and item.repeats and item.type is ItemType.GROUP)
