/* What the tests get of Python (tests/test_scripts.py, or `make test`): data of the project in one file. */
"use strict";

const fs = require("node:fs");

const file = process.env.KENNISBANK_GIVEN;
if (!file) throw new Error("KENNISBANK_GIVEN names no file: run .venv/bin/python -m pytest tests/test_scripts.py");

/** choice: as choice-data.js; guide: as guide-data.js; facts: as choice-facts.js; collection: search data of some made-up pages; words: of the export; graph: as kb.js has it; forms: as forms/*.js; names: as names/*.js; shelf: bad records with the answers of the check. */
module.exports = JSON.parse(fs.readFileSync(file, "utf8"));
