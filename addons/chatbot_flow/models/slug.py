# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes made from titles."""

import re

from ..engine.matching import normalise


def unique_key(title, default, used):
    """Return a code made from the title, not in `used`.

    "Qual é o local?" gives "qual_e_o_local".
    """
    key = re.sub(r"[^a-z0-9]+", "_", normalise(title or "")).strip("_")[:48].strip("_")
    if not key or not key[0].isalpha():
        key = f"{default}_{key}".strip("_")
    candidate, number = key, 2
    while candidate in used:
        candidate, number = f"{key}_{number}", number + 1
    return candidate


def fill_keys(records, vals_list, parent, name, default):
    """Add a code derived from the title to values of new records that have none.

    Free if all have one, whatever their number.

    :param records: an empty recordset of the model
    :param str parent: the field within which codes are unique
    :param str name: field of the code
    :param str default: the code's prefix for titles without letters
    """
    if all(vals.get(name) for vals in vals_list):
        return
    used = {}
    preset = records.env.context.get(f"default_{parent}")
    for vals in vals_list:
        used.setdefault(vals.get(parent) or preset, set()).add(vals.get(name))
    owners = [owner for owner in used if owner]
    for record in records.search([(parent, "in", owners)]) if owners else ():
        used[record[parent].id].add(record[name])
    for vals in vals_list:
        if not vals.get(name):
            owner = vals.get(parent) or preset
            vals[name] = unique_key(vals.get("name"), default, used[owner])
            used[owner].add(vals[name])
