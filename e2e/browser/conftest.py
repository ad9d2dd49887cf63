"""Debian's Chromium, windows that report every broken rule, and pictures of what was seen."""
import re

import pytest
from conftest import ARTIFACTS
from nightdesk import Nightdesk
from playwright.sync_api import expect, sync_playwright
from sample_client import Http
from world import PASSWORD, found

from .pages import Chat, DeskScreen

expect.set_options(timeout=15_000)
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
WATCH = """
addEventListener('securitypolicyviolation', (event) => {
  tellTheTest(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
"""


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    yield browser
    browser.close()


def device(playwright, name):
    """`desktop`, or a phone by its name."""
    if name == "desktop":
        return DESKTOP
    phone = dict(playwright.devices[name])
    phone.pop("default_browser_type")
    return phone


class Windows:
    """Opens browser windows, each with a memory of its own, and keeps a list of what went wrong in them."""

    def __init__(self, playwright, chromium, base, signed_in):
        self.playwright, self.chromium, self.base, self.signed_in = playwright, chromium, base, signed_in
        self.contexts, self.faults = [], []

    def open(self, size="desktop", locale="en", scheme="light", lenient=False, **options):
        """A new window. `lenient` lifts the content policy, which axe needs to run at all."""
        context = self.chromium.new_context(
            **device(self.playwright, size), locale=locale, color_scheme=scheme, base_url=self.base, bypass_csp=lenient,
            reduced_motion="reduce", **options,
        )
        context.set_default_timeout(15_000)
        context.expose_binding("tellTheTest", lambda source, text: self.faults.append(f"content policy: {text}"))
        context.add_init_script(WATCH)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("console", self.listen)
        self.contexts.append(context)
        return context.new_page()

    def listen(self, message):
        # A request that the server refuses, and a cut connection, are part of some tests and reported by the browser itself.
        if message.type == "error" and not re.search(r"Failed to load resource|WebSocket connection|net::ERR", message.text):
            self.faults.append(f"console: {message.text}")

    def chat(self, world, **options):
        chat = Chat(self.open(**options), options.get("locale", "en"))
        chat.visit(world.site)
        return chat

    def desk(self, email, locale="en", **options):
        """An agent's desk in that language, which is the agent's own choice and kept with the account."""
        http = self.signed_in.get(email) or self.sign_in(email)
        http.ask("PUT", "/api/me", {"name": http.ask("GET", "/api/me")["name"], "locale": locale})
        desk = DeskScreen(self.open(locale=locale, **options), locale)
        cookie = {"name": "nightdesk", "value": http.session.cookies["nightdesk"], "url": self.base}
        desk.page.context.add_cookies([cookie])
        return desk.enter()

    def sign_in(self, email):
        """Once for all tests of a module: checking a password is slow on purpose."""
        http = self.signed_in[email] = Http(self.base)
        http.session.headers["Origin"] = self.base
        http.ask("POST", "/api/sign-ins", {"email": email, "password": PASSWORD})
        return http

    def picture(self, page, name):
        ARTIFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"{name}.png", animations="disabled")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A server of the module's own: who is on duty decides who is given what."""
    with Nightdesk(tmp_path_factory.mktemp("browser") / "data") as server:
        world = found(server, agents=["Chen", "Dora"])
        world.server = server
        yield world


@pytest.fixture(scope="module")
def signed_in(company):
    return {}


@pytest.fixture
def windows(playwright, chromium, company, signed_in, request):
    opened = Windows(playwright, chromium, company.base, signed_in)
    yield opened
    if request.node.stash.get(FAILED, False):
        for number, context in enumerate(opened.contexts):
            for page in context.pages:
                opened.picture(page, f"failed-{re.sub(r'[^A-Za-z0-9-]+', '-', request.node.name)}-{number}")
    opened.close()
    assert not opened.faults, "\n".join(opened.faults)


FAILED = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
