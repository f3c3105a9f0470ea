import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'vitest';
import { usePostgres } from '../../helpers/servers/use.ts';
const db = usePostgres();
test.each([['none',''],['empty',':'],['wrong',':wrong']])('probe %s', async (n, p) => {
  const url = `postgres://izone${p}@127.0.0.1:${db().server.port}/${db().name}`;
  const script = `import { openDatabase } from './src/resources/database/open.ts';
  const t=performance.now(); await openDatabase({ url: ${JSON.stringify(url)}, folder: '/', readOnly: false, zone: 'UTC' }).catch((e)=>console.log(e.message, '| cause:', e.cause?.message, Math.round(performance.now()-t)));
  setTimeout(()=>{ console.log('still alive after 3 s:', process.getActiveResourcesInfo().filter(x=>!/Timeout|Pipe|TTY/.test(x)).join()); process.exit(); }, 3000).unref();
  process.on('exit',()=>console.log('exit', Math.round(performance.now()-t)));`;
  const {stdout}= await promisify(execFile)(process.execPath,['--import','tsx','--input-type=module','--eval',script],{cwd:'/work/main',timeout:20000}).catch((e)=>e);
  console.log(n, stdout);
});
