"""How many characters stand in a text field, counted while the reader types."""

from explorer.web.kit.component import component
from explorer.web.kit.i18n import _
from explorer.web.kit.sight import class_of


def count(field: str, *, length: int, most: int) -> None:
    """Draws the count.

    Args:
        field: The key of the text field.
        length: Characters that stand in it.
        most: Characters that it may have.
    """
    data = {
        "field": class_of(field),
        "length": length,
        "most": most,
        "said": _("{length} of {most} characters"),
    }
    _component(key=f"{field}.count", data=data, height="content")


_component = component("count", beside=__file__)
