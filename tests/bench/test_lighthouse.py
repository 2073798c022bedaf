from tests.bench.lighthouse import BUDGETS, lost_points, median_scores, middle_report


def report(performance, **audits):
    references = [{"id": name, "weight": 0 if name == "unweighted" else 1} for name in audits]
    return {
        "categories": {
            name: {
                "score": performance if name == "performance" else 1,
                "auditRefs": references if name == "performance" else [],
            }
            for name in BUDGETS
        },
        "audits": {name: {"score": score} for name, score in audits.items()},
    }


def test_scores_are_medians_out_of_100():
    scores = median_scores([report(0.9), report(0.99), report(0.97)])

    assert scores == {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}


def test_middle_report_is_the_one_of_median_performance():
    reports = [report(0.9), report(0.99), report(0.97)]

    assert middle_report(reports) is reports[2]


def test_only_weighted_audits_below_their_best_lose_points():
    assert lost_points(report(1, slow=0.5, fine=1, skipped=None, unweighted=0)) == ["slow"]
