import pytest
from pydantic import ValidationError

from fbss_app.domain.decision_aid.standard import Part, Result, StandardItem, Tally, tally

PAGE = {"text": "The options", "href": "/options"}


def item(**changes):
    return StandardItem.model_validate(
        {
            "part": "quality",
            "number": 1,
            "asks": "It compares.",
            "result": "not-yet",
            "says": "It does not.",
            **changes,
        }
    )


def test_items_told_as_one_count_each():
    items = [
        item(result="met", where=[PAGE]),
        item(number=2, result="partly", where=[PAGE]),
        item(number=3),
        item(number=4, through=6, result="does-not-apply"),
        item(part="qualifying"),
    ]
    assert tally(items, Part.QUALITY) == Tally(met=1, partly=1, applying=3)
    assert tally(items, Part.CERTIFICATION) == Tally(met=0, partly=0, applying=0)


@pytest.mark.parametrize("result", [Result.MET, Result.PARTLY])
def test_what_is_met_names_where(result):
    with pytest.raises(ValidationError, match="names the page"):
        item(result=result)


def test_what_does_not_apply_names_no_page():
    with pytest.raises(ValidationError, match="names no page"):
        item(result="does-not-apply", where=[PAGE])


def test_numbers_run_upwards():
    with pytest.raises(ValidationError, match="not larger"):
        item(number=4, through=4)
