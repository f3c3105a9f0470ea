#!/usr/bin/env node
'use strict';
// CommonJS and next to nothing in it: node starts this a fifth faster than an ES module, and cron starts us every minute.
const { join } = require('node:path');

const words = process.argv.slice(2);
const { version } = require('../package.json');

if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  console.log(version);
} else {
  const { loadChunk } = require('./code-cache.js');
  const folder = join(__dirname, '..', 'dist');
  loadChunk(join(folder, 'main.cjs')).main({ launcherPath: __filename, version, folder, extension: '.cjs' });
}
