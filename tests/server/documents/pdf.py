"""Reads a PDF as a screen reader would: its words, its headings, its tables, its pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


@dataclass(frozen=True)
class Pdf:
    """What a test may want to know of a PDF."""

    reader: PdfReader

    @classmethod
    def read(cls, data: bytes) -> "Pdf":
        return cls(PdfReader(BytesIO(data)))

    @property
    def text(self) -> str:
        """All words in the order of the pages, each gap as one space."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    @property
    def catalog(self) -> DictionaryObject:
        return self.reader.root_object

    def elements(self) -> list[DictionaryObject]:
        """All elements of the structure tree, in reading order."""
        return list(_inside(self.catalog["/StructTreeRoot"]))

    def tags(self) -> list[str]:
        return [str(element["/S"]).lstrip("/") for element in self.elements()]

    def alternatives(self) -> list[str]:
        return [str(each["/Alt"]) for each in self.elements() if "/Alt" in each]


def _inside(node: Any) -> Iterator[DictionaryObject]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            yield from _inside(element)
