"""``python -m sandbox.glpi [--port N] [--state FILE]``: the GLPI stand-in alone."""

import argparse
import sys
import threading

from sandbox import defaults

from .server import GlpiSandbox


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.glpi", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=defaults.GLPI_PORT)
    parser.add_argument("--state", help="JSON file of rows to start from (default: demo city)")
    options = parser.parse_args(arguments)
    try:
        glpi = GlpiSandbox(options.host, options.port, options.state)
    except (OSError, ValueError) as error:  # port in use, state missing, unreadable or wrong
        print(f"cannot start (port {options.port}): {error}", file=sys.stderr)
        return 1
    with glpi:
        print(f"GLPI stand-in: {glpi.url} (API at {glpi.url}/apirest.php)", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
