# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Explains GLPI errors in words for the administrator."""

from ..rest import GlpiDown

# Catalogue (glpi.catalogue.sync) -> the right without which it cannot be read
CATALOGUE_RIGHTS = {
    "categories": "category_read",
    "locations": "location_read",
    "entities": "entity_read",
    "groups": "group_read",
    "request_types": "request_type_read",
    "users": "user_read",
}


def explain(env, error):
    """Return a sentence in `env`'s language for a rest.GlpiError: cause and remedy.

    GLPI's own text follows in brackets where it adds something. Tokens are never part of it.
    """
    groups = (_words_of_the_line, _words_of_the_address, _words_of_the_login, _words_of_a_refusal)
    words = {kind: sentence for group in groups for kind, sentence in group(env).items()}
    sentence = words.get(error.kind, words["refused"])
    if not error.detail or isinstance(error, GlpiDown):
        return sentence
    return env._("%(sentence)s [GLPI: %(detail)s]", sentence=sentence, detail=error.detail)


def _words_of_the_line(env):
    """Return errors that pass by themselves."""
    return {
        "unreachable": env._("GLPI does not answer. Is the server on, and is the address right?"),
        "refused_connection": env._(
            "Nobody listens at this address and port: GLPI does not answer. Is its web server on?"
        ),
        "name": env._("The name of this address is not known (DNS). Is it spelled right?"),
        "connect_timeout": env._(
            "No connection in time: GLPI does not answer, or a firewall stands between."
        ),
        "proxy": env._("The proxy does not answer, or does not let us through."),
        "timeout": env._("GLPI took too long to answer."),
        "html": env._(
            "A web page came instead of GLPI's answer: maintenance, a login page or a firewall "
            "stands before it, or this is not the address of its API (usually /apirest.php)."
        ),
        "database": env._("GLPI cannot reach its own database. It usually comes back by itself."),
        "truncated": env._("GLPI's answer broke off in the middle."),
        "unavailable": env._("GLPI is not available at the moment."),
        "crash": env._(
            "GLPI answered without any content: it failed while working on the request."
        ),
    }


def _words_of_the_address(env):
    """Return sentences for a wrong connection setup."""
    return {
        "url": env._("There is no GLPI API at this address. It usually ends with /apirest.php."),
        "url_format": env._(
            "This is not a valid address. Example: https://glpi.example.org "
            "(without user, password or parameters)."
        ),
        "redirect": env._(
            "The address redirects to another one. Enter the final address (https?)."
        ),
        "tls": env._(
            "The TLS certificate of GLPI was not accepted. If it is of your own authority, upload "
            "that authority's certificate."
        ),
        "proxy_login": env._("The proxy wants a user and a password: enter them in its address."),
        "proxy_format": env._(
            "This is not a valid address of a proxy. Example: http://proxy.example.org:3128."
        ),
        **_words_of_certificates(env),
    }


def _words_of_the_login(env):
    """Return sentences for refused access."""
    return {
        "api_disabled": env._("The REST API is switched off in GLPI (Setup > General > API)."),
        "user_token": env._(
            "GLPI does not accept the user token: it is missing or wrong, or its user is inactive, "
            "has no profile, or login with a token is switched off."
        ),
        "authorization": env._(
            "The token does not reach GLPI: a proxy or the web server before it takes the header "
            "“Authorization” away, or wants a password of its own. Let the header through (Apache: "
            "CGIPassAuth On, or SetEnvIf Authorization; nginx: pass HTTP_AUTHORIZATION on)."
        ),
        "user_token_format": env._(
            "The user token has characters that a token never has. Copy it again."
        ),
        "app_token": env._(
            "GLPI does not accept the App-Token: it is wrong, or its API client is inactive."
        ),
        "app_token_missing": env._("GLPI wants an App-Token and none is set."),
        "app_token_format": env._(
            "The App-Token has characters that a token never has. Copy it again."
        ),
        "ip": env._(
            "GLPI does not accept calls from this server's IP address "
            "(see the IP range of the API client)."
        ),
        "session": env._("GLPI does not keep the session that it has just opened."),
        "profile": env._("The API user does not have the chosen profile (any longer)."),
        "entity": env._("The API user may not work in the chosen entity (any longer)."),
        "version": env._("This GLPI is too old: version 9.5 or later is needed."),
        "client": env._(
            "GLPI does not accept the OAuth client: ID or secret is wrong, or the client may not "
            "use the password grant (Setup > OAuth clients)."
        ),
        "credentials": env._("GLPI does not accept this user name and password."),
    }


