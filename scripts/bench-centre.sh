#!/usr/bin/env bash
# How the pages answer in a whole centre: a database of 601 companies, 41,000 trucks, 60,000 drivers, 400,000 papers and a year of 5 million alarms is made from a seed;
# then every company's score is computed, every page's questions are asked by six sorts of people, and a million alarms are taken out as a table.
#   scripts/bench-centre.sh [--episodes N] [--rounds N] [--seed N] [--folder DIR] [--keep-folder] [--keep]
# Takes 30 GB below --folder and some 25 minutes; --keep-folder uses the rows of an earlier run that are there, and leaves them. --keep writes benchmarks/results/centre.md.
# --class-path CP takes classes from there instead of building. The machine should have nothing else to do.
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
episodes=5000000 rounds=40 seed=20261122 folder= stays= keep= jars= arguments="$*"
while [ $# -gt 0 ]; do
  case $1 in
    --episodes) episodes=$2; shift ;;
    --rounds) rounds=$2; shift ;;
    --seed) seed=$2; shift ;;
    --folder) folder=$2; shift ;;
    --class-path) jars=$2; arguments=${arguments/"--class-path $2"/}; shift ;;
    --keep-folder) stays=1 ;;
    --keep) keep=1 ;;
    *) say "Unknown option $1: see the head of $0."; exit 2 ;;
  esac
  shift
done
if [ -n "$jars" ]; then
  find_java
  serving=$jars
else
  build_all
  build_benchmarks
  jars=$BENCHMARKS serving=$(class_path)
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-centre.XXXXXX")
data=${folder:-$work/data}
trap 'stop_server; rm -rf "$work"; [ -n "$stays" ] || rm -rf "$data"' EXIT
http=${HTTP_PORT:-18091}
port=${TERMINAL_PORT:-17691}
HAULWATCH_ADMIN_PASSWORD=$(head -c 18 /dev/urandom | base64)
export HAULWATCH_ADMIN_PASSWORD
run() { "$JAVA_25/bin/java" -Xmx512m $JAVA_FLAGS -cp "$jars" "$@"; }
centre() {
  run io.haulwatch.benchmarks.centre.Centre "$@" >"$work/said" 2>"$work/noise" || { cat "$work/said" "$work/noise" >&2; exit 1; }
  sed '/ INFO /d' "$work/said"
}
# The heap that is in use after a full collection, and the memory of the process; MiB.
heap() { "$JAVA_25/bin/jcmd" "$SERVER" GC.run >/dev/null; "$JAVA_25/bin/jcmd" "$SERVER" GC.heap_info | sed -n 's/.*used \([0-9]*\)K.*/\1/p' | head -1 | awk '{ printf "%d", $1 / 1024 }'; }
memory() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$SERVER/status"; }

before=$(machine)
mkdir -p "$data"
if [ ! -e "$data/filled" ]; then
  say "· making the rows"
  centre fill "$data" "$seed" 601 41000 60000 400000 "$episodes" | tee "$work/filled" >&2
  mv "$work/filled" "$data/filled"
fi
centre users "$data"
say "· scores"
centre scores "$data" 3 | tee "$work/scores" >&2
say "· pages"
HAULWATCH_JAVA_OPTS=${HAULWATCH_JAVA_OPTS:--Xmx1g}
"$JAVA_25/bin/java" $HAULWATCH_JAVA_OPTS $JAVA_FLAGS -cp "$serving" io.haulwatch.app.Main serve --data "$data" --http-port "$http" --terminal-port "$port" >"$work/server.log" 2>&1 &
SERVER=$!
waited=0
until curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1; do
  kill -0 "$SERVER" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  [ $((waited += 1)) -le 120 ] || { say "The server was not ready within two minutes."; exit 1; }
  pause
done
run io.haulwatch.benchmarks.centre.Visits "http://127.0.0.1:$http" "$rounds" "$seed" 2>"$work/noise" | tee "$work/pages" >&2
grep -v ' INFO ' "$work/noise" >&2 || true

say "· a table of a million alarms"
jar=$work/cookies
curl -fs -c "$jar" -H 'Content-Type: application/json' -H "Origin: http://127.0.0.1:$http" -o /dev/null \
  -d "{\"username\":\"visit-lead\",\"password\":\"$HAULWATCH_ADMIN_PASSWORD\"}" "http://127.0.0.1:$http/api/v1/session"
# The share of the year that holds a million of its alarms.
from=$(date -u -d "@$(($(stat -c %Y "$data/filled") - 31536000 * 1050000 / episodes))" +%Y-%m-%dT%H:%M:%SZ)
at_rest=$(heap)
began=$(date +%s%N)
curl -fsS -b "$jar" -o "$work/alarms.csv" "http://127.0.0.1:$http/api/v1/alarm-export?status=all&from=$from" &
asking=$!
: >"$work/memory"
while kill -0 "$asking" 2>/dev/null; do
  echo "$(($(wc -l <"$work/alarms.csv" 2>/dev/null || echo 0))) $(heap) $(memory)" >>"$work/memory"
  pause
done
wait "$asking"
took=$((($(date +%s%N) - began) / 1000000))
rows=$(($(wc -l <"$work/alarms.csv") - 2))
tail -1 "$work/alarms.csv" | grep -q "alarms $rows" || { say "The table is not whole."; exit 1; }
result() {
  echo "# A whole centre: 601 companies, 41,000 trucks, a year of alarms"
  echo
  echo "$before"
  echo "- command: \`scripts/bench-centre.sh ${arguments/"--folder $folder"/"--folder DIR"}\` (server with $HAULWATCH_JAVA_OPTS, its database, the browser and whoever asks share the machine)"
  echo
  echo "## The rows"
  echo
  cat "$data/filled"
  echo
  echo "## All companies' scores"
  echo
  echo "Each time from the first question to the stored scores. Hold: 60 s."
  echo
  sed 's/^/- /' "$work/scores"
  echo
  echo "## Pages"
  echo
  echo "A browser opens each page once for each person and what it asks the service is noted; then these questions are asked again, one after another, $rounds rounds, each about another"
  echo "company, truck and alarm that the person sees. The time of a page in a round is that of its slowest question, from sending it to the last byte of the answer. Hold: 300 ms at p95."
  echo "No truck is online and no position stored: what the map and a truck's day take with them stands in fleet.md and truck-day.md."
  echo
  cat "$work/pages"
  echo
  echo "## A table of alarms"
  echo
  printf 'Alarms: %d, %d MiB, %d.%d s; the last row says the same number.\n' "$rows" $(($(stat -c %s "$work/alarms.csv") / 1048576)) $((took / 1000)) $((took % 1000 / 100))
  echo "Heap in use after a full collection, which is asked for once a second (so the time above holds those collections): $at_rest MiB before, then"
  awk '{ if (min == "" || $2 < min) min = $2; if ($2 > max) max = $2; if ($3 > rss) rss = $3 } END { printf "from %d to %d MiB in %d looks; process at most %d MiB.\n", min, max, NR, rss }' "$work/memory"
  echo
  echo '```'
  echo "rows out | heap MiB | process MiB"
  awk '{ line[NR] = $1 " | " $2 " | " $3 } END { step = NR > 12 ? int(NR / 12) : 1; for (i = 1; i <= NR; i += step) print line[i] }' "$work/memory"
  echo '```'
}
result
if [ -n "$keep" ]; then
  result >"$ROOT/benchmarks/results/centre.md"
  say "· kept in benchmarks/results/centre.md"
fi
