"""Holds the app to its word: everything is checked every 12 months, and said a month before."""

import warnings
from datetime import UTC, date, datetime, timedelta

import pytest

from fbss_app.content.loader import load_content
from fbss_app.content.review_dates import review_dates
from fbss_app.domain.decision_aid.review import ReviewState, review_state

TODAY = datetime.now(tz=UTC).date()
DATES = review_dates(load_content())


def in_state(state, today, dates):
    return sorted(name for name, day in dates.items() if review_state(day, today) is state)


def check(today, dates):
    """Fail for what is overdue, and warn of what will be in a month."""
    overdue = in_state(ReviewState.OVERDUE, today, dates)
    assert not overdue, f"Check the sources again, then set reviewed_on: {', '.join(overdue)}"
    if soon := in_state(ReviewState.DUE_SOON, today, dates):
        warnings.warn(f"To be checked again within a month: {', '.join(soon)}", stacklevel=1)


def test_every_page_and_figure_was_checked_within_12_months():
    check(TODAY, DATES)


def test_nothing_was_checked_in_the_future():
    # Whoever wrote the date may live where it is tomorrow already.
    assert [name for name, day in DATES.items() if day > TODAY + timedelta(days=1)] == []


def test_every_page_and_figure_has_a_date():
    content = load_content()
    kinds = (content.options, content.causes, content.topics, content.pages, content.figures)
    assert len(DATES) == sum(map(len, kinds))


def test_what_is_old_fails_and_what_will_be_is_said():
    dates = {"figures/old": date(2026, 1, 10), "topics/new": date(2026, 12, 1)}
    check(date(2026, 12, 9), dates)
    with pytest.warns(UserWarning, match=r"within a month: figures/old$"):
        check(date(2026, 12, 10), dates)
    with pytest.raises(AssertionError, match="again, then set reviewed_on: figures/old"):
        check(date(2027, 1, 10), dates)
