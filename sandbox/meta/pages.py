"""The pages for people: the phone, and where to open one."""

import mimetypes
from pathlib import Path

from werkzeug.exceptions import NotFound
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

_FOLDER = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob: http: "
    "https:; object-src 'none'; base-uri 'none'"
)


class Pages:
    """Serves the files of `static/`; everything that moves is in the control API."""

    def rules(self):
        """Return the URL rules; their endpoints are methods of this object."""
        return [
            Rule("/", methods=["GET"], endpoint=self.landing),
            Rule("/phone", methods=["GET"], endpoint=self.phone),
            Rule("/static/<name>", methods=["GET"], endpoint=self.static),
            Rule("/favicon.ico", methods=["GET"], endpoint=self.favicon),
        ]

    def call(self, endpoint, request, values):
        """Run one of the endpoints."""
        return endpoint(request, **values)

    def landing(self, request):
        """Show the page on which to choose a citizen."""
        return self.static(request, "landing.html")

    def phone(self, request):
        """Return the phone of `?wa_id=...&name=...`."""
        return self.static(request, "phone.html")

    def favicon(self, request):
        """Return the same picture for every page."""
        return self.static(request, "icon.svg")

    def static(self, request, name):
        """Return a file of `static/`; NotFound for anything else."""
        if name not in {path.name for path in _FOLDER.iterdir()}:
            raise NotFound
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        response = Response((_FOLDER / name).read_bytes(), content_type=kind)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-cache"
        return response
