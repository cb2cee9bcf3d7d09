#!/usr/bin/env bash
# Training of a whole centre: a course for 60,000 drivers, the pages that follow it, and 2,000 drivers who sit its exam at once.
#   scripts/bench-training.sh --folder DIR [--drivers N] [--seed N] [--keep]
# --folder is a data folder that scripts/bench-centre.sh has filled (--folder DIR --keep-folder); it is changed. --keep writes benchmarks/results/training.md.
# The machine should have nothing else to do.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
drivers=2000 seed=20261122 data= keep= arguments="$*"
while [ $# -gt 0 ]; do
  case $1 in
    --drivers) drivers=$2; shift ;;
    --seed) seed=$2; shift ;;
    --folder) data=$2; shift ;;
    --keep) keep=1 ;;
    *) say "Unknown option $1: see the head of $0."; exit 2 ;;
  esac
  shift
done
[ -n "$data" ] && [ -e "$data/filled" ] || { say "--folder needs a folder that scripts/bench-centre.sh --keep-folder has filled."; exit 2; }
build_all
build_benchmarks
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-training.XXXXXX")
trap 'stop_server; rm -rf "$work"' EXIT
http=${HTTP_PORT:-18092}
port=${TERMINAL_PORT:-17692}
HAULWATCH_ADMIN_PASSWORD=$(head -c 18 /dev/urandom | base64)
export HAULWATCH_ADMIN_PASSWORD
before=$(machine)
run() { "$JAVA_25/bin/java" -Xmx512m $JAVA_FLAGS -cp "$BENCHMARKS" "$@"; }
run io.haulwatch.benchmarks.centre.Centre users "$data" >/dev/null
HAULWATCH_JAVA_OPTS=${HAULWATCH_JAVA_OPTS:--Xmx1g}
"$JAVA_25/bin/java" $HAULWATCH_JAVA_OPTS $JAVA_FLAGS -cp "$(class_path)" io.haulwatch.app.Main serve --data "$data" --http-port "$http" --terminal-port "$port" >"$work/server.log" 2>&1 &
SERVER=$!
waited=0
until curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1; do
  kill -0 "$SERVER" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  [ $((waited += 1)) -le 120 ] || { say "The server was not ready within two minutes."; exit 1; }
  pause
done
run io.haulwatch.benchmarks.training.ExamRush "http://127.0.0.1:$http" "$data" "$drivers" "$seed" 2>"$work/noise" | tee "$work/said" >&2 || { cat "$work/noise" >&2; exit 1; }
result() {
  echo "# Training of a whole centre"
  echo
  echo "$before"
  echo "- command: \`scripts/bench-training.sh ${arguments/"--folder $data"/"--folder DIR"}\` (server with $HAULWATCH_JAVA_OPTS, its database and all phones share the machine)"
  echo "- rows: 601 companies, 60,000 drivers, company 1 with the most of them, company 40 a middle one (a printed ledger holds 3,000 rows); a year of training records"
  echo
  cat "$work/said"
  echo
  echo "Hold for the pages: 300 ms at p95. A phone thinks up to three seconds over each question and sends every answer by itself; one that finds no room"
  echo "comes again after a quarter of a second. Lessons were marked as studied beforehand."
}
if [ -n "$keep" ]; then
  result >"$ROOT/benchmarks/results/training.md"
  say "· kept in benchmarks/results/training.md"
fi
