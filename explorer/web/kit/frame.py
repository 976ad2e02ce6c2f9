"""What a page is given of its run: its address, and where its notices stand."""

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from explorer.web.kit.address import Address
from explorer.web.kit.errors import sentence
from explorer.web.kit.i18n import language, wrote_address


@dataclass(frozen=True)
class Frame:
    """What a page is given: its address, and where its notices stand."""

    address: Address
    notices: DeltaGenerator

    def close(self) -> None:
        """Writes the page's state into its address; the page's last call."""
        for problem in self.address.problems:
            self.notices.warning(sentence(problem), icon=":material/warning:")
        self.address.publish(language())
        wrote_address()
