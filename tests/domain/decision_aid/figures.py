"""Figures for tests: complete, and changed by what a test is about."""

from pydantic import TypeAdapter

from fbss_app.domain.decision_aid.figure import Figure

_FIGURE = TypeAdapter(Figure)
_EVERY_FIGURE = {
    "id": "a-figure",
    "horizon": "after 6 months",
    "population": "a study of 100 people with pain after back surgery",
    "comparison": {"label": "with usual care alone", "n": 9},
    "certainty": "low",
    "rated_by": "us",
    "sources": ["S64"],
    "reviewed_on": "2026-11-23",
}
NO_RANGE = {
    "low": None,
    "high": None,
    "range": {"kind": "none", "source": "does not say how many people were counted"},
}
_FREQUENCY = {
    "unit": "people",
    "outcome": "had at least half of their leg pain gone",
    "otherwise": "did not",
    "denominator": 100,
}


def share(**changes):
    return _FIGURE.validate_python(
        {
            **_EVERY_FIGURE,
            **_FREQUENCY,
            "kind": "share",
            "n": 48,
            "low": 34,
            "high": 62,
            "range": {"kind": "sample", "people": 50, "about": True},
            **changes,
        }
    )


def spread(**changes):
    return _FIGURE.validate_python(
        {
            **_EVERY_FIGURE,
            **_FREQUENCY,
            "kind": "spread",
            "low": 7,
            "high": 16,
            "range": {"kind": "studies"},
            "comparison": {"none": "The studies had no group to compare with."},
            **changes,
        }
    )


def difference(**changes):
    return _FIGURE.validate_python(
        {
            **_EVERY_FIGURE,
            "kind": "difference",
            "measure": "pain",
            "points": 3,
            "low": 1,
            "high": 5,
            "direction": "lower",
            "scale": [0, 100],
            "range": {"kind": "reported"},
            "comparison": {"label": "with a dummy pill"},
            **changes,
        }
    )
