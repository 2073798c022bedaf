from tests.bench.table import Figure, as_table, at_most, is_over, not_measured


def test_figure_at_its_budget_is_within_it():
    assert at_most("CSS", 12.0, 12, "kB", 1) == Figure("CSS", "12.0 kB", "12.0 kB or less", True)


def test_figure_over_its_budget_is_marked():
    figure = at_most("taps", 81, 80, "ms")

    assert figure.within is False
    assert as_table([figure]).splitlines()[-1] == "taps | 81 ms    | 80 ms or less | OVER"


def test_figure_is_judged_before_it_is_rounded():
    assert at_most("shift", 0.0504, 0.05, decimals=2).within is False


def test_budget_of_zero_allows_none():
    assert at_most("fonts", 0, 0, "kB") == Figure("fonts", "0 kB", "none", True)


def test_table_has_columns_of_one_width():
    lines = as_table([Figure("a", "1"), Figure("a longer name", "2", "3", True)]).splitlines()

    assert lines == [
        "what          | measured | budget",
        "------------- | -------- | ------ | --",
        "a             | 1",
        "a longer name | 2        | 3      | ok",
    ]


def test_only_a_figure_over_its_budget_is_over():
    within, none = at_most("a", 1, 1), Figure("b", "2")

    assert not is_over([within, none, not_measured("c", "no network", "1")])
    assert is_over([within, at_most("d", 2, 1)])
