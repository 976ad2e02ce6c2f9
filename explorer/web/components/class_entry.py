"""Opens a class on this server, or enters one by its code; the scripts of the class do the rest."""

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _


def class_entry() -> None:
    """Draws the way into a class."""
    data = {
        "open": _("Open a class"),
        "opening": _("For teachers: your class sees on its own screens what you show."),
        "code": _("Code of the class"),
        "enter": _("Enter"),
        "entering": _("For students: type the code that your teacher shows."),
    }
    _component(key="class_entry", data=data, height="content")


_component = component("class_entry", beside=__file__)
