/**
 * The first file that every command loads. It is written in the JavaScript of 2015 and imports
 * nothing, so that an old Node reaches the sentence below instead of a syntax error.
 */
export function open(command) {
  var version = process.versions.node;
  if (Number(version.split('.')[0]) < 20) {
    console.error(
      'manydesk: Node ' +
        version +
        ' is too old; install Node 20 or newer from https://nodejs.org and try again.',
    );
    process.exit(1);
  }
  void import('./entry.mjs').then(function (entry) {
    return entry.enter(command);
  });
}
