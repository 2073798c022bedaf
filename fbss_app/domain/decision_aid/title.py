"""Titles say it in plain words first, with the medical term in brackets behind them."""


def split_title(title: str) -> tuple[str, str]:
    """Take a title apart.

    Args:
        title: Such as `More surgery to join bones (fusion)`.

    Returns:
        The plain words, and the term with its brackets; "" where the title has none.
    """
    plain, bracket, term = title.partition(" (")
    return plain, bracket.strip() + term
