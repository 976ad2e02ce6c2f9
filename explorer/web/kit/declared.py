"""What Python tells components that stand already: their scripts are not sent again with it."""

from explorer.web.kit.component import component

#: Declares what ``data`` has by name to the page's components (``events.js``).
declared = component("declared", beside=__file__, css=(), kit=("events",))
