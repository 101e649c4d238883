"""Exceptions of the walk through the screens, each with its reason.

The English words that it looks for are those of `tests/unit/citizen_words.py`.
"""

# Words of that list which stand on Portuguese screens.
BORROWED = {
    "status": "Portuguese, and Odoo's word",
    "token": "what Meta and GLPI call it in Portuguese too",
    "inbox": "Odoo's own translation",
    "template": "part of the address of a document of Meta",
    "time": "Portuguese for a team",
    "on": "“on-line”",
    "line": "“on-line”",
    "in": "“check-in”, “plug-in”",
    "click": "names of products",
    "code": "“QR Code”",
    "tag": "“tags” of Odoo's editor of texts",
    "post": "“post” of a social network",
    "email": "the name of a value in ready flows",
}
# Labels that are somebody's data or Odoo's own and untranslated there: {expression: why}.
ALLOWED_LABELS = {
    r"Odoo(?:Bot)?\b.*": "the name of a program",
    r"Contact Center [\d.]+, Odoo .*": "versions of programs",
    r".*\bQR Code\b.*": "what it is called",
    r"title: \{assunto\}|ticket": "examples of what a flow hands to an action",
    r".*\bpredefinida \(canned_response\).*": "a hint of Odoo's, in its own translation",
    r"Role / User|Timezone Mismatch : .*|Out Of Office (?:From|To)": "Odoo's own, in English",
    r".*\(Error validating access token: .*\)": "Meta's own words, after ours",
    r".*\bformat: chatbot-flow 1\b.*": "the first line of a flow's file",
}
# Codes that people have to read and write as they are: {expression over a token: where}.
ALLOWED_CODES = {
    r"\w+@[\w.]+": "addresses of e-mail",
    r"https?://\S+": "addresses",
    r"(?::\w+:)+": "short names of emoji, which Discuss shows beside the sign",
}
# Parts of screens whose content is code by its nature; their labels are read all the same.
CODE_AREAS = ", ".join(
    (
        "pre",
        "code",
        ".o_field_ace",
        ".ace_editor",
        "[name=action_params] textarea",
        "[name=set_values]",
        # Names of the columns that a statistician writes
        "[name=columns_text]",
        "[name=key]",
        "[name=code]",
        "[name=variable]",
        "[name=path]",
        # Citizens' texts, in their own words and languages.
        "[name=manner_ids] [name=words]",
        # The name of a template at Meta, under which people look it up there.
        "[name=name].font-monospace",
        "[name=url]",
        "[name=payload]",
        "[name=raw]",
        ".o_field_url",
        ".o_field_email",
    )
)
