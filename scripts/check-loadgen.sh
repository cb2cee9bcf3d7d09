#!/usr/bin/env bash
# An independent fleet of 8,200 terminals reports 4,100 positions a second for 60 s, once in each edition; then every line of
# its ledger of acknowledged reports must be in the database exactly once.
#   scripts/check-loadgen.sh [path of LoadGen.java] [seconds]
set -eu
. "$(dirname "$0")/common.sh"
generator=${1:-$ROOT/../shared/tools/LoadGen.java}
seconds=${2:-60}
[ -f "$generator" ] || { say "LoadGen.java is not at $generator: give its path."; exit 2; }
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-loadgen.XXXXXX")
cleanup() {
  stop_server
  rm -rf "$work"
}
trap cleanup EXIT
http=${HTTP_PORT:-18080}
terminals=${TERMINAL_PORT:-17611}
start_server "$work" "$http" "$terminals" --unknown-terminals enrol
failed=0
base=13800000000
ledgers=()
for edition in 2013 2019; do
  say "· $edition: 8,200 terminals, 4,100 reports a second, $seconds s"
  "$JAVA_25/bin/java" -Xmx1g "$generator" --port "$terminals" --vehicles 8200 --rate 4100 --duration "$seconds" --warmup 5 --ramp 800 \
    --version "$edition" --phone-base "$base" --ledger "$work/ledger-$edition" --watch server="$SERVER" --quiet | tee "$work/result-$edition"
  base=$((base + 100000))
  ledgers+=("$work/ledger-$edition")
  result=$(grep '^RESULT' "$work/result-$edition")
  for want in '"online":8200' '"rejected":0' '"timeouts":0' '"disconnected":0'; do
    case "$result" in *"$want"*) ;; *) say "!! $edition: expected $want"; failed=1 ;; esac
  done
done
say "· waiting until everything that was acknowledged is stored"
await_stored "$http" || failed=1
"$JAVA_25/bin/java" -Xmx1g $JAVA_FLAGS -cp "$(class_path)" io.haulwatch.app.Main check-ledger --data "$work/data" "${ledgers[@]}" || failed=1
curl -fs "http://127.0.0.1:$http/metrics" | grep -E '^haulwatch_(positions|terminals|frames_rejected)' || true
exit $failed
