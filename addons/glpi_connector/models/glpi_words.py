"""What went wrong with GLPI, in words for the administrator."""

from ..rest import GlpiDown


def explain(env, error):
    """A sentence in the language of `env` for a rest.GlpiError: what it is and what to do.

    GLPI's own text follows in brackets where it adds something. Tokens are never part of it.
    """
    groups = (_words_of_the_line, _words_of_the_setup, _words_of_a_refusal)
    words = {kind: sentence for group in groups for kind, sentence in group(env).items()}
    sentence = words.get(error.kind, words["refused"])
    if not error.detail or isinstance(error, GlpiDown):
        return sentence
    return env._("%(sentence)s [GLPI: %(detail)s]", sentence=sentence, detail=error.detail)


def _words_of_the_line(env):
    """Errors that pass by themselves."""
    _ = env._
    return {
        "unreachable": _("GLPI does not answer. Is the server on, and is the address right?"),
        "timeout": _("GLPI took too long to answer."),
        "unavailable": _("GLPI is not available at the moment."),
        "crash": _("GLPI answered without any content: it failed while working on the request."),
    }


def _words_of_the_setup(env):
    """Errors that an administrator has to correct."""
    _ = env._
    return {
        "url": _("There is no GLPI API at this address. It usually ends with /apirest.php."),
        "url_format": _(
            "This is not a valid address. Example: https://glpi.example.org "
            "(without user, password or parameters)."
        ),
        "redirect": _("The address redirects to another one. Enter the final address (https?)."),
        "tls": _("The TLS certificate of GLPI was not accepted."),
        "api_disabled": _("The REST API is switched off in GLPI (Setup > General > API)."),
        "user_token": _(
            "GLPI does not accept the user token: it is missing or wrong, or its user is inactive, "
            "has no profile, or login with a token is switched off."
        ),
        "user_token_format": _(
            "The user token has characters that a token never has. Copy it again."
        ),
        "app_token": _(
            "GLPI does not accept the App-Token: it is wrong, or its API client is inactive."
        ),
        "app_token_missing": _("GLPI wants an App-Token and none is set."),
        "app_token_format": _(
            "The App-Token has characters that a token never has. Copy it again."
        ),
        "ip": _(
            "GLPI does not accept calls from this server's IP address "
            "(see the IP range of the API client)."
        ),
        "session": _("GLPI does not keep the session that it has just opened."),
    }


def _words_of_a_refusal(env):
    """GLPI understood and said no."""
    _ = env._
    return {
        "right": _("The API user's profile lacks a right in GLPI."),
        "add": _("GLPI refused to create it: a right is missing or a value is not accepted."),
        "update": _("GLPI refused the change: a right is missing or a value is not accepted."),
        "delete": _("GLPI refused to delete it: a right is missing."),
        "not_found": _("It no longer exists in GLPI."),
        "document_size": _("The file is larger than GLPI accepts."),
        "document_type": _("GLPI does not accept this type of file."),
        "refused": _("GLPI refused the request."),
    }


def right_words(env, right):
    """Name of one of rest.interface.RIGHTS."""
    _ = env._
    return {
        "ticket_create": _("create tickets"),
        "ticket_read": _("see tickets"),
        "followup_read": _("see followups"),
        "document_create": _("add documents"),
        "document_read": _("see documents"),
        "category_read": _("see categories"),
        "location_read": _("see locations"),
        "user_read": _("see users"),
    }[right]
