#!/usr/bin/env bash
# A newcomer's first hour: clones what is committed, with an empty home folder, starts it with scripts/run.sh, looks with a browser whether
# trucks move and alarms open, stops it and looks whether anything is left over, and runs scripts/test.sh.
#   scripts/check-fresh-clone.sh [--no-tests]
set -eu
. "$(dirname "$0")/common.sh"
tests=1
if [ "${1:-}" = --no-tests ]; then tests=; fi
find_java
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-fresh.XXXXXX")
server=
cleanup() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT
free_port() { "$JAVA_25/bin/jshell" -s - <<<'try (var s = new java.net.ServerSocket(0)) { System.out.println(s.getLocalPort()); }' | tr -cd 0-9; }
started=$(date +%s)
step() { printf '\n== %s  (%s s)\n' "$*" "$(($(date +%s) - started))"; }

mkdir "$work/home"
git clone -q "$ROOT" "$work/haulwatch"
cd "$work/haulwatch"
# Java takes the home folder from the account, not from HOME, and Maven keeps its libraries there.
export HOME="$work/home" MAVEN_OPTS="-Duser.home=$work/home" MAVEN_USER_HOME="$work/home/.m2"
ROOT=$work/haulwatch
unset HAULWATCH_DATA HAULWATCH_CONFIG
export HAULWATCH_ADMIN_PASSWORD=${HAULWATCH_ADMIN_PASSWORD:-first-look-$$}
http=$(free_port)
terminals=$(free_port)

step "scripts/run.sh in $(git rev-parse --short HEAD), nothing built, an empty home"
scripts/run.sh --http-port "$http" --terminal-port "$terminals" >"$work/run.out" 2>&1 &
server=$!
until curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1; do
  kill -0 "$server" 2>/dev/null || { cat "$work/run.out"; say "!! scripts/run.sh ended before it was ready."; exit 1; }
  [ $(($(date +%s) - started)) -lt 1800 ] || { cat "$work/run.out"; say "!! not ready within half an hour"; exit 1; }
  pause
done
cat "$work/run.out"

step "a browser: trucks that move, alarms that open"
maven test -pl modules/app -am -Dspotless.check.skip=true -Dtest=FirstLookTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dhaulwatch.running="http://127.0.0.1:$http/" >"$work/look.out" 2>&1 || { cat "$work/look.out"; say "!! the browser did not see them"; exit 1; }
grep -E 'Tests run|FirstLookTest' "$work/look.out" | tail -2

step "SIGTERM stops every child"
folder=$work/haulwatch/data
kill "$server"
wait "$server" || true
server=
left=$(for process in /proc/[0-9]*; do tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -F "$folder" || true; done)
[ -z "$left" ] || { say "!! still running: $left"; exit 1; }
say "· nothing is left over"

if [ -n "$tests" ]; then
  step "scripts/test.sh"
  scripts/test.sh
fi
step "a fresh clone starts, shows its trucks and alarms, stops${tests:+, and its tests are green}"
