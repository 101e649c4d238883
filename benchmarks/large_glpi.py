"""A GLPI with very many users and categories: rows made when asked for.

None is kept.

The sandbox's GLPI searches like a GLPI, row by row; that would be measured instead of the
connector. This one knows only what the catalogues are read with.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

CHANGED = "2026-11-21 19:00:00"


class LargeGlpi(ThreadingHTTPServer):
    """Serves in a thread of its own within a `with`."""

    daemon_threads = True

    def __init__(self, users: int, categories: int):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.users, self.categories = users, categories
        self.requests = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Address of this GLPI."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self.shutdown()
        self._thread.join()
        self.server_close()


def user(number: int) -> dict:
    """Return a row of search/User."""
    return {
        "1": f"servidor.{number}",
        "2": number,
        "5": f"servidor.{number}@prefeitura.example.test",
        "6": f"31 3859-{number % 10_000:04}",
        "8": 1,
        "9": f"Nome {number}",
        "10": None,
        "11": f"+55 31 9{number:08}",
        "19": CHANGED,
        "22": f"{number:06}",
        "34": "da Silva",
    }


def category(number: int) -> dict:
    """Return a row of ITILCategory: ten below each of the first ones."""
    parent = number // 10
    path = f"Assunto {parent} > Assunto {number}" if parent else f"Assunto {number}"
    return {
        "id": number,
        "itilcategories_id": parent,
        "name": f"Assunto {number}",
        "completename": path,
        "is_helpdeskvisible": 1,
        "date_mod": CHANGED,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer one request."""
        self.server.requests += 1
        parts = urlsplit(self.path)
        path = parts.path.partition("/apirest.php/")[2]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if path == "initSession":
            return self._say(200, {"session_token": "benchmark"})
        if path == "search/User":
            return self._search(query)
        if path == "ITILCategory":
            return self._list(query)
        return self._say(200, [])

    def _search(self, query):
        changed = "criteria[0][value]" not in query
        first, last = self._page(query, self.server.users if changed else 0)
        rows = [user(number) for number in range(first + 1, last + 1)]
        total = self.server.users if changed else 0
        self._say(206, {"totalcount": total, "count": len(rows), "data": rows})

    def _list(self, query):
        first, last = self._page(query, self.server.categories)
        rows = [category(number) for number in range(first + 1, last + 1)]
        header = f"{first}-{last - 1}/{self.server.categories}"
        self._say(206, rows, {"Content-Range": header} if rows else {})

    @staticmethod
    def _page(query, total):
        match = re.fullmatch(r"(\d+)-(\d+)", query["range"])
        return min(int(match[1]), total), min(int(match[2]) + 1, total)

    def _say(self, status, value, headers=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Be quiet."""
