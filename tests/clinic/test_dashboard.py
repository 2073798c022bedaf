import asyncio
from datetime import timedelta

import pytest

from fbss_app.clinic.dashboard.page import dashboard_page
from fbss_app.clinic.dashboard.period import (
    month_words,
    months_to_choose,
    period_words,
    shifted,
)
from fbss_app.clinic.dashboard.presenter import HIDDEN, NOTHING, dashboard_view
from fbss_app.clinic.dashboard.state import DashboardState
from fbss_app.server.services.clinic.dashboard import (
    Dashboard,
    MonthCounts,
    MonthMean,
    ScoreOverTime,
)
from fbss_app.server.services.clinic.permission import StaffNotAllowedError
from fbss_app.server.services.clinic.roles import Role
from tests.clinic.staff_session import Clinic, handler
from tests.server.builders import START
from tests.server.services.clinic.submissions import DEFINITIONS, LEG, make_submission


def a_dashboard(*means: MonthMean, median: float | None = 12.4, sent: int = 4) -> Dashboard:
    months = tuple(MonthCounts(each.month, 5, 4, each.people, 1) for each in means)
    scores = (ScoreOverTime("leg", "Leg pain", means),)
    return Dashboard(START, START, 5, 4, sent, 1, median, months, scores)


def test_table_and_chart_hold_the_same_numbers():
    found = a_dashboard(MonthMean("2026-02", 6.25, 8), MonthMean("2026-03", 5, 3))

    view = dashboard_view(found, DEFINITIONS)

    assert [(row.month, row.invited, row.sent) for row in view.months] == [
        ("Feb 2026", 5, 8),
        ("Mar 2026", 5, 3),
    ]
    assert [(point["month"], point["invited"], point["sent"]) for point in view.points] == [
        ("Feb 2026", 5, 8),
        ("Mar 2026", 5, 3),
    ]
    (score,) = view.scores
    assert [(row.mean, row.people) for row in score.rows] == [("6.2", 8), ("5.0", 3)]
    assert [point["mean"] for point in score.points] == [6.2, 5.0]
    assert (score.domain, score.ticks) == ([0, 10], [0, 5, 10])
    assert score.scale == "The scale goes from 0 to 10."
    assert not view.hides_means


def test_means_of_few_people_are_hidden_in_words_and_a_gap_in_the_chart():
    found = a_dashboard(
        MonthMean("2026-01", None, 2), MonthMean("2026-02", None, 0), MonthMean("2026-03", 4, 3)
    )

    view = dashboard_view(found, DEFINITIONS)

    (score,) = view.scores
    assert [(row.mean, row.people) for row in score.rows] == [(HIDDEN, 2), (NOTHING, 0), ("4.0", 3)]
    assert [point["mean"] for point in score.points] == [None, None, 4]
    assert view.hides_means
    assert score.is_drawn


def test_score_without_any_mean_to_show_is_not_drawn():
    found = a_dashboard(MonthMean("2026-01", None, 2), MonthMean("2026-02", None, 0))
    (score,) = dashboard_view(found, DEFINITIONS).scores
    assert not score.is_drawn


def test_scale_of_a_score_that_no_definition_knows_is_not_made_up():
    (score,) = dashboard_view(a_dashboard(MonthMean("2026-01", 4, 3)), {}).scores
    assert (score.scale, score.domain, score.ticks) == ("", [0, "auto"], [])


def test_score_that_nobody_has_is_left_out():
    assert dashboard_view(a_dashboard(MonthMean("2026-01", None, 0)), DEFINITIONS).scores == []


@pytest.mark.parametrize(
    ("median", "words"), [(None, NOTHING), (1.2, "1 minute"), (12.4, "12 minutes")]
)
def test_time_to_answer_in_words(median: float | None, words: str):
    view = dashboard_view(a_dashboard(MonthMean("2026-01", 4, 3), median=median), DEFINITIONS)
    assert view.figures[-1].value == words


def test_months_go_over_the_turn_of_the_year():
    assert shifted("2026-01", -1) == "2025-12"
    assert shifted("2025-12", 1) == "2026-01"
    assert months_to_choose(START)[:4] == ["2026-03", "2026-02", "2026-01", "2025-12"]
    assert month_words("2026-03") == "March 2026"
    assert period_words("2025-12", "2026-01") == "December 2025 to January 2026"
    assert period_words("2026-01", "2026-01") == "January 2026"


def test_page_begins_with_the_last_six_months(clinic: Clinic):
    for pain in (2, 4, 9):
        make_submission(clinic.database, clinic.id, {LEG: pain})
    page = clinic.page(DashboardState, Role.CLINICIAN)

    asyncio.run(handler(DashboardState.on_load)(page))

    assert page.period == "October 2025 to March 2026"
    assert page.view
    assert [each.value for each in page.view.figures] == ["3", "3", "3", "0", "15 minutes"]
    assert page.view.scores[0].rows[-1].mean == "5.0"
    assert not page.view.is_empty
    assert clinic.trail()[0] == "dashboard-viewed"


def test_another_time_is_chosen(clinic: Clinic):
    make_submission(clinic.database, clinic.id, now=START - timedelta(days=100))
    page = clinic.page(DashboardState)
    asyncio.run(handler(DashboardState.on_load)(page))

    asyncio.run(handler(DashboardState.show_last)(page, 3))
    assert (page.period, page.length) == ("January 2026 to March 2026", 3)
    assert page.view
    assert page.view.is_empty

    form = {"first": "2025-11", "last": "2025-11"}
    asyncio.run(handler(DashboardState.show_between)(page, form))
    assert (page.period, page.length, page.problems) == ("November 2025", 0, [])
    assert page.view
    assert not page.view.is_empty


@pytest.mark.parametrize(
    ("first", "last"), [("2026-03", "2026-02"), ("", "2026-02"), ("2026-01", "2030-01"), ("x", "y")]
)
def test_wrong_time_shows_at_the_field_and_reads_nothing(clinic: Clinic, first: str, last: str):
    page = clinic.page(DashboardState)
    form = {"first": first, "last": last}
    asyncio.run(handler(DashboardState.show_between)(page, form))
    (problem,) = page.problems
    assert problem["href"] == "#last"
    assert "dashboard-viewed" not in clinic.trail()


def test_front_desk_is_refused(clinic: Clinic):
    page = clinic.page(DashboardState, Role.FRONT_DESK)
    with pytest.raises(StaffNotAllowedError):
        asyncio.run(handler(DashboardState.on_load)(page))
    assert page.view is None


def test_charts_are_hidden_from_assistive_technology_and_still_there_is_a_table():
    drawn = str(dashboard_page().render())
    assert drawn.count("""'"aria-hidden":"true"', 'className:"chart-side"'""") == 2
    assert drawn.count("accessibilityLayer:false") == 2
    assert drawn.count("isAnimationActive:false") == 5
    assert drawn.count("""'"table"'""") == 2
    assert not any(colour in drawn for colour in ("--red", "--amber"))
