"""The regions of the body map as a JavaScript module that every drawing of them shares."""

import json
from typing import TypedDict

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import ArrayVar, VarData

from fbss_app.content.body_map import DRAWINGS, Figure

# The module that the drawings import; the build writes `shapes_source` to it.
SHAPES_MODULE = "art/body_map"


class Shape(TypedDict):
    """A region: its outline as SVG path data, and the middle of its area."""

    code: str
    path: str
    x: float
    y: float
    around_operation: bool


def shapes(figure: Figure) -> ArrayVar[list[Shape]]:
    """Give the regions of a figure from the lowest up, imported where they are drawn."""
    data = VarData(imports={f"$/{SHAPES_MODULE}": [ImportVar(tag=_name(figure))]})
    return rx.Var(_name(figure), _var_data=data).to(list[Shape])


def shapes_source() -> str:
    """Write the ES module with the regions of both figures."""
    exports: list[str] = []
    for figure, drawing in DRAWINGS.items():
        written = [
            Shape(
                code=region.code,
                path=region.path,
                x=round(region.centre[0], 1),
                y=round(region.centre[1], 1),
                around_operation=region.around_operation,
            )
            for region in drawing.layers
        ]
        exports.append(f"export const {_name(figure)} = {json.dumps(written)};\n")
    return "".join(exports)


def _name(figure: Figure) -> str:
    return f"body_{figure}"
