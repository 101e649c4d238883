# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

# Internals that `static/src/desk/memory_patch.js` relies on: file of Odoo's `mail`, its text, the
# the patch takes from that.
RELIED_ON = (
    (
        "core/common/thread.js",
        (
            "registerMessageRef(message, ref) {\n"
            "        if (!ref) {\n"
            "            this.refByMessageId.delete(message.id);"
        ),
        "a message that leaves the screen reads its number through the component's proxy",
    ),
    (
        "core/common/message.js",
        "onWillDestroy(() => this.props.registerMessageRef?.(this.props.message, null));",
        "it tells its thread so when it is destroyed",
    ),
    (
        "core/common/composer.js",
        "if (this.status === 2 /* DESTROYED */) {",
        "the composer asks itself for a status that components do not have",
    ),
    (
        "model/store.js",
        "_onChange(record, key, callback) {",
        "records are watched through it",
    ),
    (
        "model/store.js",
        "return () => {\n            ready = false;\n        };",
        "whoever stops watching is still held until the record changes",
    ),
    (
        "model/record.js",
        "delete() {\n        const record = toRaw(this)._raw;",
        "a record goes by it",
    ),
    (
        "model/record_internal.js",
        (
            "const computeProxy2 = reactive(recordProxy, cb);\n"
            "            this.fieldsComputeProxy2.set(fieldName, computeProxy2);"
        ),
        "computed fields watch the store by these",
    ),
)


@tagged("post_install", "-at_install")
class TestDiscussInternals(BaseCase):
    """The patches of Discuss's memory fit the Odoo that runs."""

    def test_discuss_is_as_the_memory_patches_expect(self):
        for name, expected, meaning in RELIED_ON:
            with self.subTest(name=name):
                with file_open(f"mail/static/src/{name}") as file:
                    there = expected in file.read()
                self.assertTrue(
                    there,
                    f"Odoo changed mail/static/src/{name}: it no longer has\n\n    {expected}\n\n"
                    f"which the desk's memory_patch.js relies on ({meaning}). Read what became of "
                    "it. Where Discuss now lets go by itself, take the patch out; else bring patch "
                    "and this list up to date, and measure again with `./dev bench --only shift` "
                    "(docs/decisions/discuss-forgets.md).",
                )
