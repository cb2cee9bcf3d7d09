#!/usr/bin/env bash
# What a position costs from its socket to its stored row, gateway and database together, and how long its acknowledgement takes:
# at 4,100 a second, and at saturation. The load comes from an independently written fleet.
#   scripts/bench-path.sh [path of LoadGen.java] [seconds] [--keep]
# --keep writes benchmarks/results/path.md. The machine should have nothing else to do.
set -eu
. "$(dirname "$0")/common.sh"
keep=
positional=()
for argument in "$@"; do
  if [ "$argument" = --keep ]; then keep=1; else positional+=("$argument"); fi
done
generator=${positional[0]:-$ROOT/../shared/tools/LoadGen.java}
seconds=${positional[1]:-60}
[ -f "$generator" ] || { say "LoadGen.java is not at $generator: give its path."; exit 2; }
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-path.XXXXXX")
trap 'stop_server; rm -rf "$work"' EXIT
http=${HTTP_PORT:-18080}
terminals=${TERMINAL_PORT:-17611}

# figures NAME PACED OPTIONS… : one run on a server and a data folder of its own. A paced run keeps no backlog, so its CPU is counted
# over the measured time alone, without sign-ons; at saturation until the last position is stored.
figures() {
  local name=$1 paced=$2 from ticks stored
  shift 2
  local folder=$work/$(printf %s "$name" | tr -cd "a-z0-9")
  mkdir -p "$folder"
  start_server "$folder" "$http" "$terminals" --unknown-terminals enrol
  # Once without counting: compiled code, open sessions, a warm database.
  "$JAVA_25/bin/java" -Xmx1g "$generator" --port "$terminals" --version 2019 --seed 7 "$@" --duration 20 --quiet >/dev/null
  await_stored "$http"
  from=$(cpu_ticks) stored=$(positions_stored)
  "$JAVA_25/bin/java" -Xmx1g "$generator" --port "$terminals" --version 2019 "$@" --duration "$seconds" --watch server="$SERVER" --quiet >"$folder/out"
  await_stored "$http"
  ticks=$(($(cpu_ticks) - from)) stored=$(($(positions_stored) - stored))
  printf '%s\n' "$(grep '^RESULT' "$folder/out" | sed 's/^RESULT //')" | tee "$folder/result"
  awk -v name="$name" -v paced="$paced" -v ticks="$ticks" -v hz="$(getconf CLK_TCK)" -v stored="$stored" -v result="$(cat "$folder/result")" '
    function field(key) { return match(result, "\"" key "\":[0-9.]+") ? substr(result, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : "?" }
    BEGIN { cpu = paced ? field("server_cpu_s") * 1e6 / field("acked") : ticks / hz * 1e6 / stored
      printf "| %s | %s | %s | %d | %.1f | %s | %s | %s | %s |\n", name, field("vehicles"), field("acked_per_s"), stored, cpu, field("p50"), field("p99"), field("p999"), field("rejected") + field("timeouts") }' | tee -a "$work/rows"
  stop_server
}

positions_stored() { curl -fs "http://127.0.0.1:$http/metrics" | awk '/^haulwatch_positions_stored_total/ { print int($2) }'; }

before=$(machine)
: >"$work/rows"
figures "4,100/s" 1 --vehicles 8200 --rate 4100 --ramp 800 --phone-base 13800000000
figures "saturation" 0 --vehicles 1000 --rate 0 --inflight 8 --time-step 1 --phone-base 13900000000
table() {
  cat <<T
| run | terminals | acknowledged/s | rows stored | CPU µs per row | ack p50 ms | p99 | p99.9 | refused or timed out |
|---|---|---|---|---|---|---|---|---|
$(cat "$work/rows")
T
}
table
if [ -n "$keep" ]; then
  mkdir -p "$ROOT/benchmarks/results"
  {
    echo "# From the socket to the stored row"
    echo
    echo "$before"
    echo "- command: \`scripts/bench-path.sh --keep\` ($seconds s a run, after 20 s that do not count; LoadGen and the server share the machine)"
    echo
    table
    echo
    echo "CPU is user and system time of the server and of every process of its database: at 4,100/s over the measured time, at saturation until the last"
    echo "position is stored. Hold: 30 µs at saturation. At saturation 8,000 reports are always under way, so the time to an acknowledgement is theirs divided by the rate."
  } >"$ROOT/benchmarks/results/path.md"
  say "· kept in benchmarks/results/path.md"
fi
