"""Two server processes behind nginx, as docs/serving.md says."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import nginx
from tests.browser.nginx import Front, in_front_of
from tests.browser.requests import ask, open_websocket
from tests.browser.server import PATIENCE_S, serving_as, settled

pytestmark = pytest.mark.skipif(
    nginx.installed() is None, reason="there is no nginx here (Debian's package nginx)"
)

NAME = "gatescope.example.org"  # as in docs/nginx.conf
PATH = "/gatescope"

_WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event =>
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with ExitStack() as stack:
        named = {"GATESCOPE_HOSTS": NAME}
        apps = [
            stack.enter_context(serving_as(path=PATH, environment=named))[0] for _each in range(2)
        ]
        yield stack.enter_context(in_front_of(apps, tmp_path_factory.mktemp("nginx")))


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One reader, who keeps a seat and the app's scripts."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_S * 1000)
    context.add_init_script(_WATCH)
    yield context
    context.close()


def refused(page: Page) -> list[str]:
    return page.evaluate("window.refused")


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("/?lang=zh", "figure svg"),
        ("/gru?lang=en&show=heatmaps", ".js-plotly-plot"),
        ("/deep?lang=en&show=claims", "[data-testid=stVegaLiteChart] :is(canvas, svg)"),
        ("/search?lang=zh", "svg circle"),
    ],
)
def test_pages_are_whole_under_the_content_security_policy(front, visitor, path, sign):
    page = visitor.new_page()
    page.goto(front.address + path)
    settled(page)
    expect(page.locator(sign).first).to_be_visible()
    lang = "zh" if "zh" in path else "en"
    expect(page.locator("html")).to_have_attribute("lang", lang)  # by a script in the page
    assert refused(page) == []


def test_the_content_security_policy_stops_scripts_and_calls_home(front, visitor):
    page = visitor.new_page()
    page.goto(f"{front.address}/?lang=en")
    settled(page)
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      const image = document.createElement("img");
      image.src = "http://elsewhere.example/picture";
      document.body.append(script, image);
      const inside = document.createElement("div");
      document.body.append(inside);
      inside.innerHTML = '<img src="data:," onerror="window.ran = true">';
    }""")
    page.wait_for_function("window.refused.length >= 3")
    assert not page.evaluate("window.ran")
    assert "img-src http://elsewhere.example/picture" in refused(page)


def test_pages_stay_below_their_path(front, visitor):
    page = visitor.new_page()
    page.goto(f"{front.address}/?lang=en")
    settled(page)
    page.get_by_role("link", name="Exercises").first.click()
    page.wait_for_url(re.compile(f"^{front.address}/exercises"))
    page.reload()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_every_answer_carries_the_headers(front):
    for answered, headers in ((200, {}), (403, {"Host": "evil.example"})):
        status, sent = ask(f"{front.address}/gru", headers)
        assert status == answered
        assert sent["x-content-type-options"] == "nosniff"
        assert sent["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in sent["content-security-policy"]


def test_the_site_answers_to_its_name_and_to_no_other(front):
    ours = {"Host": NAME, "Origin": f"https://{NAME}"}
    assert ask(f"{front.address}/gru", ours)[0] == 200
    assert open_websocket(front.address, ours) == 101
    for more in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert ask(f"{front.address}/gru", ours | more)[0] == 403
        assert open_websocket(front.address, ours | more) == 403


def test_readers_are_spread_and_each_stays_with_one_process(front):
    for seat in [f"reader-{number}" for number in range(33)] * 2:
        ask(f"{front.address}/_stcore/health", {"Cookie": f"gatescope_seat={seat}"})
    processes = seats(front)
    assert all(len(answering) == 1 for seat, answering in processes.items() if "reader" in seat)
    assert len(set.union(*processes.values())) == 2


def test_a_newcomer_gets_a_seat_and_keeps_it(front):
    _status, sent = ask(front.address + "/")
    assert re.fullmatch(
        "gatescope_seat=[0-9a-f]{32}; Path=/gatescope; HttpOnly; SameSite=Lax", sent["set-cookie"]
    )
    _status, sent = ask(front.address + "/", {"Cookie": "gatescope_seat=mine"})
    assert "gatescope_seat" not in sent.get("set-cookie", "")


def test_uploads_and_downloads_reach_the_process_of_their_reader(front, visitor):
    page = visitor.new_page()
    page.goto(f"{front.address}/corpus?lang=en&source=text&show=growth")
    settled(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "pairs.tsv", "mimeType": "text/plain", "buffer": b"Go.\tAllez.\n"}
    )
    expect(page.get_by_text("Pairs: 1,")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML").first.click()
    assert download.value.path().stat().st_size
    (seat,) = [each["value"] for each in visitor.cookies() if each["name"] == "gatescope_seat"]
    of_reader = [answered[1:] for answered in front.answered() if answered[0] == seat]
    assert len({process for process, _method, _path in of_reader}) == 1
    for method, part in (("PUT", "/_stcore/upload_file/"), ("GET", "/media/")):
        assert [path for _who, how, path in of_reader if how == method and part in path]


def seats(front: Front) -> dict[str, set[str]]:
    """The processes that answered each reader."""
    found: dict[str, set[str]] = {}
    for seat, process, _method, _path in front.answered():
        found.setdefault(seat, set()).add(process)
    return found
