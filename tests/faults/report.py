"""What a run says at its end, and how it tells of a schedule that went wrong."""

from collections import Counter
from collections.abc import Sequence

from tests.faults.schedule import Step
from tests.faults.worker import Outcome

_LONGEST_STEP = 140


def failure(outcome: Outcome) -> str:
    """Tell what was violated, by which steps, and how to see it again."""
    seed = outcome.schedule.seed
    return "\n".join(
        [
            f"VIOLATION with seed {seed}; again: make faults SEED={seed}",
            *(f"  {problem}" for problem in outcome.problems),
            "  The steps:",
            *(f"    {_told(step)}" for step in outcome.schedule.steps),
        ]
    )


def _told(step: Step) -> str:
    name, *given = step
    text = " ".join([name, *map(str, given)])
    return text if len(text) <= _LONGEST_STEP else f"{text[:_LONGEST_STEP]}..."


def closing_table(outcomes: Sequence[Outcome], database: str, seconds: float) -> str:
    """Count the faults that were injected and the checks that were made."""
    faults = sum((each.faults for each in outcomes), Counter())
    checks = sum((each.checks for each in outcomes), Counter())
    failed = sorted(each.schedule.seed for each in outcomes if each.problems)
    lines = [
        f"{len(outcomes)} schedules on {database} in {seconds:.0f} s",
        *_part("Faults injected", faults),
        *_part("Checks made", checks),
        "",
        f"Schedules with a violation: {len(failed)}",
    ]
    if failed:
        lines.append(f"Their seeds: {', '.join(map(str, failed))}")
    return "\n".join(lines)


def _part(title: str, counts: Counter[str]) -> list[str]:
    return ["", title, *(f"  {name:<44}{count:>10,}" for name, count in sorted(counts.items()))]
