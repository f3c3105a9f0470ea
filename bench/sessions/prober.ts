// What a web process feels: inserts a session every 5 ms and times each insert, until standard input ends. A process of
// its own, called by bench/sessions.ts with the database's address; prints "ready", and at the end one line of JSON.
import { randomBytes } from 'node:crypto';
import { openSql } from './sql.ts';

const intervalMs = 5;

const database = await openSql(process.argv[2] ?? '');
const waitsMs: number[] = [];
let isOver = false;
process.stdin.resume().once('end', () => (isOver = true));
console.log('ready');
while (!isOver) {
  const key = randomBytes(16).toString('hex');
  const data = randomBytes(60).toString('hex');
  const statement = `insert into django_session (session_key, session_data, expire_date)
    values ('${key}', '${data}', '2099-01-01 00:00:00')`;
  const started = performance.now();
  await database.run(statement);
  waitsMs.push(performance.now() - started);
  await new Promise((resolve) => setTimeout(resolve, intervalMs));
}
await database.close();
waitsMs.sort((a, b) => a - b);
const at = (share: number): number => waitsMs[Math.floor((waitsMs.length - 1) * share)] ?? Number.NaN;
console.log(JSON.stringify({ writes: waitsMs.length, p50: at(0.5), p99: at(0.99), longest: at(1) }));
