"""The link to a questionnaire's paper version."""

import reflex as rx
from reflex_components_core.el.elements.inline import A

from fbss_app import routes


def paper_link(questionnaire: str = routes.PRIMARY_QUESTIONNAIRE) -> rx.Component:
    """Lead to the questions on paper.

    It is the plain element: the link of the router would look for a page at this address.

    Args:
        questionnaire: The name of the definition.
    """
    return A.create("The questions on paper, to print (PDF)", href=routes.paper(questionnaire))
