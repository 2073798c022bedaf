"""Where to get help, by country: the services that urgent texts name."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from fbss_app.content.validated import error_at, validated
from fbss_app.content.yaml_source import read_yaml
from fbss_app.domain.questionnaire.base import Definition, Kebab, Words

Telephone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{2,15}$")]


class EmergencyService(Definition):
    """Who to call when a life may be at risk; the only number no country may lack."""

    number: Telephone
    label: Words


class HelpService(Definition):
    """Another service; without a certain number only its words are shown."""

    number: Telephone | None
    label: Words
    advice: Words | None = None


class Country(Definition):
    """The services of one country."""

    code: Kebab
    name: Words
    emergency: EmergencyService
    urgent: HelpService
    crisis: HelpService | None
    text_relay: HelpService


class Countries(Definition):
    """All countries, and when somebody last checked their numbers."""

    checked_on: date | None
    country: Annotated[tuple[Country, ...], Field(min_length=1)]

    def by_code(self, code: str) -> Country:
        """Return one country."""
        return next(country for country in self.country if country.code == code)


def read_countries(file: Path) -> Countries:
    """Read the services by country.

    Raises:
        ContentError: The file does not fit, or has a country twice.
    """
    source = read_yaml(file)
    countries = validated(Countries, source)
    codes = [country.code for country in countries.country]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise error_at(
                source, ("country", index, "code"), f"`{code}` is there twice", "Keep one of them."
            )
    return countries
