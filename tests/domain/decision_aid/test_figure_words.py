from fbss_app.domain.decision_aid.figure_words import counted, figure_words
from fbss_app.domain.decision_aid.inline import SourceReference, Strong, plain_text
from tests.domain.decision_aid.figures import NO_RANGE, difference, share, spread


def said(figure):
    return [plain_text(part) for part in figure_words(figure).paragraphs]


def test_share_tells_both_sides_the_comparison_the_range_and_whom_it_is_about():
    assert said(share()) == [
        "After 6 months, 48 out of 100 people had at least half of their leg pain gone. "
        "52 did not.",
        "With usual care alone, 9 did and 91 did not.",
        "Our best estimate is 48. It could be about 34 to 62 (our own sum).",
        "From a study of 100 people with pain after back surgery. "
        "How sure we are: low (our own judgement).",
    ]


def test_count_stands_out():
    strong = [part for part in figure_words(share()).statement if isinstance(part, Strong)]
    assert [part.text for part in strong] == ["48 out of 100 people"]


def test_group_stands_before_the_outcome():
    assert "48 out of 100 people with the device had" in said(share(group="with the device"))[0]


def test_spread_gives_the_lowest_and_the_highest_of_both_sides():
    statement, comparison, uncertainty, *_ = said(spread())
    assert "7 to 16 out of 100 people" in statement
    assert statement.endswith("84 to 93 did not.")
    assert comparison == "The studies had no group to compare with."
    assert uncertainty == "These are the lowest and the highest of several studies."


def test_count_of_more_people_says_more_than_what():
    more = spread(
        extra=True, comparison={"label": "with a dummy pill"}, otherwise="it made no such change"
    )
    statement = said(more)[0]
    assert "7 to 16 more out of 100 people" in statement
    assert "than with a dummy pill" in statement
    assert "For the other 84 to 93, it made no such change." in statement


def test_difference_names_its_scale_and_range():
    assert said(difference(matters_from=15))[:2] == [
        "After 6 months, pain was about 3 points lower than with a dummy pill. "
        "The scale runs from 0 to 100. "
        "The review counts a change of 15 points or more as one that matters.",
        "Our best estimate is 3. It could be 1 to 5.",
    ]


def test_figure_without_a_range_says_what_the_source_leaves_out():
    why = "We cannot give a range: what we read does not say how many people were counted."
    assert why in said(share(**NO_RANGE))
    assert why in said(difference(**NO_RANGE))


def test_one_point_is_no_plural():
    assert "about 1 point lower" in said(difference(points=1))[0]


def test_count_without_a_range_is_not_called_badly_known():
    assert said(share(**NO_RANGE))[0].startswith("After 6 months, 48 out of 100 people")


def test_count_that_other_studies_span_names_both_ends():
    assert "Studies differ, from 34 to 62." in said(share(range={"kind": "studies"}))


def test_spread_may_be_of_something_other_than_studies():
    words = said(spread(of="several kinds of medicine"))
    assert "These are the lowest and the highest of several kinds of medicine." in words


def test_time_that_was_not_seen_is_said():
    assert said(share(horizon="not-seen"))[0].startswith("48 out of 100 people")
    assert said(share(horizon="not-seen"))[2].endswith("We could not see over what time.")


def test_figure_hardly_known_is_introduced_as_such():
    assert said(share(certainty="very-low"))[0].startswith("We do not know this well.")


def test_source_and_note_are_part_of_the_words():
    words = figure_words(share(note="The maker paid for this study."))
    assert SourceReference(source_id="S64") in words.origin
    assert plain_text(words.paragraphs[-1]) == "The maker paid for this study."


def test_thousands_are_set_with_a_comma():
    rare = share(denominator=1000, n=2, low=0, high=76, comparison={"none": "No other group."})
    assert counted(rare) == "2 out of 1,000"


def test_one_number_is_no_span():
    assert "7 out of 100 people" in said(spread(high=7))[0]
