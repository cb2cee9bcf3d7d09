#!/usr/bin/env bash
# 15,000 terminals of an independent fleet report; the service is killed and comes back, and all of them return at once. Prints how long all took to be
# online again and the times to an acknowledgement.
#   scripts/check-storm.sh [path of LoadGen.java] [terminals]
set -eu
. "$(dirname "$0")/common.sh"
generator=${1:-$ROOT/../shared/tools/LoadGen.java}
terminals=${2:-15000}
[ -f "$generator" ] || { say "LoadGen.java is not at $generator: give its path."; exit 2; }
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-storm.XXXXXX")
fleet=
cleanup() {
  [ -z "$fleet" ] || kill "$fleet" 2>/dev/null || true
  stop_server
  rm -rf "$work"
}
trap cleanup EXIT
http=${HTTP_PORT:-18084}
port=${TERMINAL_PORT:-17614}
await_online() { # $1 = since when, in ns
  for _ in $(seq 1 240); do
    online=$(metric "$http" haulwatch_terminals_online || true)
    online=${online%.*}
    [ "${online:-0}" -ge "$terminals" ] && { echo $((($(date +%s%N) - $1) / 1000000)); return 0; }
    pause
  done
  say "!! ${online:-0} of $terminals are online"
  return 1
}
start_server "$work" "$http" "$port" --unknown-terminals enrol
"$JAVA_25/bin/java" -Xmx1g "$generator" --port "$port" --vehicles "$terminals" --rate $((terminals / 10)) --duration 300 --warmup 1 --ramp 500 --bind-local-range 4 \
  --reconnect 1 --quiet >"$work/fleet" 2>&1 &
fleet=$!
say "· $terminals register and sign on for the first time: online after $(await_online "$(date +%s%N)") ms"
kill -9 "$SERVER"
wait "$SERVER" 2>/dev/null || true
began=$(date +%s%N)
start_server "$work" "$http" "$port" --unknown-terminals enrol
say "· killed and ready again after $((($(date +%s%N) - began) / 1000000)) ms"
say "· all online again $(await_online "$began") ms after the kill"
for _ in $(seq 1 20); do pause; done
say "· acknowledgement p99 over the minute of the storm: $(metric "$http" 'haulwatch_ack_quantile_seconds{quantile="0.99"}') s"
