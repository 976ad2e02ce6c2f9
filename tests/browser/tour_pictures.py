"""Takes docs/tour.md and its pictures: the tour of the GRU, stop by stop; and the README's.

Run by ``python -m tests.browser.tour_pictures``.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from explorer.web.tours.catalogue import TOURS
from tests.browser.chromium import ARGUMENTS, installed
from tests.browser.server import PATIENCE_S, ROOT, serving, settled

TOUR = TOURS["gru"]
DOCS = ROOT / "docs"
FOLDER = DOCS / "tour"
SIZE = {"width": 1280, "height": 800}
README = {"start": "", "gru": "gru"}
"""Pictures of the README, and the pages that they show."""
README_SIZE: ViewportSize = {"width": 1440, "height": 900}
REST_MS = 2500
"""Until scrolling, and what glides or plays, has come to rest, and a job says that it works."""
COLOURS = 256  # of a picture's palette, so that it stays small


def page() -> str:
    """The page of the documentation: each picture with what is told and asked there."""
    parts = [f"# {TOUR.title}: the tour\n\n`/?tour={TOUR.name}.1` takes it in the app.\n"]
    for number, stop in enumerate(TOUR.stops, 1):
        parts.append(f"![Stop {number}: {stop.mark.part}](tour/{TOUR.name}-{number}.png)\n")
        parts.append(f"**{number}.** {stop.text}\n")
        if stop.question:
            options = " · ".join(stop.question.options)
            parts.append(f"*{stop.question.text}* {options}\n")
    return "\n".join(parts)


def take(shown: Page, app: str) -> None:
    """Takes the pictures, on the way that a reader goes."""
    shown.goto(f"{app}/?lang=en&theme=light&tour={TOUR.name}.1")
    for number, stop in enumerate(TOUR.stops, 1):
        shown.locator("section.guide .text", has_text=stop.text).wait_for()
        shown.locator(f".{stop.marked}[data-tour-mark], .{stop.marked} [data-tour-mark]").wait_for()
        shown.wait_for_timeout(REST_MS)
        shown.wait_for_function("""() => !document.querySelector('[data-testid="stProgress"]')""")
        settled(shown).locator('section.guide [data-act="look"]').click()
        shown.wait_for_timeout(REST_MS)
        _keep(shown.screenshot(), FOLDER / f"{TOUR.name}-{number}.png")
        shown.locator('section.guide [data-act="next"]').click()


def take_pages(shown: Page, app: str) -> None:
    """Takes the README's pictures, each of the first screen of a page."""
    shown.set_viewport_size(README_SIZE)
    for name, path in README.items():
        shown.goto(f"{app}/{path}?lang=en&theme=light")
        settled(shown)
        shown.wait_for_timeout(2 * REST_MS)
        _keep(settled(shown).screenshot(), DOCS / f"{name}.png")


def _keep(picture: bytes, path: Path) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    # Not by how much of the picture has a colour: a gate's colour is a thin line.
    way = Image.Quantize.MAXCOVERAGE
    image.quantize(COLOURS, method=way, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Writes the page and the pictures."""
    FOLDER.mkdir(exist_ok=True)
    (DOCS / "tour.md").write_text(page(), encoding="utf-8")
    with serving() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
        shown = browser.new_page(viewport=SIZE, locale="en-US", color_scheme="light")
        shown.set_default_timeout(PATIENCE_S * 1000)
        take(shown, app)
        take_pages(shown, app)
        browser.close()


if __name__ == "__main__":
    main()
