/* Rules for the JavaScript of the addons (Odoo's module format) and of the sandbox's pages. */
const { createRequire } = require("node:module");
const path = require("node:path");

/* `npx --package` puts what it fetched on PATH only: look for the packages beside its programs. */
const places = (process.env.PATH || "")
    .split(path.delimiter)
    .filter((folder) => folder.endsWith(path.join("node_modules", ".bin")));
function load(name) {
    for (const place of places) {
        try {
            return createRequire(path.join(path.dirname(place), "x.js"))(name);
        } catch (error) {
            if (error.code !== "MODULE_NOT_FOUND") {
                throw error;
            }
        }
    }
    return require(name);
}

const js = load("@eslint/js");
const globals = load("globals");

module.exports = [
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        rules: {
            "no-console": "error",
            "no-undef": "error",
            "no-unused-vars": ["error", { args: "none", caughtErrors: "all" }],
            "no-var": "error",
            "prefer-const": ["error", { destructuring: "all" }],
            eqeqeq: ["error", "always"],
            curly: ["error", "all"],
        },
    },
];
