"""Line icons of our own, drawn on a grid of 24, always beside words that say the same."""

import reflex as rx

_PATHS: dict[str, tuple[str, ...]] = {
    "back": ("M14.5 5.5 8 12l6.5 6.5",),
    "bin": (
        "M4.5 7h15",
        "M9 7V4.5h6V7",
        "M6.5 7l.8 12.5h9.4L17.5 7",
        "M10.2 10.5v5.5M13.8 10.5v5.5",
    ),
    "calendar": ("M4.5 6.5h15v13h-15z", "M4.5 10.5h15", "M8.5 4v4M15.5 4v4"),
    "check": ("M5 12.5l4.5 4.5L19 7.5",),
    "chevron": ("M9.5 5.5 16 12l-6.5 6.5",),
    "clock": ("M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 7.5V12l3 2.5"),
    "download": ("M12 4v11", "M7.5 10.8 12 15.3l4.5-4.5", "M4.5 19.5h15"),
    "info": ("M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 11v5.5", "M12 7.4v.4"),
    "leaf": ("M5 19c0-9 5-14 14.5-14.5C19.5 14 15 18.5 8 18.5", "M5 20c1.5-5 4.5-8 9-10.5"),
    "lock": ("M5.5 10.5h13v9.5h-13z", "M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"),
    "offline": (
        "M4 4l16 16",
        "M7.2 9.2A4.8 4.8 0 0 0 7 18.5h10.2",
        "M10.3 6.3a5.6 5.6 0 0 1 7.3 4.9 3.8 3.8 0 0 1 2.4 5.8",
    ),
    "people": (
        "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
        "M2.5 19.5c.3-3.7 2.9-5.5 6.5-5.5s6.2 1.8 6.5 5.5",
        "M15.5 5a3.3 3.3 0 0 1 0 6.2M17.8 14.5c2.2.6 3.5 2.3 3.7 5",
    ),
    "phone": (
        "M6 3.5h3.2l1.6 4.3-2.2 1.7a11.5 11.5 0 0 0 5.9 5.9l1.7-2.2 4.3 1.6V18"
        "a2.5 2.5 0 0 1-2.6 2.5C10.6 20 4 13.4 3.5 6.1A2.5 2.5 0 0 1 6 3.5z",
    ),
    "plus": ("M12 5v14M5 12h14",),
    "print": ("M7 9V4h10v5", "M7 16.5H4.5V9h15v7.5H17", "M7 13.5h10V20H7z"),
    "share": ("M12 15V4", "M7.5 8.2 12 3.7l4.5 4.5", "M5 12.5v7.5h14v-7.5"),
    "sound": (
        "M4 9.5v5h3.5l5 4v-13l-5 4z",
        "M15.8 9a4.2 4.2 0 0 1 0 6",
        "M18.4 6.2a8 8 0 0 1 0 11.6",
    ),
    "star": ("M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.7-4.9-2.8-4.9 2.8 1-5.7L4 9.9l5.6-.7z",),
    "warning": ("M12 4 21 19.5H3z", "M12 10v4.5", "M12 16.9v.3"),
}


def icon(name: str, class_name: str = "") -> rx.Component:
    """Draw an icon in the colour of the text around it.

    Args:
        name: Which icon.
        class_name: Further classes.

    Returns:
        The drawing, hidden from assistive technology.
    """
    return rx.el.svg(
        *(rx.el.path(d=path) for path in _PATHS[name]),
        view_box="0 0 24 24",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
        class_name=f"icon {class_name}".strip(),
    )
