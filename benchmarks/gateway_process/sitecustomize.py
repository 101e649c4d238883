"""Lets Odoo find the libraries of OCA's `mail_gateway`, behind its own.

It is on their path in the row `gateway`; Python imports `sitecustomize` before anything else.

In the second measurement one `telegram.Bot` is kept for each process and token. As shipped, the
gateway makes a bot anew for each message, with two HTTP clients, and that is most of its cost.
"""

import functools
import os
import sys

sys.path.append(os.environ["MAIL_GATEWAY_LIBRARIES"])

if os.environ["MAIL_GATEWAY_BOT"] == "kept":
    import telegram

    telegram.Bot = functools.cache(telegram.Bot)
