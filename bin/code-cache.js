'use strict';
// Loads the program's chunks with the machine code that the build kept beside them, and without node's search for files:
// together this takes half off the start of a run. Code of another version of node is refused by V8 and does no harm:
// the chunk is then compiled as usual.
const { readFileSync } = require('node:fs');
const { dirname, isAbsolute, resolve } = require('node:path');
const { Script } = require('node:vm');

/** Chunks by file: what they export, and their scripts for the build to ask for their code. */
const chunks = new Map();

/** Loads a chunk of dist/; what it requires by a path are chunks too, everything else is node's to find. */
function loadChunk(file) {
  const known = chunks.get(file);
  if (known !== undefined) return known.module.exports;
  const folder = dirname(file);
  // The same wrapper that node puts around CommonJS, so that lines in a stack are right.
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, { filename: file, cachedData: cachedCode(file) });
  const module = { exports: {} };
  chunks.set(file, { module, script });
  const requireFrom = (name) => {
    if (!name.endsWith('.cjs')) return require(name);
    return loadChunk(isAbsolute(name) ? name : resolve(folder, name));
  };
  script.runInThisContext()(module.exports, requireFrom, module, file, folder);
  return module.exports;
}

function cachedCode(file) {
  try {
    return readFileSync(`${file}.code`);
  } catch {
    return undefined;
  }
}

module.exports = { loadChunk, chunks };
