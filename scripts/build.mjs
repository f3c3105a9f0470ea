// Builds dist/: one entry for main, each action and each command, with shared chunks, so that a run loads its own code
// and nothing else. esbuild splits ES modules only, so each finished chunk is turned into CommonJS in a second step:
// node starts CommonJS a fifth faster, and `require` lets bundled packages reach node's own modules.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
// Built aside and then put in place: a build that fails leaves the last good one.
const out = `${dist}.${process.pid}`;
// The parser's thread is a program of its own.
const entries = ['src/main.ts', 'src/resources/parser/worker.ts'];
for (const folder of ['actions', 'commands']) {
  for (const file of readdirSync(join(root, 'src', folder)).sort()) {
    if (file.endsWith('.ts')) entries.push(`src/${folder}/${file}`);
  }
}
// commander asks for child_process as it loads, for subcommands that are programs of their own; there are none here, and
// child_process brings half of node along.
const withoutChildProcess = {
  name: 'commander-without-child-process',
  setup(builder) {
    builder.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'child_process', namespace: 'absent' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

await build({
  plugins: [withoutChildProcess],
  absWorkingDir: root,
  entryPoints: entries,
  outdir: out,
  outbase: 'src',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  outExtension: { '.js': '.cjs' },
  chunkNames: 'chunks/[name]-[hash]',
  // Native code cannot be bundled; the others are optional parts of drivers that nobody here asks for.
  external: ['better-sqlite3', 'pg-native', 'pg-cloudflare', 'cpu-features'],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
for (const name of readdirSync(out, { recursive: true })) {
  if (!name.endsWith('.cjs')) continue;
  const path = join(out, name);
  const { code } = await transform(readFileSync(path, 'utf8'), {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
  });
  writeFileSync(path, code);
}
rmSync(dist, { recursive: true, force: true });
renameSync(out, dist);
