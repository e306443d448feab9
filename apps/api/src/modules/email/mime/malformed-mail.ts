/** What made the bytes unreadable as a mail. */
export type MalformedMailProblem = 'empty' | 'binary_header' | 'no_header';

const sentences: Record<MalformedMailProblem, string> = {
  empty: 'The message is empty.',
  binary_header: 'The message is not an e-mail: its header holds NUL bytes.',
  no_header: 'The message is not an e-mail: it has no header line such as "From: …".',
};

/** The bytes are no mail at all. Its message is a public sentence that quotes nothing of the input. */
export class MalformedMail extends Error {
  override readonly name = 'MalformedMail';

  constructor(readonly problem: MalformedMailProblem) {
    super(sentences[problem]);
  }
}
