"""The one kind of error that is meant to be read: a sentence that a catalogue can translate."""


class ExplorerError(ValueError):
    """Something the reader can mend, said in one plain sentence.

    Args:
        template: The English sentence, with ``{named}`` places for the values. It is the message
            id in the catalogues, so it is always written as a literal.
        **values: What goes into the places.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
