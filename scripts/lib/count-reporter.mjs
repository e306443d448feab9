import { writeFileSync } from 'node:fs';

/** Leaves the counts of a Jest run in the file that MANYDESK_TEST_COUNTS names, for the last line. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const file = process.env.MANYDESK_TEST_COUNTS;
    if (!file) return;
    writeFileSync(
      file,
      JSON.stringify({
        passed: results.numPassedTests,
        // A file that could not even be loaded has no failed test of its own, and is a failure all the same.
        failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
        skipped: results.numPendingTests + results.numTodoTests,
      }),
    );
  }
}
