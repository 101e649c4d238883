"""The Graph API: the routes under `/{version}/` that the contact center calls."""

import json
import time

from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from ..serving import DropConnection
from . import media as media_rules
from .errors import GraphError, invalid_token, unknown_object
from .limits import check_product

_VERSION = '/<regex("v[0-9]+\\.[0-9]+"):version>'
_NUMBER_FIELDS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "webhook_configuration",
    "id",
)


class GraphApi:
    """Answers as graph.facebook.com does, with its errors and the faults in force."""

    def __init__(self, simulation):
        self.simulation = simulation
        self.settings = simulation.settings

    def rules(self):
        """Return the URL rules; their endpoints are methods of this object."""
        node = _VERSION + "/<node>"
        return [
            Rule(node, methods=["GET"], endpoint=self.get_node),
            Rule(node, methods=["DELETE"], endpoint=self.delete_node),
            Rule(node + "/messages", methods=["POST"], endpoint=self.post_message),
            Rule(node + "/media", methods=["POST"], endpoint=self.post_media),
            Rule(node + "/message_templates", methods=["GET"], endpoint=self.get_templates),
            Rule(node + "/phone_numbers", methods=["GET"], endpoint=self.get_numbers),
            Rule(node + "/subscribed_apps", endpoint=self.subscribed_apps),
            Rule("/whatsapp_business/attachments/", methods=["GET"], endpoint=self.download),
        ]

    def call(self, endpoint, request, values):
        """Run one of the endpoints under the faults in force, with the check of the token."""
        faults = self.simulation.faults
        if faults.get("down"):
            raise GraphError(2, "Service temporarily unavailable", http=503)
        self._sleep((faults.get("delay_ms") or 0) / 1000)
        self._note(request)
        if endpoint == self.download and not self._authorized(request):
            return Response(status=401)  # the download host speaks no JSON
        try:
            if faults.get("token_expired"):
                raise invalid_token(463)
            if not self._authorized(request):
                raise invalid_token()
            values.pop("version", None)
            return endpoint(request, **values)
        except GraphError:
            self.simulation.store.count("graph_errors")
            raise

    # -- messages ------------------------------------------------------------------------------

    def post_message(self, request, node):
        """Send a message, or mark one as read (`status: read`)."""
        self._own_number(node, "post")
        faults = self.simulation.faults
        if fault := faults.take("error", **{"async": False}):
            raise GraphError(fault["code"], fault["details"], http=fault.get("http"))
        if fault := faults.take("send_timeout", after_accept=False):
            self._never_answer(fault)
        payload = _json(request)
        check_product(payload)
        if payload.get("status"):
            if payload["status"] != "read":
                raise GraphError(100, "Param status must be one of {read}.")
            self.simulation.mark_read(payload)
            return _answer({"success": True})
        accepted = self.simulation.accept(payload)
        if fault := faults.take("send_timeout", after_accept=True):
            self._never_answer(fault)
        if faults.get("disorder"):
            self._sleep(0.15)  # so that a status comes before this answer
        return _answer(accepted)

    # -- media ---------------------------------------------------------------------------------

    def post_media(self, request, node):
        """Upload a file (multipart: messaging_product, file, type)."""
        self._own_number(node, "post")
        if request.form.get("messaging_product") != "whatsapp":
            raise GraphError(100, message="(#100) The parameter messaging_product is required.")
        upload = request.files.get("file")
        if upload is None:
            raise GraphError(100, message="(#100) The parameter file is required.")
        mimetype = request.form.get("type") or upload.content_type or ""
        content = upload.read()
        media_rules.check_upload(content, mimetype)
        media = self.simulation.media.add(content, mimetype, upload.filename or "")
        return _answer({"id": media.id})

    def download(self, request):
        """Return the bytes of a file, at an address that lives for five minutes."""
        media = self.simulation.media.at_address(
            request.args.get("mid", ""), request.args.get("hash", "")
        )
        if media is None:
            return Response("Not found or expired", 404)
        return Response(media.content, content_type=media.mimetype)

    # -- nodes ---------------------------------------------------------------------------------

    def get_node(self, request, node):
        """Return the number, the business account, or the address of a file."""
        if node == self.settings.phone_number_id:
            return _answer(_fields(request, self._number(), _NUMBER_FIELDS))
        if node == self.settings.waba_id:
            account = {"id": node, "name": self.settings.city_name, "currency": "BRL"}
            return _answer(_fields(request, account, ("id", "name")))
        if request.args.get("phone_number_id", self.settings.phone_number_id) != (
            self.settings.phone_number_id
        ):
            raise unknown_object(node)
        media = self.simulation.media_or_error(node)
        return _answer(
            {
                "messaging_product": "whatsapp",
                "url": self.simulation.media.address(media, self.simulation.base_url),
                "mime_type": media.mimetype,
                "sha256": media.sha256,
                "file_size": len(media.content),
                "id": media.id,
            }
        )

    def delete_node(self, request, node):
        """Delete a file."""
        self.simulation.media.remove(node)
        return _answer({"success": True})

    def get_numbers(self, request, node):
        """Return the numbers of the business account."""
        self._own_account(node)
        return _answer({"data": [_fields(request, self._number(), _NUMBER_FIELDS)]})

    def get_templates(self, request, node):
        """Return the message templates, page by page (`limit`, `after`)."""
        self._own_account(node)
        wanted = {key: request.args.get(key) for key in ("name", "status", "language", "category")}
        found = [
            template
            for template in self.simulation.store.templates
            if all(not value or template[key] == value for key, value in wanted.items())
        ]
        try:
            limit = max(int(request.args.get("limit", 25)), 1)
            start = int(request.args.get("after") or 0)
        except ValueError as error:
            raise GraphError(100, "limit and after have to be as given") from error
        page = found[start : start + limit]
        answer = {"data": [_fields(request, item, tuple(item)) for item in page]}
        answer["paging"] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
        if start + limit < len(found):
            url = f"{self.simulation.base_url}{request.path}?limit={limit}&after={start + limit}"
            answer["paging"]["next"] = url
        return _answer(answer)

    def subscribed_apps(self, request, node):
        """Read or change whether the app gets the account's webhooks: GET, POST, DELETE."""
        self._own_account(node)
        store = self.simulation.store
        if request.method == "GET":
            app = {"whatsapp_business_api_data": {"id": "500000000000001", "name": "Sandbox"}}
            return _answer({"data": [app] if store.subscribed else []})
        store.subscribed = request.method == "POST"
        return _answer({"success": True})

    # -- inside --------------------------------------------------------------------------------

    def _number(self):
        return {
            "verified_name": self.settings.city_name,
            "code_verification_status": "VERIFIED",
            "display_phone_number": "+" + self.settings.display_phone,
            "quality_rating": self.simulation.number["quality"],
            "platform_type": "CLOUD_API",
            "throughput": {"level": "STANDARD"},
            "webhook_configuration": {"application": self.settings.webhook_url},
            "id": self.settings.phone_number_id,
            "status": "CONNECTED",
            "name_status": "APPROVED",
            "account_mode": "LIVE",
            "is_official_business_account": False,
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
        }

    def _authorized(self, request):
        return request.headers.get("Authorization") == f"Bearer {self.settings.access_token}"

    def _own_number(self, node, method):
        if node not in (self.settings.phone_number_id, *self.settings.more_numbers):
            raise unknown_object(node, method)

    def _own_account(self, node):
        if node != self.settings.waba_id:
            raise unknown_object(node)

    def _sleep(self, seconds):
        if seconds:
            self.simulation.stopped.wait(seconds)

    def _never_answer(self, fault):
        self._sleep(fault["seconds"])
        raise DropConnection

    def _note(self, request):
        store = self.simulation.store
        entry = {
            "at": time.time(),
            "method": request.method,
            "path": request.full_path.rstrip("?"),
            "authorized": self._authorized(request),
        }
        if request.mimetype == "application/json":
            entry["body"] = request.get_data(as_text=True)[:20_000]
        store.requests.append(entry)
        store.count("graph_requests")


def _answer(value, status=200):
    return Response(json.dumps(value), status, content_type="application/json; charset=UTF-8")


def _json(request):
    try:
        return json.loads(request.get_data())
    except ValueError as error:
        raise GraphError(100, f"The body is not valid JSON: {error}") from error


def _fields(request, values, default):
    """Return the fields asked for, or the default ones.

    Raises GraphError 100 for an unknown one.
    """
    asked = [name.strip() for name in request.args.get("fields", "").split(",") if name.strip()]
    names = [name.partition("{")[0] for name in asked] or default
    for name in names:
        if name not in values:
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    return {name: values[name] for name in dict.fromkeys((*names, "id"))}


def error_answer(error):
    """Return the HTTP answer for a GraphError."""
    return _answer(error.body(), error.http)
