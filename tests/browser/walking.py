"""Walking through the pages of a node in a browser, and looking closely at each."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import APIResponse, BrowserContext, ConsoleMessage, Page, Response, Route
from playwright.sync_api import TimeoutError as TookTooLongError

from bench.codes import code_now

AXE = (Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = "axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 300)]))"
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
PHONE, DESK = 320, 1280


@dataclass
class Walk:
    """One person with one browser. Fields are found by their names, which are the same in every language."""

    context: BrowserContext
    site: str
    scripts: bool
    code: str = ""
    password: str = ""
    seen: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    pictures: Path | None = None

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.eye = self.page if self.scripts else self._eye()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def go(self, path: str) -> None:
        """Open an address and look at the page."""
        self.page.goto(f"{self.site}{path}")
        self.look()

    def case(self, path: str = "") -> None:
        """Open an address within her case."""
        self.go(f"/cases/{self.code}/{path}")

    def path(self) -> str:
        """The address of the page without the site."""
        return self.page.url.removeprefix(self.site)

    def link(self, end: str, *, inside: bool = False) -> str:
        """Where the first link of the page with this end (or with this inside) leads."""
        how = "*=" if inside else "$="
        return self.page.locator(f'main a[href{how}"{end}"]').first.get_attribute("href") or ""

    def write(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, text in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(text)

    def choose(self, **fields: str) -> None:
        """Choose an answer, tick a box or take one of a list, by the field's name and the answer's value."""
        for name, value in fields.items():
            list_ = self.page.locator(f'main select[name="{name}"]')
            if list_.count():
                list_.first.select_option(value)
            else:
                self.page.locator(f'main input[name="{name}"][value="{value}"]').check()

    def choose_first(self, *names: str) -> None:
        """Take the first answer of these fields."""
        for name in names:
            list_ = self.page.locator(f'main select[name="{name}"]')
            if list_.count():
                values = [one.get_attribute("value") or "" for one in list_.locator("option").all()]
                list_.select_option(next(value for value in values if value))
            else:
                self.page.locator(f'main input[name="{name}"]').first.check()

    def choose_myself(self, name: str) -> None:
        """Take oneself from a list of colleagues."""
        me = self.me()
        list_ = self.page.locator(f'main select[name="{name}"]')
        names = [one for one in list_.locator("option").all_inner_texts() if one.strip()]
        list_.select_option(label=next(one for one in names if one.split(",")[0] in me))

    def me(self) -> str:
        """Who is signed in, as the head of the page says it."""
        return self.page.locator(".a-header details summary").first.inner_text().strip().splitlines()[-1]

    def answer_all(self, value: str) -> None:
        """Give the same answer to every question of the page that offers it."""
        for box in self.page.locator(f'main input[type="radio"][value="{value}"]').all():
            box.check()

    def save(self) -> None:
        """Send the form; it is taken, and the next page stands there."""
        self._send('main form:has([name="once"]) button[type="submit"]')

    def press(self, action: str) -> None:
        """Press the button that is sent to an address with this end."""
        self._send(f'main form[action$="{action}"] button[type="submit"]')

    def paper(self, trigger: str) -> None:
        """Press what gives a paper: it is a whole PDF. The browser is told that nothing came, so the page stays."""
        papers: list[APIResponse] = []

        def take(route: Route) -> None:
            papers.append(route.fetch())
            route.fulfill(status=204)

        self.page.route("**/*", take)
        with self.page.expect_response(lambda answer: answer.status == 204):
            self.page.locator(f"main {trigger}").first.click()
        self.page.unroute("**/*", take)
        content = papers[0].body()
        if papers[0].status != 200 or not (content.startswith(b"%PDF-") and b"%%EOF" in content[-32:]):
            raise AssertionError(f"{trigger} on {self.path()} gave {papers[0].status} and no PDF")

    def attach(self, name: str, content: bytes) -> None:
        """Choose a picture for a field of files."""
        field = self.page.locator(f'main input[name="{name}"]')
        field.set_input_files({"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": content})

    def sign(self) -> None:
        """Draw a line where she signs."""
        canvas = self.page.locator("main canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box() or {"x": 0, "y": 0}
        self.page.mouse.move(box["x"] + 20, box["y"] + 20)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 140, box["y"] + 60, steps=5)
        self.page.mouse.up()

    def look(self) -> None:
        """Nothing sticks out on a phone or a desk, and axe finds nothing; each kind of page once."""
        kind = re.sub(r"\d+", "N", re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{3}", "CODE", self.path().partition("?")[0]))
        if kind in self.seen:
            return
        self.seen.add(kind)
        if self.eye is not self.page:
            self.eye.context.add_cookies(self.context.cookies())  # type: ignore[arg-type]  # the same, read and written
            self.eye.goto(self.page.url)
        for width in (DESK, PHONE):
            self.eye.set_viewport_size({"width": width, "height": 800})
            self._look_at_this_width(kind, width)

    def _look_at_this_width(self, kind: str, width: int) -> None:
        if self.eye.evaluate(SIDEWAYS) > 0:
            self.complaints.append(f"{kind} scrolls sideways at {width}")
        if self.pictures:
            name = kind.strip("/").replace("/", "_") or "today"
            self.eye.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)
        self.eye.evaluate(f"{AXE}; 0")
        self.complaints += [f"{kind} at {width}: {found}" for found in self.eye.evaluate(RUN_AXE)]

    def _eye(self) -> Page:
        """A page that can measure, which a browser without scripts cannot: it opens what this person sees."""
        browser = self.context.browser
        if browser is None:
            raise LookupError("a walk needs a browser of its own")
        return browser.new_context().new_page()

    def _send(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        refused = self.page.locator(".govuk-error-summary")
        if refused.count():
            raise AssertionError(f"{self.path()} was not taken: {refused.first.inner_text()}")
        self.look()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url} answered {response.status}")


def sign_in(walk: Walk, account: dict[str, str]) -> None:
    """With password and code, as a person would."""
    walk.password = account["password"]
    walk.go("/accounts/login/")
    walk.write(login=account["username"], password=account["password"])
    walk.page.locator('main form button[type="submit"]').first.click()
    if account["totp_secret"]:
        walk.page.locator('main [name="code"]').first.wait_for()
        walk.page.wait_for_load_state()
        walk.look()
        _give_code(walk, account["totp_secret"])
    walk.page.wait_for_url(f"{walk.site}/")
    walk.look()


def _give_code(walk: Walk, secret: str) -> None:
    """The code of an authenticator; the next one where the first was over before it arrived."""
    for _ in range(3):
        walk.write(code=code_now(secret))
        walk.page.locator('main form button[type="submit"]').first.click()
        with suppress(TookTooLongError):
            walk.page.wait_for_url(f"{walk.site}/", timeout=20_000)
            return
