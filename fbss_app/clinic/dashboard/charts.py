"""Charts of the numbers. A table beside each holds the same, so assistive technology skips them.

Colours are those of the theme. No score is red or amber: those mean urgent. Nothing moves.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.utils.imports import ParsedImportDict
from reflex_base.components.component import NoSSRComponent
from reflex_components_recharts import charts

from fbss_app.clinic.view import View

# Of a count: its key, its words and its colour; in the order in which things happen.
COUNTS = (
    ("invited", "Invited", "var(--chart-1)"),
    ("opened", "Opened", "var(--chart-2)"),
    ("sent", "Sent", "var(--chart-3)"),
    ("reviewed", "Reviewed", "var(--chart-4)"),
)
_TICK = {"fill": "var(--ink-soft)", "fontSize": 13}
_LINE = "var(--line-strong)"
# The svg would otherwise take the focus, though nobody hears of it.
_NO_FOCUS: dict[str, Any] = {"accessibilityLayer": False}
_MARGIN = {"top": 8, "right": 12, "bottom": 0, "left": 0}


class _WithThePage:
    """Fetches a chart's code with its page instead of later on.

    Only this page has it either way. To fetch anything later, the bundler would take the code for
    that out of a script of the patients' pages, and their first visit would need ten more files.
    """

    def _get_imports(self) -> ParsedImportDict:
        return super(NoSSRComponent, self)._get_imports()  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]

    def _get_dynamic_imports(self) -> None:
        return None


# Reflex lets only charts of these names into their frame.
class BarChart(_WithThePage, charts.BarChart):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Bars beside each other."""


class LineChart(_WithThePage, charts.LineChart):  # pyright: ignore[reportIncompatibleMethodOverride]
    """A line."""


def _axes(padding: int = 0, **of_values: Any) -> list[rx.Component]:
    return [
        rx.recharts.cartesian_grid(vertical=False, stroke="var(--line)"),
        rx.recharts.x_axis(
            data_key="month",
            stroke=_LINE,
            tick=_TICK,
            tick_line=False,
            min_tick_gap=16,
            padding={"left": padding, "right": padding},
        ),
        rx.recharts.y_axis(
            width=36, stroke=_LINE, tick=_TICK, tick_line=False, axis_line=False, **of_values
        ),
    ]


def _figure(chart: rx.Component, width: View, *above: rx.Component) -> rx.Component:
    return rx.el.div(
        *above,
        rx.el.div(
            rx.el.div(chart, class_name="chart", style={"minWidth": width}),
            class_name="chart-scroll",
        ),
        aria_hidden="true",
        class_name="chart-side",
    )


def counts_chart(points: View, width: View) -> rx.Component:
    """Draw the counts of each month side by side.

    Args:
        points: The months.
        width: How wide the chart is at least.
    """
    legend = rx.el.ul(
        *(
            rx.el.li(rx.el.span(class_name="chart-key", style={"background": colour}), words)
            for _, words, colour in COUNTS
        ),
        class_name="chart-legend",
    )
    chart = BarChart.create(
        *_axes(allow_decimals=False),
        *(
            rx.recharts.bar(
                data_key=key, fill=colour, is_animation_active=False, max_bar_size=22, radius=2
            )
            for key, _, colour in COUNTS
        ),
        data=points,
        bar_gap=1,
        bar_category_gap="18%",
        margin=_MARGIN,
        custom_attrs=_NO_FOCUS,
    )
    return _figure(chart, width, legend)


def means_chart(score: View, width: View) -> rx.Component:
    """Draw the means of a score as a line, with a gap where a mean is hidden or nobody answered.

    Args:
        score: The score.
        width: How wide the chart is at least.
    """
    chart = LineChart.create(
        *_axes(
            padding=28,
            domain=score.domain,
            ticks=rx.cond(score.ticks.length() > 0, score.ticks, rx.Var("undefined")).to(list[int]),
        ),
        rx.recharts.line(
            data_key="mean",
            type_="linear",
            stroke="var(--chart-3)",
            stroke_width=2.5,
            dot={"r": 4, "fill": "var(--chart-3)", "stroke": "var(--surface)"},
            is_animation_active=False,
        ),
        data=score.points,
        margin=_MARGIN,
        custom_attrs=_NO_FOCUS,
    )
    return _figure(chart, width)
