import pytest
from pydantic import ValidationError

from fbss_app.domain.decision_aid.cause import Cause, CauseDrawing, CauseSectionTitle, Phase
from fbss_app.domain.decision_aid.inline import Text
from fbss_app.domain.decision_aid.prose import Paragraph

WORDS = Paragraph(children=(Text(text="Words."),))
LABELS = {"disc": "Disc", "nerve": "Nerve"}


def cause(**fields):
    sections = [{"title": title, "blocks": [WORDS]} for title in CauseSectionTitle]
    return Cause.model_validate(
        {
            "id": "some-cause",
            "dossier": "A1",
            "title": "Plain words (a term)",
            "summary": "One sentence.",
            "order": 1,
            "sources": [],
            "reviewed_on": "2026-11-23",
            "sections": sections,
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("code", "phase"), [("P1", Phase.BEFORE), ("O5", Phase.LINKED), ("A10", Phase.AFTER)]
)
def test_phase_follows_from_the_place_in_the_dossier(code, phase):
    assert cause(dossier=code).phase is phase


@pytest.mark.parametrize("code", ["A0", "A11", "B1", "P", "none"])
def test_place_that_the_dossier_cannot_have_is_refused(code):
    with pytest.raises(ValidationError, match="dossier"):
        cause(dossier=code)


def test_sections_have_their_order():
    turned = [{"title": title, "blocks": [WORDS]} for title in reversed(CauseSectionTitle)]
    with pytest.raises(ValidationError, match="fixed ones in their order"):
        cause(sections=turned)


def test_blocks_come_in_the_order_of_the_sections():
    assert cause().blocks == (WORDS,) * len(CauseSectionTitle)


def test_drawing_may_be_missing_but_never_nameless():
    assert cause().drawing is None
    with pytest.raises(ValidationError, match="shows"):
        CauseDrawing.model_validate({"name": "scar", "shows": " ", "labels": LABELS})


@pytest.mark.parametrize(
    "labels",
    [
        {"disc": "Disc"},
        {f"label-{number}": "Words" for number in range(5)},
        {**LABELS, "bone": "More words than fit on two short lines"},
    ],
    ids=["one alone", "five", "too long"],
)
def test_labels_are_few_and_short(labels):
    with pytest.raises(ValidationError, match="labels"):
        CauseDrawing.model_validate({"name": "scar", "shows": "A scar.", "labels": labels})
