"""Starts the simulated servers: `python -m sandbox --help`."""

import argparse
import signal
import sys
import threading

from . import defaults
from .meta import MetaSandbox


def _arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="Simulated WhatsApp Cloud API, GLPI and SMS gateway."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--meta-port", type=int, default=defaults.META_PORT)
    parser.add_argument("--glpi-port", type=int, default=defaults.GLPI_PORT)
    parser.add_argument("--sms-port", type=int, help="also an SMS gateway, on this port")
    parser.add_argument("--webhook-url", default=defaults.WEBHOOK_URL)
    parser.add_argument("--no-glpi", action="store_true", help="only the Cloud API")
    parser.add_argument("--no-meta", action="store_true", help="only GLPI")
    parser.add_argument("--glpi-state", help="JSON file that GLPI starts from")
    parser.add_argument("--attached", action="store_true", help="end when standard input is closed")
    parser.add_argument("--glpi-keep", help="file in which GLPI's rows survive a restart")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of the Cloud API, as keep_messages=1000 (see sandbox/meta/settings.py)",
    )
    return parser.parse_args(arguments)


def _settings(pairs):
    """Return `NAME=VALUE` texts as settings, each in the type of its default."""
    found = {}
    for pair in pairs:
        name, _equals, value = pair.partition("=")
        known = MetaSandbox.default_settings()
        if name not in known:
            raise ValueError(f"unknown setting {name!r}; known: {', '.join(known)}")
        kind = type(known[name])
        if kind is bool:
            found[name] = value.lower() in ("1", "true", "yes")
        else:
            found[name] = value.split(",") if kind is list else kind(value)
    return found


def _servers(options):
    """Yield (name, server) of each server asked for, made when its turn comes, not yet started."""
    if not options.no_meta:
        settings = _settings(options.set)
        yield "Meta", MetaSandbox(options.host, options.meta_port, options.webhook_url, **settings)
    if options.sms_port is not None:
        from .sms import SmsSandbox  # only when wanted

        yield "SMS", SmsSandbox(options.host, options.sms_port)
    if not options.no_glpi:
        from .glpi import GlpiSandbox  # only when wanted

        yield (
            "GLPI",
            GlpiSandbox(
                options.host, options.glpi_port, options.glpi_state, keep=options.glpi_keep
            ),
        )


def _wait_for_end(over):
    sys.stdin.read()
    over.set()


def main(arguments=None):
    """Serve until Ctrl-C or SIGTERM. Returns the exit status."""
    options = _arguments(arguments)
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    started = []
    try:
        for name, server in _servers(options):
            server.start()
            started.append(server)
            print(f"{name}: {server.url}", flush=True)
        if options.attached:
            threading.Thread(target=_wait_for_end, args=(over,), daemon=True).start()
        over.wait()
    except (OSError, ValueError) as error:
        ports = f"ports {options.meta_port} and {options.glpi_port}"
        print(f"The sandbox cannot start ({ports}): {error}", file=sys.stderr)
        return 1
    finally:
        for server in started:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
