"""Errors in the shape in which the Graph API gives them.

Source: Meta, WhatsApp Cloud API, "Error codes"; code -> HTTP status and title as documented there.
"""

import secrets

_KNOWN = {
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    3: (500, "API Method"),
    4: (400, "Application request limit reached"),
    10: (403, "Application does not have permission for this action"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130403: (403, "User is blocked by the business"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Account has been locked"),
    131037: (
        400,
        "WhatsApp provided number needs display name approval before message can be sent",
    ),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement"),
    131050: (400, "User has stopped receiving marketing messages"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    133004: (503, "Server is temporarily unavailable"),
    133010: (400, "Phone number not registered"),
    137000: (400, "Recipient identity key hash mismatch"),
}


class GraphError(Exception):
    """An answer that is an error: Meta's `code`, the status `http`.

    None: as documented.
    """

    def __init__(self, code, details="", *, http=None, subcode=None, message="", kind=""):
        self.code = code
        self.details = details
        self.subcode = subcode
        self.kind = kind or "OAuthException"
        known_http, self.title = _KNOWN.get(code, (400, "Unknown error"))
        self.http = http or known_http
        self.message = message or f"(#{code}) {self.title}"
        super().__init__(f"{self.message}: {details}")

    def body(self):
        """Return the JSON object of a synchronous answer."""
        error = {"message": self.message, "type": self.kind, "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.code in (1, 2, 131016):
            error["is_transient"] = True
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}

    def as_status_error(self):
        """Return the object that stands in `statuses[].errors[]` of a webhook."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details or self.title},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }


def invalid_token(subcode=None):
    """Return the error for a foreign or (subcode 463) expired token."""
    what = (
        "Error validating access token: Session has expired."
        if subcode == 463
        else "Invalid OAuth access token - Cannot parse access token"
    )
    return GraphError(190, subcode=subcode, message=what)


def unknown_object(object_id, method="get"):
    """Return the error for an id that this token may not see."""
    return GraphError(
        100,
        subcode=33,
        kind="GraphMethodException",
        message=(
            f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not exist, "
            "cannot be loaded due to missing permissions, or does not support this operation. "
            "Please read the Graph API documentation at "
            "https://developers.facebook.com/docs/graph-api"
        ),
    )
