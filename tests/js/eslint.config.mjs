/* The recommended rules over the scripts of the site and their tests, and small functions. */
import { createRequire } from "node:module";

// The packages lie in a folder of their own, see tools.py.
const require = createRequire(process.env.KENNISBANK_TOOLS + "/");
const js = require("@eslint/js");

const browser = ["window", "document", "location", "history", "navigator", "URL", "Blob", "Option", "console", "setTimeout", "clearTimeout", "HTMLLabelElement", "Event", "FileReader", "TextEncoder"];
const node = ["require", "module", "process", "__dirname", "console", "URL"];
const known = names => Object.fromEntries(names.map(name => [name, "readonly"]));

export default [
  { ignores: ["**/vendor/**", "**/node_modules/**"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/content/assets/**/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2022, globals: known([...browser, "Kennisbank"]) },
    rules: { complexity: ["error", 12], eqeqeq: "error", "no-var": "error", "prefer-const": "error" }
  },
  { files: ["**/tests/js/*.mjs"], languageOptions: { globals: known(node) } },
  { files: ["**/tests/js/*.js"], languageOptions: { sourceType: "commonjs", ecmaVersion: 2023, globals: known(node) } }
];
