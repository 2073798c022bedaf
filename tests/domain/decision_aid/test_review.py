from datetime import date

import pytest

from fbss_app.domain.decision_aid.review import ReviewState, next_check, review_state


def test_next_check_is_a_year_after_the_oldest():
    assert next_check([date(2026, 11, 23), date(2026, 3, 5)]) == date(2027, 3, 5)


def test_last_of_february_has_a_next_check():
    assert next_check([date(2028, 2, 29)]) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 31), ReviewState.CHECKED),
        (date(2026, 12, 30), ReviewState.CHECKED),
        (date(2026, 12, 31), ReviewState.DUE_SOON),
        (date(2027, 1, 30), ReviewState.DUE_SOON),
        (date(2027, 1, 31), ReviewState.OVERDUE),
        (date(2029, 1, 1), ReviewState.OVERDUE),
    ],
)
def test_check_is_due_soon_at_11_months_and_overdue_at_12(today, state):
    assert review_state(date(2026, 1, 31), today) is state


def test_month_that_is_too_short_ends_on_its_last_day():
    assert review_state(date(2026, 3, 31), date(2027, 2, 27)) is ReviewState.CHECKED
    assert review_state(date(2026, 3, 31), date(2027, 2, 28)) is ReviewState.DUE_SOON
