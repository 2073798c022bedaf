"""What can be wrong with a question that the body map draws."""

from collections.abc import Iterator

from fbss_app.content.body_map.figures import REGIONS
from fbss_app.domain.questionnaire.findings import Finding, did_you_mean
from fbss_app.domain.questionnaire.item_checks import located_items
from fbss_app.domain.questionnaire.model import ItemControl, Questionnaire

_CODES = tuple(region.code for region in REGIONS)
# The instrument that promises every region; other questions may do with a few.
_WHOLE = "body-map"
_WHERE = "fbss_app/content/body_map/figures.py"


def check_body_maps(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Check that what is offered and what is drawn are the same places.

    Every option of a question that is asked by a body map or drawn on one must be a region, but
    for those that exclude all others, such as "No pain today". The instrument `body-map` must
    offer every region there is.

    Args:
        questionnaire: The definition, with its instruments put in.

    Yields:
        What is wrong, and where.
    """
    drawn = _drawn(questionnaire)
    for at, item in located_items(questionnaire):
        if item.link_id in drawn:
            for index, option in enumerate(item.answer_option):
                if not option.exclusive and option.code not in _CODES:
                    yield Finding(
                        (*at, "answer_option", index, "code"),
                        f"`{option.code}` is no region of the body map",
                        f"{did_you_mean(option.code, _CODES)} The regions are in {_WHERE}.",
                    )
        if item.instrument == _WHOLE:
            for index, question in enumerate(item.item):
                offered = {option.code for option in question.answer_option}
                left_out = [f"`{code}`" for code in _CODES if code not in offered]
                if question.control is ItemControl.BODY_MAP and left_out:
                    yield Finding(
                        (*at, "item", index, "answer_option"),
                        f"no option for these regions of the body map: {', '.join(left_out)}",
                        f"Add an option for each, or take the region out of {_WHERE}.",
                    )


def _drawn(questionnaire: Questionnaire) -> set[str]:
    """Name the questions whose options are drawn, and those whose options they take over."""
    on_summary = {block.places for block in questionnaire.summary if block.places}
    drawn = {
        item.link_id: item.options_from
        for _, item in located_items(questionnaire)
        if item.control is ItemControl.BODY_MAP or item.link_id in on_summary
    }
    return {*drawn, *(source for source in drawn.values() if source)}
