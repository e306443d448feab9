#!/bin/sh
# The commands of the image. `exec` makes Node the process that receives the signals.
set -eu
run() {
  exec node --enable-source-maps "$@"
}
case "${1:-api}" in
  api) run dist/api/main.js ;;
  worker) run dist/api/worker.js ;;
  migrate) run dist/api/cli.js db:migrate ;;
  # A worker has a port of its own to be asked at, or none.
  healthy) exec node -e "fetch('http://127.0.0.1:' + (process.env.WORKER_METRICS_PORT || process.env.PORT) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" ;;
  cli)
    shift
    run dist/api/cli.js "$@"
    ;;
  *)
    echo "manydesk: there is no command \"$1\"; use api, worker, migrate, healthy or cli." >&2
    exit 1
    ;;
esac
