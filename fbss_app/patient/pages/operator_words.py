"""Names in patients' texts who runs this copy of the app, or says that nobody has said so."""

from collections.abc import Mapping

from fbss_app.settings import Settings


def operator_words(settings: Settings) -> Mapping[str, str]:
    """Give what stands in the texts for `{operator}`, in a sentence, and `{operator_contact}`."""
    name, contact = settings.operator_name, settings.operator_contact
    if name is None or contact is None:
        return {
            "operator": "the organisation that runs this copy of the app",
            "operator_contact": (
                "It has not said yet who it is, or how to reach it. Ask who it is before you save "
                "anything here."
            ),
        }
    return {"operator": name, "operator_contact": f"How to reach {name}: {contact}"}
