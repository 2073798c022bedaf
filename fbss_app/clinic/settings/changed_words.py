"""What a colleague has set meanwhile, said at each field of the form of settings."""

from __future__ import annotations

from fbss_app.clinic.settings.choices import country_names, optional_parts
from fbss_app.server.services.clinic.settings.settings import ClinicSettings
from fbss_app.server.services.refusal import FieldProblem


def changed_meanwhile(seen: ClinicSettings, current: ClinicSettings) -> list[FieldProblem]:
    """Say at each field that is set otherwise by now how it is set, and what to do.

    Args:
        seen: What was set when the form was opened.
        current: What is set now.
    """
    before, now = _values(seen), _values(current)
    return [
        FieldProblem(
            where,
            "changed-meanwhile",
            f"{label}: a colleague has set this to {value} since you opened the page. Yours is "
            "not saved yet. Look at it again, then save.",
        )
        for where, (label, value) in now.items()
        if before[where] != now[where]
    ]


def _values(settings: ClinicSettings) -> dict[str, tuple[str, str]]:
    """Give the label and the value of each field, by its id and in the order of the form."""
    parts = [optional_parts().get(part, part) for part in settings.optional_parts]
    return {
        "name": ("Name of the clinic", settings.name),
        "phone": ("Telephone for questions", settings.phone or "none"),
        "country": ("Country", country_names().get(settings.country, settings.country)),
        "accent": ("Colour", settings.accent.capitalize()),
        "retention-days": (
            "How many days answers are kept",
            str(settings.retention_days),
        ),
        "optional-parts": ("Optional parts", ", ".join(parts) or "none"),
        "takes-uninvited": (
            "Patients may answer without an invitation",
            "yes" if settings.takes_uninvited else "no",
        ),
        "allowed-sites": (
            "Websites that may show the questionnaire",
            ", ".join(settings.allowed_sites) or "none",
        ),
    }
