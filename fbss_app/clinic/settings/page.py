"""The clinic's settings: what it is called, keeps and asks, and which sites may show the app."""

from __future__ import annotations

import reflex as rx

from fbss_app import routes
from fbss_app.clinic.form import staff_form
from fbss_app.clinic.frame import has_logo, staff_page
from fbss_app.clinic.select_field import select_field
from fbss_app.clinic.settings.choices import country_names, optional_parts
from fbss_app.clinic.settings.logo_section import logo_section
from fbss_app.clinic.settings.own_pages_section import own_pages_section
from fbss_app.clinic.settings.state import SettingsState
from fbss_app.clinic.settings.webhook_section import webhook_section
from fbss_app.clinic.view import View
from fbss_app.server.services.clinic.settings.settings import ACCENTS, LEAST_DAYS, MOST_DAYS
from fbss_app.ui.button import button
from fbss_app.ui.error_summary import error_summary
from fbss_app.ui.form_field import field_around, group_field, text_field, tick_field


def _view() -> View:
    return SettingsState.settings


def _problems() -> View:
    return SettingsState.problems


def _id_of(group: str, number: int, value: str) -> str:
    """Name a control; the first one as its group, so that what is wrong there leads to it."""
    return group if number == 0 else f"{group}-{value}"


def _accents(chosen: View) -> rx.Component:
    return group_field(
        "accent",
        "Colour",
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        id=rx.Var.create(_id_of("accent", number, name)),
                        name="accent",
                        value=name,
                        default_checked=chosen == name,
                        class_name="choice-input",
                    ),
                    rx.el.span(name.capitalize(), class_name="swatch-name"),
                    # How it looks, for the eye alone: nothing here can be pressed.
                    rx.el.span(
                        rx.el.span("Button", class_name="swatch-button"),
                        rx.el.span("Link", class_name="swatch-link"),
                        aria_hidden="true",
                        class_name="swatch-look",
                    ),
                    data_accent=name,
                    class_name="swatch-row",
                )
                for number, name in enumerate(ACCENTS)
            ),
            class_name="swatches",
        ),
        problems=_problems(),
        hint="Of buttons and links on your patients' pages and on yours. Every one here can be "
        "read well, in the dark too.",
    )


def _parts(chosen: View) -> rx.Component:
    return group_field(
        "optional-parts",
        "Optional parts",
        *(
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    id=rx.Var.create(_id_of("optional-parts", number, part)),
                    name=f"part-{part}",
                    value="yes",
                    default_checked=chosen.contains(part),
                    class_name="choice-input",
                ),
                rx.el.span(words, class_name="choice-label"),
                class_name="choice-row",
            )
            for number, (part, words) in enumerate(optional_parts().items())
        ),
        problems=_problems(),
        hint="Patients you invite are offered these after all other questions. They may always "
        "leave them out.",
    )


def _form(view: View) -> rx.Component:
    return staff_form(
        text_field(
            "name",
            "Name of the clinic",
            name="name",
            problems=_problems(),
            hint="Patients see it before they send you anything.",
            auto_complete="organization",
            default_value=view.name.to(str),
        ),
        text_field(
            "phone",
            "Telephone for questions",
            name="phone",
            problems=_problems(),
            optional=True,
            type_="tel",
            auto_complete="tel",
            default_value=view.phone.to(str),
        ),
        select_field(
            "country",
            "Country",
            country_names(),
            name="country",
            problems=_problems(),
            hint="Decides which emergency numbers your patients see first.",
            default_value=view.country.to(str),
        ),
        _accents(view.accent.to(str)),
        text_field(
            "retention-days",
            "How many days answers are kept",
            name="retention-days",
            problems=_problems(),
            hint=f"After they were last sent; then they are deleted. From {LEAST_DAYS} to "
            f"{MOST_DAYS}. It holds for what is sent from now on.",
            input_class="input-short",
            input_mode="numeric",
            default_value=view.retention_days.to(str),
        ),
        _parts(view.optional_parts.to(list[str])),
        tick_field(
            "takes-uninvited",
            "Patients may answer without an invitation",
            name="takes-uninvited",
            problems=_problems(),
            hint="Through your own address and on your website. Anybody can then send you "
            "answers, under the name they give.",
            default_checked=view.takes_uninvited.to(bool),
        ),
        field_around(
            "allowed-sites",
            "Websites that may show the questionnaire",
            lambda described: rx.el.textarea(
                id=rx.Var.create("allowed-sites"),
                name="allowed-sites",
                rows=3,
                default_value=view.allowed_sites.to(str),
                spell_check=False,
                class_name="text-input",
                **described,
            ),
            problems=_problems(),
            hint="One a line, such as https://www.example.org. No other site can show it.",
            optional=True,
        ),
        rx.el.div(button("Save the settings", type_="submit"), class_name="actions"),
        on_submit=SettingsState.save,
    )


def settings_page() -> rx.Component:
    """Show the settings."""
    return staff_page(
        "Settings",
        error_summary(_problems()),
        rx.cond(
            SettingsState.settings,
            rx.fragment(
                _form(_view()), logo_section(has_logo()), own_pages_section(), webhook_section()
            ),
        ),
        current=routes.CLINIC_SETTINGS,
    )
