"""The numbers of a clinic: how much came, how much was reviewed, and scores over time."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.dashboard.charts import COUNTS, counts_chart, means_chart
from fbss_app.clinic.dashboard.period import LENGTHS
from fbss_app.clinic.dashboard.presenter import MEANS_ARE_HIDDEN, NOTHING_TO_DRAW
from fbss_app.clinic.dashboard.state import DashboardState
from fbss_app.clinic.frame import staff_page
from fbss_app.clinic.view import View
from fbss_app.ui.art.empty import no_answers
from fbss_app.ui.button import button, link_button
from fbss_app.ui.empty import empty_state
from fbss_app.ui.form_field import field_around


def _view() -> View:
    return DashboardState.view


def _month_field(field_id: str, label: str, chosen: View) -> rx.Component:
    choices: View = DashboardState.choices
    return field_around(
        field_id,
        label,
        lambda described: rx.el.select(
            rx.foreach(choices, lambda one: rx.el.option(one[1], value=one[0])),
            id=rx.Var.create(field_id),
            name=field_id,
            # A time that is chosen elsewhere is shown here too.
            key=chosen,
            default_value=chosen,
            class_name="text-input select-input",
            **described,
        ),
        problems=DashboardState.problems,  # pyright: ignore[reportArgumentType]
    )


def _period() -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.button(
                        f"Last {months} months",
                        type="button",
                        aria_pressed=rx.cond(DashboardState.length == months, "true", "false"),
                        class_name="tab",
                        on_click=DashboardState.show_last(months),
                    )
                )
                for months in LENGTHS
            ),
            aria_label="Time",
            class_name="tabs",
        ),
        rx.el.form(
            _month_field("first", "From", DashboardState.first),
            _month_field("last", "Until the end of", DashboardState.last),
            button("Show", type_="submit", kind="secondary"),
            on_submit=DashboardState.show_between,
            class_name="staff-tools period-form",
        ),
        class_name="period",
    )


def _table(caption: View, heads: list[str], rows: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="visually-hidden"),
            rx.el.thead(
                rx.el.tr(*(rx.el.th(head, custom_attrs={"scope": "col"}) for head in heads))
            ),
            rx.el.tbody(rows),
            class_name="staff-table numbers-table",
        ),
        class_name="table-scroll",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _row(head: View, *cells: View) -> rx.Component:
    return rx.el.tr(rx.el.th(head, custom_attrs={"scope": "row"}), *(rx.el.td(c) for c in cells))


def _counts(view: View) -> rx.Component:
    return rx.el.section(
        rx.el.h2("Month by month", class_name="section-title"),
        rx.el.div(
            counts_chart(view.points, view.width),
            _table(
                "Counts by month",
                ["Month", *(words for _, words, _ in COUNTS)],
                rx.foreach(
                    view.months,
                    lambda one: _row(one.month, one.invited, one.opened, one.sent, one.reviewed),
                ),
            ),
            class_name="chart-and-table",
        ),
        class_name="section",
    )


def _score(score: View, width: View) -> rx.Component:
    return rx.el.div(
        rx.el.h3(score.title, class_name="score-title"),
        rx.cond(score.scale != "", rx.el.p(score.scale, class_name="note")),
        rx.el.div(
            rx.cond(
                score.is_drawn,
                means_chart(score, width),
                rx.el.p(NOTHING_TO_DRAW, class_name="note"),
            ),
            _table(
                score.title,
                ["Month", "Mean", "People"],
                rx.foreach(score.rows, lambda one: _row(one.month, one.mean, one.people)),
            ),
            class_name="chart-and-table",
        ),
        class_name="score",
    )


def _numbers(view: View) -> rx.Component:
    figures = rx.el.dl(
        rx.foreach(
            view.figures,
            lambda one: rx.el.div(rx.el.dt(one.label), rx.el.dd(one.value), class_name="figure"),
        ),
        class_name="figures",
    )
    scores = rx.el.section(
        rx.el.h2("Scores", class_name="section-title"),
        rx.el.p(
            "The mean of everybody who sent answers in a month. It says how patients were when "
            "they answered, not how well a treatment worked.",
            class_name="note",
        ),
        rx.cond(view.hides_means, rx.el.p(MEANS_ARE_HIDDEN, class_name="note")),
        rx.foreach(view.scores, lambda score: _score(score, view.width)),
        class_name="section",
    )
    return rx.fragment(
        figures, _counts(view), rx.cond(view.scores.length() > 0, scores, rx.fragment())
    )


def dashboard_page() -> rx.Component:
    """Show the numbers."""
    view = _view()
    return staff_page(
        "Numbers",
        rx.cond(
            view,
            rx.fragment(
                _period(),
                rx.el.div(
                    rx.el.h2(DashboardState.period, class_name="section-title"), role="status"
                ),
                rx.el.p(
                    "Months begin and end by UTC; the current one counts so far.", class_name="note"
                ),
                rx.cond(
                    view.is_empty,
                    empty_state(
                        no_answers(),
                        "Nothing in this time",
                        rx.el.p("Choose a longer time, or invite your first patients."),
                        link_button("Invite patients", href=routes.CLINIC_INVITATIONS),
                    ),
                    _numbers(view),
                ),
            ),
        ),
        current=routes.CLINIC_DASHBOARD,
    )
