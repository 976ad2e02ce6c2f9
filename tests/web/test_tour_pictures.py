"""docs/tour.md says what the tour says, with a small picture of each stop."""

from PIL import Image

from tests.browser.tour_pictures import DOCS, FOLDER, SIZE, TOUR, page


def test_the_page_says_what_the_tour_says():
    written = (DOCS / "tour.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m tests.browser.tour_pictures"


def test_every_stop_has_a_small_picture():
    pictures = [FOLDER / f"{TOUR.name}-{n}.png" for n in range(1, len(TOUR.stops) + 1)]
    assert sorted(FOLDER.iterdir()) == pictures
    for picture in pictures:
        assert picture.stat().st_size < 120_000
        with Image.open(picture) as image:
            assert image.size == (SIZE["width"], SIZE["height"])
