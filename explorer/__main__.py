"""``python -m explorer``."""

from explorer.cli import main

main(prog_name="python -m explorer")
