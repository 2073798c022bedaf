"""The logo of a clinic as whoever loads it sees it."""

from fbss_app.server.services.clinic.settings.logos import Logo, NoLogoError, read_logo_picture
from fbss_app.server.services.unit_of_work import Database


def read_logo(database: Database, slug: str) -> Logo | None:
    """Tell of a clinic's logo; None without one, or without such a clinic."""
    try:
        picture = read_logo_picture(database, slug)
    except NoLogoError:
        return None
    return Logo(picture.width, picture.height, picture.digest)
