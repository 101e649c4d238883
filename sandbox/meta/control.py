"""The simulation's control API, for tests, the demonstration and the phone."""

import itertools
import json
import time

from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from . import citizen, elsewhere, webhooks

_MOST_SECONDS = 25.0
_PHONE_FLAGS = {"hide_number": bool, "unreachable": bool, "name": str, "username": str}


class ControlApi:
    """Routes under `/control/`.

    A request that is not understood gets 400 and says why.
    """

    def __init__(self, simulation):
        self.simulation = simulation

    def rules(self):
        """Return the URL rules; their endpoints are methods of this object."""
        phone = "/control/phones/<number>"
        return [
            Rule("/control/health", methods=["GET"], endpoint=self.health),
            Rule("/control/reset", methods=["POST"], endpoint=self.reset),
            Rule("/control/settings", methods=["GET", "PUT"], endpoint=self.settings),
            Rule("/control/faults", methods=["GET", "PUT", "DELETE"], endpoint=self.faults),
            Rule("/control/line", methods=["POST", "DELETE"], endpoint=self.line),
            Rule("/control/log", methods=["GET"], endpoint=self.log),
            Rule("/control/webhooks", methods=["GET"], endpoint=self.webhooks),
            Rule("/control/stats", methods=["GET"], endpoint=self.stats),
            Rule("/control/accepted", methods=["GET"], endpoint=self.accepted),
            Rule("/control/webhook", methods=["POST"], endpoint=self.post_webhook),
            Rule("/control/verify", methods=["POST"], endpoint=self.verify),
            Rule("/control/templates", methods=["PUT"], endpoint=self.templates),
            Rule("/control/news", methods=["POST"], endpoint=self.news),
            Rule("/control/media/<media_id>", methods=["GET"], endpoint=self.media),
            Rule("/control/media/<media_id>", methods=["PUT"], endpoint=self.put_media),
            Rule("/control/media/<media_id>/expire", methods=["POST"], endpoint=self.expire),
            Rule(phone, methods=["GET"], endpoint=self.get_phone),
            Rule(phone, methods=["PUT"], endpoint=self.put_phone),
            Rule(phone + "/messages", methods=["GET"], endpoint=self.messages),
            Rule(phone + "/send", methods=["POST"], endpoint=self.send),
            Rule(phone + "/read", methods=["POST"], endpoint=self.read),
            Rule(phone + "/played", methods=["POST"], endpoint=self.played),
        ]

    def call(self, endpoint, request, values):
        """Run one of the endpoints; ValueError becomes 400."""
        try:
            return endpoint(request, **values)
        except ValueError as error:
            return _json({"error": str(error)}, 400)

    # -- the simulation ------------------------------------------------------------------------

    def health(self, request):
        """Report that it is alive, and how many webhooks wait."""
        return _json({"ok": True, "pending_webhooks": self.simulation.sender.pending})

    def reset(self, request):
        """Forget messages, files, faults and logs; settings stay."""
        self.simulation.reset()
        return _json({"ok": True})

    def settings(self, request):
        """See or change settings (webhook_url, sent_ms, ninth_digit ...)."""
        if request.method == "PUT":
            self.simulation.settings.update(_object(request))
        return _json(self.simulation.settings.as_dict())

    def faults(self, request):
        """See, replace (PUT) or clear (DELETE) the faults."""
        if request.method == "PUT":
            self.simulation.faults.set(_object(request))
        elif request.method == "DELETE":
            self.simulation.faults.clear()
        return _json(self.simulation.faults.as_dict())

    def line(self, request):
        """Add a rule of `line.Rule` behind the others, or take all away (DELETE)."""
        if request.method == "POST":
            self.simulation.line.add(_object(request), last=True)
        else:
            self.simulation.line.behave()
        return _json({"ok": True})

    def log(self, request):
        """Return requests that the Graph API received, the newest last."""
        return _json(list(self.simulation.store.requests))

    def webhooks(self, request):
        """Return attempts to deliver webhooks, the newest last."""
        return _json(list(self.simulation.store.deliveries))

    def stats(self, request):
        """Return counters, and when each tagged message was sent and first answered."""
        store = self.simulation.store
        with store.changed:
            exchanges = [{"tag": tag, **times} for tag, times in store.exchanges.items()]
            return _json(
                {
                    "now": time.time(),
                    "since": store.since,
                    "counters": dict(store.counters),
                    "phones": len(store.phones),
                    "messages_kept": len(store.by_wamid),
                    "pending_webhooks": self.simulation.sender.pending,
                    "exchanges": exchanges,
                }
            )

    def accepted(self, request):
        """Return the city's messages as accepted: `after` a number, at most `limit`."""
        after = int(request.args.get("after", 0))
        limit = int(request.args.get("limit", 10_000))
        with self.simulation.store.changed:
            kept = self.simulation.store.accepted
            start = max(after - kept[0][0] + 1, 0) if kept else 0  # numbered without gaps
            found = list(itertools.islice(kept, start, start + limit))
        names = ("number", "at", "wa_id", "wamid", "opaque")
        return _json([dict(zip(names, entry, strict=True)) for entry in found])

    def post_webhook(self, request):
        """Pass bytes on to the webhook as they are, with the signature header as given.

        `?sign=1` signs them instead. Answers with the webhook's answer.
        """
        body = request.get_data()
        headers = {}
        if signature := request.headers.get("X-Hub-Signature-256"):
            headers["X-Hub-Signature-256"] = signature
        if request.args.get("sign"):
            secret = self.simulation.settings.app_secret
            headers["X-Hub-Signature-256"] = webhooks.sign(body, secret)
        return self._to_webhook(lambda sender: sender.post(body, headers))

    def news(self, request):
        """Let Meta tell something about the account or the number: `{"field", "value"}`."""
        values = _object(request)
        elsewhere.news(self.simulation, values.get("field"), values.get("value"))
        return _json(self.simulation.number)

    def templates(self, request):
        """Have these templates in place of ours.

        `{"data": [...]}` as the Graph API lists them.
        """
        self.simulation.store.templates = _object(request)["data"]
        return _json({"ok": True})

    def verify(self, request):
        """Ask the webhook to prove itself, as when its address is saved at Meta."""
        token = request.args.get("verify_token", self.simulation.settings.verify_token)
        return self._to_webhook(lambda sender: sender.challenge(token))

    def _to_webhook(self, ask):
        if not self.simulation.settings.webhook_url:
            raise ValueError("webhook_url is not set")
        try:
            status, text = ask(self.simulation.sender)
        except OSError as error:
            return _json({"status": 0, "body": "", "problem": str(error)})
        return _json({"status": status, "body": text.decode(errors="replace"), "problem": ""})

    # -- media ---------------------------------------------------------------------------------

    def media(self, request, media_id):
        """Return the bytes of a file, for the phone's page; no token is needed here."""
        media = self.simulation.media.get(media_id)
        if media is None:
            return _json({"error": "unknown file"}, 404)
        response = Response(media.content, content_type=media.mimetype)
        response.headers["Content-Security-Policy"] = "sandbox"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if not media.mimetype.startswith(("image/", "video/", "audio/")):
            response.headers["Content-Disposition"] = "attachment"
        response.accept_ranges = "bytes"
        return response.make_conditional(
            request.environ, accept_ranges=True, complete_length=len(media.content)
        )

    def put_media(self, request, media_id):
        """Keep the bytes that are sent as a file with this id, of the type that they have."""
        self.simulation.media.add(request.get_data(), request.content_type, media_id=media_id)
        return _json({"ok": True})

    def expire(self, request, media_id):
        """End the life of a file's addresses; with `{"id": true}` the file's own too."""
        if request.get_data() and _object(request).get("id"):
            self.simulation.media.remove(media_id)
        else:
            self.simulation.media.expire_addresses(media_id)
        return _json({"ok": True})

    # -- phones --------------------------------------------------------------------------------

    def get_phone(self, request, number):
        """Return the phone's state; with `after` and `wait`, answer when it changed.

        `wait` is in seconds.
        """
        phone = self._wait(request, self._phone(request, number))
        with self.simulation.store.changed:
            return _json(
                {
                    "wa_id": phone.wa_id,
                    "user_id": phone.user_id,
                    "name": phone.name,
                    "city": self.simulation.settings.city_name,
                    "city_phone": self.simulation.settings.display_phone,
                    "revision": phone.revision,
                    "typing": phone.typing_until > time.time(),
                    "window_open": self.simulation.window_open(phone),
                    "messages": [message.as_dict() for message in phone.messages.values()],
                }
            )

    def put_phone(self, request, number):
        """Change a phone.

        name, username, user_id, hide_number, unreachable, window_open (or null).
        """
        phone = self._phone(request, number)
        values = _object(request)
        for key, value in values.items():
            if key == "window_open" and value in (True, False, None):
                phone.window_open = value
            elif key == "user_id" and isinstance(value, str):
                self.simulation.store.give_user_id(phone, value)
            elif key in _PHONE_FLAGS and isinstance(value, _PHONE_FLAGS[key]):
                setattr(phone, key, value)
            else:
                raise ValueError(f"unknown or malformed: {key}")
        return self.get_phone(request, number)

    def messages(self, request, number):
        """Return the phone's messages, oldest first; `after` and `wait` as for the phone."""
        phone = self._wait(request, self._phone(request, number))
        with self.simulation.store.changed:
            answer = _json([message.as_dict() for message in phone.messages.values()])
            answer.headers["X-Revision"] = str(phone.revision)
        return answer

    def send(self, request, number):
        """Send a message of the citizen's; see `citizen.send`."""
        values = _object(request)
        phone = self.simulation.store.phone(number, values.get("name", ""))
        return _json({"wamid": citizen.send(self.simulation, phone, values)})

    def read(self, request, number):
        """Mark everything as read by the citizen."""
        return _json({"read": self.simulation.read(self._phone(request, number))})

    def played(self, request, number):
        """Mark `{"wamid"}` as listened to by the citizen."""
        self.simulation.played(self._phone(request, number), _object(request).get("wamid"))
        return _json({"ok": True})

    def _phone(self, request, number):
        return self.simulation.store.phone(number, request.args.get("name", ""))

    def _wait(self, request, phone):
        if "after" not in request.args:
            return phone
        seconds = min(float(request.args.get("wait", 0)), _MOST_SECONDS)
        return self.simulation.store.wait_for_change(phone, int(request.args["after"]), seconds)


def _json(value, status=200):
    return Response(json.dumps(value), status, content_type="application/json; charset=UTF-8")


def _object(request):
    value = json.loads(request.get_data())
    if not isinstance(value, dict):
        raise ValueError("a JSON object is wanted")
    return value
