"""What a page is given of its run: its address, and where its notices stand."""

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from explorer.web.kit.address import Address
from explorer.web.kit.carried import carried, wrote_address
from explorer.web.kit.errors import sentence
from explorer.web.kit.sight import show_in_sight


@dataclass(frozen=True)
class Frame:
    """What a page is given: its address, and where its notices stand."""

    address: Address
    notices: DeltaGenerator

    def again(self) -> "Frame":
        """The frame of a run of a part of the page."""
        return Frame(address=self.address.again(), notices=self.notices)

    def close(self) -> None:
        """Writes the page's state into its address; the last call of a page, or of its part."""
        show_in_sight()
        for problem in self.address.problems:
            self.notices.warning(sentence(problem), icon=":material/warning:")
        self.address.publish(carried())
        wrote_address()
