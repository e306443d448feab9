import { SMTPServer } from 'smtp-server';
import { onEnd } from '../lifetime.mjs';

/** An SMTP server on the loopback that keeps what it is given: `received` maps a Message-ID to the raw mail. */
export async function receiveMail() {
  const received = new Map();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        received.set(/^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? session.id, raw);
        done();
      });
    },
  });
  // A client that goes away in the middle is no failure of the demo.
  server.on('error', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onEnd(() => new Promise((resolve) => server.close(resolve)));
  return { url: `smtp://127.0.0.1:${server.server.address().port}`, received };
}
