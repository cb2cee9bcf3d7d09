#!/usr/bin/env bash
# The whole centre on one machine: 41,000 simulated trucks online, each reporting every ten seconds, and then people who watch them. Prints how long the fleet took to come online, what
# the server accepted and held in memory, and what the viewers cost and got.
#   scripts/bench-fleet.sh [--fleet N] [--seconds S] [--viewers N] [--keep]
# --seconds is the time that the fleet is watched (default 600); --keep writes benchmarks/results/fleet.md. The machine should have nothing else to do.
set -eu
. "$(dirname "$0")/common.sh"
fleet=41000
seconds=600
viewers=50
keep=
while [ $# -gt 0 ]; do
  case "$1" in
    --fleet) fleet=$2; shift ;;
    --seconds) seconds=$2; shift ;;
    --viewers) viewers=$2; shift ;;
    --keep) keep=1 ;;
    *) say "unknown option: $1"; exit 2 ;;
  esac
  shift
done
build_all
build_benchmarks
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-fleet.XXXXXX")
trap 'stop_server; rm -rf "$work"' EXIT
http=${HTTP_PORT:-18085}
port=${TERMINAL_PORT:-17615}
HAULWATCH_ADMIN_PASSWORD=$(head -c 18 /dev/urandom | base64)
HAULWATCH_JAVA_OPTS=${HAULWATCH_JAVA_OPTS:--Xmx1g}
export HAULWATCH_ADMIN_PASSWORD HAULWATCH_JAVA_OPTS
hz=$(getconf CLK_TCK)

now() { date +%s%N; }
number() { metric "$http" "$1" | awk '{ printf "%d", $1 }'; }
memory() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$SERVER/status"; }
own_ticks() { sed 's/.*) //' "/proc/$SERVER/stat" | awk '{ print $12 + $13 }'; }
note() { printf '%s\n' "$*" | tee -a "$work/result"; }
watch() { "$JAVA_25/bin/java" -Xmx512m -cp "$BENCHMARKS" io.haulwatch.benchmarks.crowd.Viewers "http://127.0.0.1:$http" "$@"; }

before=$(machine)
: >"$work/result"
began=$(now)
start_server "$work" "$http" "$port" --demo --fleet "$fleet" --parked-seconds 10
note "ready after $((($(now) - began) / 1000000)) ms with a register of $fleet trucks made and imported"
began=$(now)
for _ in $(seq 1 600); do
  online=$(number haulwatch_terminals_online)
  [ "${online:-0}" -ge "$fleet" ] && break
  pause
done
note "$online of $fleet online $((($(now) - began) / 1000000)) ms later"
[ "$online" -ge "$fleet" ]
until grep -q 'fleet: live' "$work/server.log"; do
  kill -0 "$SERVER"
  pause
done
await_stored "$http"
note "all that was kept from before is uploaded and stored $((($(now) - began) / 1000000)) ms after the start"

# Some twenty lines of a long watch, one in half a minute of a short one.
step=$((seconds / 20 > 30 ? seconds / 20 : 30))
note "second | accepted/s | online | server MiB | acknowledgement p99 s | rows not yet stored"
last=$(number haulwatch_positions_accepted_total) at=$(now) from=$(now)
while [ $((($(now) - from) / 1000000000)) -lt "$seconds" ]; do
  for _ in $(seq 1 "$step"); do pause; done
  accepted=$(number haulwatch_positions_accepted_total)
  here=$(now)
  note "$(((here - from) / 1000000000)) | $(((accepted - last) * 1000 / ((here - at) / 1000000))) | $(number haulwatch_terminals_online) | $(memory) | $(metric "$http" 'haulwatch_ack_quantile_seconds{quantile="0.99"}') | $(rows_waiting "$http")"
  last=$accepted at=$here
done

# crowd NAME READING NOT-READING: 60 s with these viewers, the server's own processor time beside it.
crowd() {
  local ticks memory
  ticks=$(own_ticks) memory=$(memory)
  if [ $(($2 + $3)) -gt 0 ]; then
    watch "$2" "$3" 60 | tee -a "$work/result"
  else
    for _ in $(seq 1 60); do pause; done
  fi
  note "$1: server $(awk -v t=$(($(own_ticks) - ticks)) -v hz="$hz" 'BEGIN { printf "%.1f", t / hz / 0.6 }') % of one core, memory $memory -> $(memory) MiB"
}
crowd "nobody watches" 0 0
crowd "one watches" 1 0
crowd "$viewers watch, $((viewers / 5)) of them do not read" $((viewers - viewers / 5)) $((viewers / 5))
crowd "one watches again" 1 0

if [ -n "$keep" ]; then
  {
    printf '# The whole centre: %s trucks, and people who watch\n\n%s\n' "$fleet" "$before"
    printf -- '- command: `scripts/bench-fleet.sh --seconds %s --keep` (server with %s, its database, the simulated fleet and the viewers share the machine)\n\n```\n%s\n```\n' \
      "$seconds" "$HAULWATCH_JAVA_OPTS" "$(cat "$work/result")"
  } >"$ROOT/benchmarks/results/fleet.md"
  say "· kept in benchmarks/results/fleet.md"
fi
