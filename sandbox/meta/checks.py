"""Small checks of one parameter each, with the error that Meta gives.

`path` is how Meta names a parameter in its answers: `text['body']`.
"""

from .errors import GraphError


def wrong(path, why):
    """Return error 131009: the value of a parameter is not valid."""
    return GraphError(131009, f"{path}: {why}")


def an_object(value, path):
    """Return the value, a JSON object; else raise error 100."""
    if not isinstance(value, dict):
        raise GraphError(100, f"Param {path} must be a JSON object.")
    return value


def keys(value, path, allowed):
    """Check that the value is an object with only allowed keys; else raise error 100."""
    for key in an_object(value, path):
        if key not in allowed:
            raise GraphError(100, f'Unexpected key "{key}" on param "{path or "root"}".')
    return value


def required(value, path, key):
    """Return the key's value, which must not be empty; else raise error 131008."""
    found = an_object(value, path).get(key)
    if found is None or found in ("", [], {}):
        raise GraphError(131008, f"The parameter {_join(path, key)} is required.")
    return found


def text(value, path, key, most, code=131009):
    """Return the key's text, of 1 to `most` characters."""
    found = required(value, path, key)
    if not isinstance(found, str):
        raise GraphError(100, f"Param {_join(path, key)} must be a string.")
    if not found.strip() or len(found) > most:
        where = _join(path, key)
        if code == 100:
            raise GraphError(100, f"Param {where} must be at most {most} characters long.")
        raise wrong(where, f"Length invalid. Min length: 1, Max length: {most}")
    return found


def optional_text(value, path, key, most, code=131009):
    """Return the key's text as `text` does, but the key may be missing."""
    if an_object(value, path).get(key) in (None, ""):
        return ""
    return text(value, path, key, most, code)


def items(value, path, key, least, most):
    """Return the key's list, of `least` to `most` items."""
    found = required(value, path, key)
    if not isinstance(found, list):
        raise GraphError(100, f"Param {_join(path, key)} must be an array.")
    if not least <= len(found) <= most:
        where = _join(path, key)
        raise wrong(where, f"Invalid count {len(found)}. Min allowed: {least}, Max: {most}")
    return found


def a_list(value, path, key):
    """Return the key's list, empty if the key is missing."""
    found = value.get(key, [])
    if not isinstance(found, list):
        raise GraphError(100, f"Param {_join(path, key)} must be an array.")
    return found


def one_of(value, path, key, allowed):
    """Return the key's value, one of the allowed ones."""
    found = required(value, path, key)
    if found not in allowed:
        raise GraphError(100, f"Param {_join(path, key)} must be one of {{{', '.join(allowed)}}}.")
    return found


def unique(values, path):
    """Check that no value is repeated."""
    if len(set(values)) != len(values):
        raise wrong(path, "Duplicate values are not allowed")


def _join(path, key):
    return f"{path}['{key}']" if path else str(key)
