"""The form of the login, and the link of an invitation.

Leaders log in with an authenticator app.
"""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page, expect

from tests.e2e.people import People

SECRETS: dict[str, str] = {}
"""Login -> secret of the authenticator app that was set up at the first login."""


def enter(people: People, login: str, password: str, **size: int) -> Page:
    """Log in.

    Leaders set up an authenticator app at the first login, and use it later.
    """
    page = people.page(login, **size)
    page.goto(f"{people.stack.odoo_url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("second-factor|/odoo|totp"))
    if "second-factor" in page.url:
        SECRETS[login] = page.locator("code").first.inner_text().replace(" ", "")
        page.fill("input[name=code]", code_of(SECRETS[login]))
        page.get_by_role("button", name="Entrar").click()
    elif "totp" in page.url:
        wait_for_the_next_code()
        page.fill("input[name=totp_token]", code_of(SECRETS[login]))
        page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
    return page


def code_of(secret: str) -> str:
    """Return the app's present code (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def wait_for_the_next_code() -> None:
    """Wait until the app shows another code: each is accepted once."""
    time.sleep(30 - time.time() % 30 + 1)


def first_login(people: People, login: str, link: str, password: str) -> Page:
    """Choose a password by the link of the invitation, and log in with it."""
    page = people.page(login)
    page.goto(link)
    page.fill("input[name=password]", password)
    page.fill("input[name=confirm_password]", password)
    page.click("form button[type=submit]")
    expect(page.locator(".alert-success")).to_be_visible()
    page.context.close()
    return enter(people, login, password)
