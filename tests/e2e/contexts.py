"""Contexts of a browser that are used again, so that Odoo's scripts are fetched and compiled once.

A context is what Playwright calls a browser of one's own: cookies, stores, permissions, a cache.
Who gets one that somebody else had finds the cache only.
"""

from collections import deque
from collections.abc import Iterable

from playwright.sync_api import Browser, BrowserContext, Page

from devtools.story import wait_until

OPTIONS = {"locale": "pt-BR", "timezone_id": "America/Sao_Paulo", "reduced_motion": "reduce"}


class Contexts:
    """The contexts of one browser.

    :ivar origins: addresses whose stores are emptied before a context is used again
    """

    def __init__(self, browser: Browser):
        self.browser = browser
        self.origins: set[str] = set()
        self._devtools = browser.new_browser_cdp_session()
        self._free: deque[tuple[BrowserContext, str]] = deque()
        self._used: dict[BrowserContext, str] = {}

    def page(self, width: int, height: int) -> Page:
        """Return an empty page of a context in which there is no other one."""
        size = {"width": width, "height": height}
        if not self._free:
            context = self.browser.new_context(viewport=size, **OPTIONS)
            page = context.new_page()
            self._used[context] = self._id_of(page)
            return page
        context, name = self._free.popleft()
        self._used[context] = name
        page = context.new_page()
        page.set_viewport_size(size)
        devtools = context.new_cdp_session(page)
        for origin in sorted(self.origins):
            # All that a page may keep; the cache of what was fetched is none of it
            devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        devtools.detach()
        return page

    def tidy(self, origins: Iterable[str]) -> None:
        """Close all pages; contexts that were not closed can be used again.

        :param origins: addresses that these pages were at
        """
        self.origins.update(origins)
        for context, name in self._used.items():
            if context not in self.browser.contexts:
                continue
            for page in context.pages:
                page.close()
            context.clear_cookies()
            context.clear_permissions()
            self._free.append((context, name))
        self._used.clear()
        names = {name for _context, name in self._free}
        wait_until(lambda: not names & self._workers(), "a worker outlives its pages")

    def _id_of(self, page: Page) -> str:
        devtools = page.context.new_cdp_session(page)
        found = devtools.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
        devtools.detach()
        return found

    def _workers(self) -> set[str]:
        """Return the contexts in which a worker still runs: one that pages share, as the bus's."""
        targets = self._devtools.send("Target.getTargets")["targetInfos"]
        kinds = ("page", "shared_worker", "worker")
        return {one["browserContextId"] for one in targets if one["type"] in kinds}
