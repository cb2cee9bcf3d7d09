#!/usr/bin/env bash
# How long a truck-day of 8,640 positions takes to read after days of many trucks were stored in the order of their arrival: by packed hours, as the
# product does, and by the plain index. Warm caches, and cold ones: a server just started, its files no longer in memory.
#   scripts/bench-truck-day.sh [--trucks N] [--days N] [--minutes M] [--folder DIR] [--covering] [--cold N] [--keep]
# --minutes ends the inserting with the day at hand; --covering adds a covering index as third rival; --keep writes benchmarks/results/truck-day.md.
# --class-path CP takes classes from there instead of building.
set -eu
. "$(dirname "$0")/common.sh"
trucks=1000 days=30 minutes=240 cold=40 covering=false keep= folder=${TMPDIR:-/tmp} jars= arguments="$*"
while [ $# -gt 0 ]; do
  case $1 in
    --trucks) trucks=$2; shift ;;
    --days) days=$2; shift ;;
    --minutes) minutes=$2; shift ;;
    --cold) cold=$2; shift ;;
    --folder) folder=$2; shift ;;
    --class-path) jars=$2; arguments=${arguments/"--class-path $2 "/}; shift ;;
    --covering) covering=true ;;
    --keep) keep=1 ;;
    *) say "Unknown option $1: see the head of $0."; exit 2 ;;
  esac
  shift
done
[ "$days" -ge 1 ] && [ "$trucks" -ge 1 ] || { say "There is at least one truck and one day."; exit 2; }
if [ -n "$jars" ]; then find_java; else build_all; jars=$(class_path); fi

# Rows and their key take 210 bytes a position, a packed hour 8 kB at most, the rest of the database and its log 4 GB.
need() { echo $((4000000 + $1 * trucks * (8640 * ($([ $covering = true ] && echo 420 || echo 210)) + 24 * 8192) / 1000)); }
free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 - 10000000 }')
asked=$days
while [ "$(need "$days")" -gt "$free" ] && [ "$days" -gt 1 ]; do days=$((days - 1)); done
[ "$(need "$days")" -le "$free" ] || { say "One day of $trucks trucks needs $(($(need 1) / 1000000)) GB below $folder, and 10 GB have to stay free."; exit 5; }
[ "$days" = "$asked" ] || say "· not $asked days but $days: the disk below $folder has room for no more, with 10 GB to stay free"

before=$(machine)
work=$(mktemp -d "$folder/haulwatch-truck-day.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$JAVA_25/bin/java" -Xmx2g $JAVA_FLAGS -cp "$jars" "$ROOT/scripts/TruckDay.java" "$work" "$trucks" "$days" "$minutes" 200 "$cold" $covering 20261121 \
  >"$work/out" || { cat "$work/out" >&2; exit 1; }
dropped="the page cache dropped by root"
[ -w /proc/sys/vm/drop_caches ] || dropped="the database's files dropped from the page cache (not root: the rest of it stays)"
result() {
  echo "# A truck-day of 8,640 positions"
  echo
  echo "$before"
  echo "- command: \`scripts/bench-truck-day.sh $arguments\`"
  [ "$days" = "$asked" ] || echo "- $asked days were asked for; the disk had room for $days"
  cat "$work/out"
  cat <<T

Each read is any 24 hours of any truck, on the hour, from the question to 8,640 positions in the service's memory, under row security. Warm: the second of two passes over the
same truck-days. Cold: before every read the server was stopped, $dropped, the server started and a connection
opened; the disk's own cache is out of reach. Hold: 50 ms at p95, warm and cold.

What 41,000 trucks × 30 days would take is extrapolated, not measured: a truck-day is 24 or 25 packed rows however many trucks there are, each a page of its own, so the
time grows with the depth of one index; room grows in proportion, 41 times the sizes above for the same days.
T
}
result
if [ -n "$keep" ]; then
  result >"$ROOT/benchmarks/results/truck-day.md"
  say "· kept in benchmarks/results/truck-day.md"
fi
