#!/usr/bin/env bash
# Runs the benchmarks: quick by default, --full for results that are kept.
#   scripts/bench.sh [name] [--full]
set -eu
. "$(dirname "$0")/common.sh"
name=
effort="-f 1 -wi 2 -w 2 -i 3 -r 2"
for argument in "$@"; do
  case "$argument" in
    --full) effort="-f 5 -wi 5 -w 5 -i 5 -r 5" ;;
    --check) say "There are no kept results to hold against yet: run with --full on a quiet machine and keep them in benchmarks/results."; exit 2 ;;
    *) name=$argument ;;
  esac
done
find_java
build_pages
maven -q -pl benchmarks -am test-compile -Dspotless.check.skip=true
maven -q -pl benchmarks dependency:build-classpath -Dmdep.outputFile="$ROOT/benchmarks/target/class-path" 2>/dev/null || true
classes=$(find "$ROOT"/modules/*/target/classes "$ROOT"/gateway/target/classes "$ROOT"/analytics/target/classes "$ROOT"/benchmarks/target/classes -maxdepth 0 | paste -sd: -)
# shellcheck disable=SC2086
exec "$JAVA_25/bin/java" -cp "$classes:$(cat "$ROOT/benchmarks/target/class-path" 2>/dev/null)" org.openjdk.jmh.Main $effort -prof gc ${name:+"$name"}
