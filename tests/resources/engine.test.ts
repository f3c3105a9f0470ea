import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { briefWorkFlags } from '../../src/resources/engine.ts';

test('this node knows the flags that it is given', () => {
  const flags = briefWorkFlags(process.versions.node)?.split(' ') ?? [];

  const { status, stderr } = spawnSync(process.execPath, [...flags, '-e', '0'], { encoding: 'utf8' });

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a node that is not known is left alone', () => {
  expect(briefWorkFlags('20.19.0')).toContain('--interrupt-budget=');
  expect(briefWorkFlags('23.1.0')).toBeUndefined();
});
