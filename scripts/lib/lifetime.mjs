import { printFailure } from './sentence.mjs';

/**
 * One place knows what this process has started and stops it in reverse order, whichever way the end
 * comes: a signal, a failure, a parent that was killed, or the command simply being done.
 */
const undo = [];
let ending = null;
let begun = false;
let hurryAt = 0;
const hurried = new Set();

/** Registers something to be stopped at the end; returns a function that takes it off the list again. */
export function onEnd(stop) {
  undo.push(stop);
  return () => {
    const index = undo.indexOf(stop);
    if (index >= 0) undo.splice(index, 1);
  };
}

/** True from the moment that the end has begun; what is then torn down must not be reported as a failure. */
export function isEnding() {
  return begun;
}

/** Called when a person presses Ctrl-C again: whoever waits for a graceful end may cut the wait short. */
export function onHurry(listener) {
  hurried.add(listener);
  return () => hurried.delete(listener);
}

/** Stops everything that was registered, newest first, then exits. A second call joins the first. */
export function end(code) {
  begun = true;
  ending ??= (async () => {
    hurryAt = Date.now() + 1000;
    let result = code;
    while (undo.length > 0) {
      try {
        await undo.pop()();
      } catch (error) {
        printFailure(error);
        result ||= 1;
      }
    }
    process.exit(result);
  })();
  return ending;
}

/** Ends with a failure: one sentence, then everything that was started is stopped, exit code 1. */
export function fail(error) {
  if (!isEnding()) printFailure(error);
  return end(1);
}

/**
 * Ends on Ctrl-C, SIGTERM, SIGHUP, on the death of the process that re-executed us and on that of npm.
 * npm forwards a Ctrl-C which the terminal has already delivered, so the same press arrives twice:
 * a repetition counts as impatience only after a second.
 */
export function listenForTheEnd(exitCodeOf) {
  const heard = (signal) => {
    if (isEnding()) {
      if (Date.now() >= hurryAt) for (const listener of hurried) listener();
      return;
    }
    void end(exitCodeOf(signal));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => heard(signal));
  // Without a reader a progress line must not become an unhandled error that leaves Postgres behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (process.connected) process.on('disconnect', () => heard('SIGTERM'));
  watchParent(() => heard('SIGTERM'));
}

/** npm killed with SIGKILL cannot forward anything; its orphan notices by the change of parent. */
function watchParent(orphaned) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) orphaned();
  }, 1000).unref();
}
