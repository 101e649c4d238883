"""The server: one address for the Graph API, the control API and the phone's page."""

import sys
import traceback

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map
from werkzeug.routing.converters import BaseConverter
from werkzeug.wrappers import Request, Response

from ..client import PhoneClient
from ..serving import DropConnection, HttpServer
from .control import ControlApi
from .errors import GraphError
from .graph import GraphApi, error_answer
from .pages import Pages
from .settings import Settings
from .simulation import Simulation

# what is Meta's, not the sandbox's own
_API = ("/v", "/whatsapp_business/")


class _Regex(BaseConverter):
    def __init__(self, url_map, pattern):
        super().__init__(url_map)
        self.regex = pattern


class MetaSandbox:
    """The simulated Cloud API, in this process.

    Example:
        with MetaSandbox(webhook_url="http://127.0.0.1:8069/whatsapp/webhook") as meta:
            maria = meta.phone("5531988887777", "Maria")
            maria.send_text("oi")
            maria.wait_text("protocolo")

    `settings` are those of `settings.Settings`. Port 0 takes a free port; OSError if it is in use.
    """

    def __init__(self, host="127.0.0.1", port=0, webhook_url=None, **settings):
        chosen = Settings()
        chosen.update({"webhook_url": webhook_url or "", **settings})
        self.simulation = Simulation(chosen)
        self._fronts = (GraphApi(self.simulation), ControlApi(self.simulation), Pages())
        rules = [rule for front in self._fronts for rule in front.rules()]
        self._map = Map(rules, converters={"regex": _Regex})
        self._server = HttpServer(host, port, self._application)
        self.simulation.listens_at = self.url

    @staticmethod
    def default_settings():
        """Return every setting with its default value."""
        return Settings().as_dict()

    @property
    def url(self):
        """Address without a slash at the end; Graph API at `{url}/v25.0/...`."""
        return self._server.url

    @property
    def settings(self):
        """Settings, changeable at any time."""
        return self.simulation.settings

    @property
    def faults(self):
        """Faults in force: `.set({...})`, `.clear()`."""
        return self.simulation.faults

    def start(self):
        """Serve in the background, and return itself."""
        self.simulation.sender.start()
        self._server.start()
        return self

    def stop(self):
        """Stop serving and delivering; open connections are cut."""
        self.simulation.stopped.set()
        self._server.stop()
        self.simulation.sender.stop()

    __enter__ = start

    def __exit__(self, *_exception):
        self.stop()

    def phone(self, wa_id, name="", **options):
        """Return a citizen to play: a `sandbox.client.PhoneClient` on this server."""
        return PhoneClient(self.url, wa_id, name, **options)

    @Request.application
    def _application(self, request):
        if request.path.startswith(_API):
            return self.simulation.line.carry(request, "", self._respond)
        return self._respond(request)

    def _respond(self, request):
        try:
            endpoint, values = self._map.bind_to_environ(request.environ).match()
            return endpoint.__self__.call(endpoint, request, values)
        except GraphError as error:
            return error_answer(error)
        except HTTPException as error:
            if request.path.startswith("/v"):
                message = f"Unknown path components: {request.path}"
                return error_answer(GraphError(2500, message=message))
            return error
        except DropConnection:
            raise
        except Exception:  # noqa: BLE001 - a mistake of ours must be seen, as HTTP 500
            trace = traceback.format_exc()
            print(trace, file=sys.stderr)
            return Response(trace, 500, content_type="text/plain")