def _words_of_certificates(env):
    """Return sentences for unusable CA certificates."""
    return {
        "certificate_none": env._("There is no certificate in this file. A PEM file is needed."),
        "certificate_key": env._(
            "There is a private key in this file. Upload the certificate of the authority only: "
            "the key must never leave its server."
        ),
        "certificate_unreadable": env._("The certificate in this file cannot be read."),
        "certificate_expired": env._("A certificate in this file has expired."),
    }


def _words_of_a_refusal(env):
    """Return sentences for requests that GLPI refused."""
    return {
        "right": env._("The API user's profile lacks a right in GLPI."),
        "add": env._("GLPI refused to create it: a right is missing or a value is not accepted."),
        "update": env._("GLPI refused the change: a right is missing or a value is not accepted."),
        "delete": env._("GLPI refused to delete it: a right is missing."),
        "closed": env._("The ticket is closed in GLPI."),
        "not_found": env._("It no longer exists in GLPI."),
        "document_size": env._("The file is larger than GLPI accepts."),
        "request_size": env._(
            "The web server before GLPI takes no request of this length (Apache: "
            "LimitRequestBody; nginx: client_max_body_size; PHP: post_max_size)."
        ),
        "blocked": env._(
            "A firewall before GLPI (WAF) does not let this text or file through, only this one. "
            "Ask who looks after it to let the contact center's server through."
        ),
        "answer_size": env._("GLPI's answer is longer than we accept."),
        "unsupported": env._(
            "GLPI's high-level API cannot do this. Enter the tokens of the REST API as well, which "
            "GLPI 11 still has."
        ),
        "document_type": env._("GLPI does not accept this type of file."),
        "refused": env._("GLPI refused the request."),
    }


def right_words(env, right):
    """Return the name of one of rest.interface.RIGHTS."""
    return {
        "ticket_create": env._("create tickets"),
        "ticket_read": env._("see tickets"),
        "ticket_update": env._("change tickets"),
        "followup_read": env._("see followups"),
        "followup_private": env._("see private followups"),
        "followup_add": env._("add followups"),
        "document_create": env._("add documents"),
        "document_read": env._("see documents"),
        "category_read": env._("see categories"),
        "location_read": env._("see locations"),
        "entity_read": env._("see entities"),
        "group_read": env._("see groups"),
        "request_type_read": env._("see request sources"),
        "user_read": env._("see users"),
    }[right]


def right_place(env, right):
    """Return where a GLPI administrator grants the right: profile tab, row, box."""
    return {
        "ticket_create": env._("profile, tab Assistance: Tickets ▸ Create"),
        "ticket_read": env._("profile, tab Assistance: Tickets ▸ See all tickets"),
        "ticket_update": env._("profile, tab Assistance: Tickets ▸ Update"),
        "followup_read": env._("profile, tab Assistance: Followups ▸ See public ones"),
        "followup_private": env._("profile, tab Assistance: Followups ▸ See private ones"),
        "followup_add": env._("profile, tab Assistance: Followups ▸ Add to all tickets"),
        "document_create": env._("profile, tab Management: Documents ▸ Create"),
        "document_read": env._("profile, tab Management: Documents ▸ Read"),
        "category_read": env._("profile, tab Setup: Ticket categories ▸ Read"),
        "location_read": env._("profile, tab Setup: Locations ▸ Read"),
        "entity_read": env._("profile, tab Administration: Entities ▸ Read"),
        "group_read": env._("profile, tab Administration: Groups ▸ Read"),
        "request_type_read": env._("profile, tab Setup: Global dropdowns ▸ Read"),
        "user_read": env._("profile, tab Administration: Users ▸ Read"),
    }[right]
