"""A transport that gives the connector recorded answers of a real GLPI 10.0.6."""

import base64

import requests

from glpi_connector import rest

from .glpi_replay import load_cases

LOGIN = (2, 0)
URL = "http://127.0.0.1:8085"


class Record:
    """All recorded exchanges by case number and position."""

    def __init__(self):
        self.cases = {case.number: case for case in load_cases()}

    def response(self, case, index):
        """Return the recorded answer as `requests` would give it."""
        record = self.cases[case].exchanges[index]["response"]
        response = requests.Response()
        response.status_code = record["status"]
        body = record["body"]
        encoded = record.get("body_base64")
        response._content = base64.b64decode(encoded) if encoded else (body or "").encode()
        response._content_consumed = True
        response.headers.update(dict(record["headers"]))
        return response


class Answers:
    """Stands in for requests.Session: recorded answers in turn, questions kept."""

    def __init__(self, record, exchanges):
        self._left = [record.response(*exchange) for exchange in exchanges]
        self.asked = []

    def request(self, method, url, **options):
        self.asked.append((method, url, options))
        return self._left.pop(0)

    @property
    def left(self):
        """Number of answers that were not requested."""
        return len(self._left)


def client(record, *exchanges, login=True, **options):
    """Return (legacy client, Answers) for these exchanges.

    After a login unless one is recorded.
    """
    answers = Answers(record, [*([LOGIN] if login else []), *exchanges])
    return rest.connect("legacy", URL, "app", "user", http=answers, **options), answers
