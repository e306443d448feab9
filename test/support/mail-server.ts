import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { eventually } from './jobs.js';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  /** Envelope: the sender and the recipients of the SMTP session. */
  from: string;
  to: string[];
  raw: string;
  /** Header fields by lower-case name, unfolded. A field that stands twice is joined by a newline. */
  headers: Record<string, string>;
  body: string;
}

/** What a server says instead of taking a mail. */
export class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    text: string,
  ) {
    super(text);
  }
}

/** A real SMTP server on the loopback, which keeps what it takes and misbehaves as it is told. */
export class MailServer {
  /** Every mail that was taken, in order. */
  readonly mails: ReceivedMail[] = [];
  /** Every mail that was handed over, taken or not. */
  readonly seen: ReceivedMail[] = [];
  /** Called for each mail before it is taken: throw a {@link Refusal}, or resolve late. */
  judge: (mail: ReceivedMail) => void | Promise<void> = () => undefined;

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const mail = toMail(Buffer.concat(chunks).toString('utf8'), session);
          own.#take(mail).then(() => done(), done);
        });
      },
    });
    const own = new MailServer(server);
    // A client that is killed in the middle is what these tests are about.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return own;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Resolves with the mail `which` once it was taken. */
  taken(which: (mail: ReceivedMail) => boolean = () => true): Promise<ReceivedMail> {
    return eventually('a mail arrives at the server', () => this.mails.find(which));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  async #take(mail: ReceivedMail): Promise<void> {
    this.seen.push(mail);
    await this.judge(mail);
    this.mails.push(mail);
  }
}

function toMail(raw: string, { envelope }: SMTPServerSession): ReceivedMail {
  const end = raw.search(/\r?\n\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of raw
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    raw,
    headers,
    body: raw.slice(end).trim(),
  };
}
