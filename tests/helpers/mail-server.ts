import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { startRawServer, type RawServer } from './raw-server.ts';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

const certificates = join(import.meta.dirname, 'fixtures', 'tls');

/** The authority that has signed the servers' certificates: a file that an owner may name. */
export const authorityPath = join(certificates, 'ca.pem');

/** A mail as the server got it. */
export interface ReceivedMail {
  readonly email: Email;
  /** As it came over the line. */
  readonly raw: string;
  readonly to: readonly string[];
  readonly user: string | null;
  readonly isSecure: boolean;
}

/** A mail server on 127.0.0.1. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Forgets what it got. */
  clear(): void;
  stop(): Promise<void>;
}

/** What a test wants otherwise. By default there is no TLS and no user, and every mail is taken. */
export interface MailServerOptions {
  /** `at-once`, or `starttls`; the certificate is for 127.0.0.1 or, `other`, for another name. */
  readonly tls?: 'at-once' | 'starttls';
  readonly certificate?: 'here' | 'other';
  /** Whoever has this password may send; without one anybody may. */
  readonly password?: string;
  /** Addresses that are refused. */
  readonly refused?: () => readonly string[];
  /** What every sender is refused with: `530 5.7.0 Authentication Required`. */
  readonly sender?: string;
  /** Ends the connection in the midst of the first so many mails. */
  readonly brokenMails?: number;
}

/** Starts a mail server that keeps what it gets. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const { tls, certificate = 'here', password, refused = () => [] } = options;
  let broken = options.brokenMails ?? 0;
  const settings: SMTPServerOptions = {
    secure: tls === 'at-once',
    hideSTARTTLS: tls !== 'starttls',
    authOptional: password === undefined,
    disabledCommands: [...(password === undefined ? ['AUTH'] : []), ...(tls === 'starttls' ? [] : ['STARTTLS'])],
    key: readFileSync(join(certificates, `${certificate}.key`)),
    cert: readFileSync(join(certificates, `${certificate}.pem`)),
    logger: false,
    closeTimeout: 100,
    onAuth: (auth, _session, done) => {
      if (auth.password === password) done(null, { user: auth.username });
      else done(new Error('no such user here'));
    },
    onMailFrom: (_address, _session, done) => {
      const [, code, text] = /^(\d+) (.*)$/.exec(options.sender ?? '') ?? [];
      done(code === undefined ? null : Object.assign(new Error(text), { responseCode: Number(code) }));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (!refused().includes(address)) return done();
      done(Object.assign(new Error('no such mailbox here'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      if (broken > 0) {
        broken--;
        for (const connection of server.connections) (connection as unknown as { _socket: Socket })._socket.destroy();
        return;
      }
      void keep(stream, session).finally(() => done(null));
    },
  };
  async function keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await buffer(stream);
    mails.push({
      email: await PostalMime.parse(raw),
      raw: raw.toString('latin1'),
      to: session.envelope.rcptTo.map(({ address }) => address),
      user: typeof session.user === 'string' ? session.user : null,
      isSecure: session.secure,
    });
  }
  const server = new SMTPServer(settings);
  // A client that hangs up in anger is no error of the test.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: portOf(listening),
    mails,
    clear: () => void mails.splice(0),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/**
 * A mail server that takes everything but what it is told to refuse, by the verb: `{ DATA: '451 later' }`. `greeting` is
 * its first word. It ends the connection where it says `drop`.
 */
export async function startRefusingServer(refusals: Readonly<Record<string, string>>): Promise<RawServer> {
  const usual: Readonly<Record<string, string>> = { greeting: '220 here', EHLO: '250 here', DATA: '354 go on' };
  return startRawServer(
    {},
    {
      onConnect: (socket) => {
        const answer = (verb: string): void => {
          const said = refusals[verb] ?? usual[verb] ?? '250 OK';
          if (said === 'drop') socket.destroy();
          else socket.write(`${said}\r\n`);
        };
        answer('greeting');
        let text = '';
        let isMail = false;
        socket.on('data', (bytes) => {
          const lines = (text + bytes.toString('latin1')).split('\r\n');
          text = lines.pop() ?? '';
          for (const line of lines) {
            const verb = isMail ? 'content' : (line.split(' ')[0] ?? '');
            if (isMail && line !== '.') continue;
            isMail = verb === 'DATA' && refusals['DATA'] === undefined;
            answer(verb);
          }
        });
      },
    },
  );
}

/** A server that accepts connections and never says a word. */
export async function startMuteServer(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
