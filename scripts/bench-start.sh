#!/usr/bin/env bash
# Time from the start of the service to the first acknowledged position, with and without the cache that `haulwatch prepare` makes: after an orderly stop
# and after kill -9, on one data folder. The first start of each, which makes the database, is not counted.
#   scripts/bench-start.sh [rounds] [--keep]        --keep writes benchmarks/results/start.md
set -eu
. "$(dirname "$0")/common.sh"
rounds=5
keep=
for argument in "$@"; do
  if [ "$argument" = --keep ]; then keep=1; else rounds=$argument; fi
done
build_all
build_benchmarks
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-start.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$ROOT/scripts/package.sh" "$work"
tar -xzf "$work"/haulwatch-*.tar.gz -C "$work"
home=$(echo "$work"/haulwatch-*/)
home=${home%/}
port=${TERMINAL_PORT:-17617}
before=$(machine)
: >"$work/rows"
measure() { # $1 = cache yes or no, $2 = stop or kill
  local seconds
  seconds=$("$JAVA_25/bin/java" -cp "$BENCHMARKS" io.haulwatch.benchmarks.crowd.FirstAcknowledgement "$port" $((rounds + 1)) "$2" "$work/$1-$2.log" \
    "$home/bin/haulwatch" serve --data "$work/data" --http-port 0 --terminal-port "$port" --unknown-terminals enrol)
  printf '| %s | %s | %s |\n' "$1" "$2" "${seconds#* }" | tee -a "$work/rows"
}
HAULWATCH_JAVA_HOME=$JAVA_25
export HAULWATCH_JAVA_HOME
measure without stop
measure without kill
"$home/bin/haulwatch" prepare
measure with stop
measure with kill
if [ -n "$keep" ]; then
  {
    printf '# From the start to the first acknowledgement\n\n%s\n' "$before"
    printf -- '- command: `scripts/bench-start.sh %s --keep`\n\n| cache | ended before by | seconds, each start |\n|---|---|---|\n%s\n' "$rounds" "$(cat "$work/rows")"
  } >"$ROOT/benchmarks/results/start.md"
  say "· kept in benchmarks/results/start.md"
fi
