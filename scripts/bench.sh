#!/usr/bin/env bash
# Runs the benchmarks and holds them against what is promised: a short run by default.
#   scripts/bench.sh [name] [--full] [--keep] [--check]
# --full takes ten minutes; --keep writes benchmarks/results/jmh.md; --check fails if a promise is broken.
# What a position costs over the whole path is measured by scripts/bench-path.sh.
set -eu
. "$(dirname "$0")/common.sh"
name=
keep=
check=
effort="-f 1 -wi 3 -w 2 -i 4 -r 2"
for argument in "$@"; do
  case "$argument" in
    --full) effort="-f 3 -wi 4 -w 2 -i 5 -r 2" ;;
    --keep) keep=1 ;;
    --check) check=1 ;;
    -*) say "unknown option: $argument"; exit 2 ;;
    *) name=$argument ;;
  esac
done
find_java
build_pages
build_benchmarks
path=$BENCHMARKS
result="$ROOT/benchmarks/target/jmh.json"
before=$(machine)
# shellcheck disable=SC2086
"$JAVA_25/bin/java" $JAVA_FLAGS -cp "$path" org.openjdk.jmh.Main $effort -jvmArgsAppend "$JAVA_FLAGS" -prof gc -rf json -rff "$result" ${name:+"$name"}
broken=0
table=$("$JAVA_25/bin/java" -cp "$path" io.haulwatch.benchmarks.Holds "$result") || broken=1
printf '\n%s\n' "$table"
if [ -n "$keep" ]; then
  mkdir -p "$ROOT/benchmarks/results"
  {
    printf '# The hot path by itself\n\n%s\n' "$before"
    printf -- '- command: `scripts/bench.sh %s` (JMH %s, flags %s)\n\n%s\n' "$*" "$effort" "$JAVA_FLAGS" "$table"
  } >"$ROOT/benchmarks/results/jmh.md"
  say "· kept in benchmarks/results/jmh.md"
fi
[ -z "$check" ] || exit $broken
