#!/usr/bin/env bash
# 10,000 sockets that say nothing or one byte in ten seconds come to the terminals' port while honest terminals report: says how long each was borne and
# what it did to the honest ones' acknowledgements. The same honest load runs alone before and after.
#   scripts/check-slow-sockets.sh [path of LoadGen.java] [--sockets N] [--keep]
set -eu
. "$(dirname "$0")/common.sh"
generator=$ROOT/../shared/tools/LoadGen.java
sockets=10000
keep=
while [ $# -gt 0 ]; do
  case "$1" in
    --sockets) sockets=$2; shift ;;
    --keep) keep=1 ;;
    -*) say "unknown option: $1"; exit 2 ;;
    *) generator=$1 ;;
  esac
  shift
done
[ -f "$generator" ] || { say "LoadGen.java is not at $generator: give its path."; exit 2; }
build_all
build_benchmarks
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-slow.XXXXXX")
trap 'stop_server; rm -rf "$work"' EXIT
http=${HTTP_PORT:-18086}
port=${TERMINAL_PORT:-17616}
note() { printf '%s\n' "$*" | tee -a "$work/result"; }
honest() { # $1 = name
  "$JAVA_25/bin/java" -Xmx1g "$generator" --port "$port" --vehicles 4000 --rate 2000 --duration 60 --warmup 5 --ramp 800 --seed 7 --phone-base 13800000000 --quiet >"$work/honest"
  note "$1: $(sed -n 's/^RESULT //p' "$work/honest")"
}
before=$(machine)
: >"$work/result"
start_server "$work" "$http" "$port" --unknown-terminals enrol
honest "first, not counted"
honest "honest terminals alone"
"$JAVA_25/bin/java" -Xmx512m -cp "$BENCHMARKS" io.haulwatch.benchmarks.crowd.SlowSockets "$port" "$sockets" 75 >"$work/slow" &
slow=$!
honest "beside slow sockets"
wait "$slow"
note "$(cat "$work/slow")"
honest "alone again"
note "connections closed, by cause: $(curl -fs "http://127.0.0.1:$http/metrics" | sed -n 's/^haulwatch_gateway_connections_closed_total{cause="\([a-z_]*\)"} /\1 /p' | tr '\n' ';')"
if [ -n "$keep" ]; then
  {
    printf '# Slow and silent sockets\n\n%s\n' "$before"
    printf -- '- command: `scripts/check-slow-sockets.sh --sockets %s --keep` (4,000 honest terminals at 2,000 reports a second; all share the machine)\n\n```\n%s\n```\n' "$sockets" "$(cat "$work/result")"
  } >"$ROOT/benchmarks/results/slow-sockets.md"
  say "· kept in benchmarks/results/slow-sockets.md"
fi
