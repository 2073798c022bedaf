"""All drawings of causes by name, and how one is shown on its page or its card."""

from types import MappingProxyType

import reflex as rx

from fbss_app.domain.decision_aid.cause import CauseDrawing
from fbss_app.ui.art.causes.failed_fusion import FAILED_FUSION
from fbss_app.ui.art.causes.hardware import HARDWARE
from fbss_app.ui.art.causes.herniation import RECURRENT_HERNIATION
from fbss_app.ui.art.causes.joint_pain import JOINT_PAIN
from fbss_app.ui.art.causes.nerve_pain import NERVE_PAIN
from fbss_app.ui.art.causes.next_level import NEXT_LEVEL_WEAR
from fbss_app.ui.art.causes.plate import labelled, small
from fbss_app.ui.art.causes.scar import SCAR
from fbss_app.ui.art.causes.stenosis import STENOSIS

PLATES = MappingProxyType(
    {
        "failed-fusion": FAILED_FUSION,
        "hardware": HARDWARE,
        "joint-pain": JOINT_PAIN,
        "nerve-pain": NERVE_PAIN,
        "next-level-wear": NEXT_LEVEL_WEAR,
        "recurrent-herniation": RECURRENT_HERNIATION,
        "scar": SCAR,
        "stenosis": STENOSIS,
    }
)


def cause_figure(drawing: CauseDrawing, title: str) -> rx.Component:
    """Show a drawing with its labels and the sentence that says what there is to see.

    Args:
        drawing: Which drawing, and its words.
        title: What the drawing is of; its name for a screen reader, before the sentence.

    Returns:
        The figure.

    Raises:
        KeyError: There is no such drawing, or a label has no words.
    """
    return rx.el.figure(
        rx.el.span(f"Drawing: {title}.", id="drawing-name", class_name="visually-hidden"),
        labelled(PLATES[drawing.name], drawing.labels, named_by="drawing-name drawing-words"),
        rx.el.figcaption(drawing.shows, id="drawing-words", class_name="note"),
        class_name="cause-figure",
    )


def cause_picture(drawing: CauseDrawing) -> rx.Component:
    """Show the core of a drawing beside words that say the same."""
    return rx.el.div(small(PLATES[drawing.name]), class_name="cause-picture")
