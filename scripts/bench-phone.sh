#!/usr/bin/env bash
# The first paint of the driver's pages on a slow telephone: over two slow networks and on a processor four times slower, as the browser imitates them.
#   scripts/bench-phone.sh [rounds] [--keep]        --keep writes benchmarks/results/phone.md
set -eu -o pipefail
. "$(dirname "$0")/common.sh"
rounds=9
keep=
for argument in "$@"; do
  if [ "$argument" = --keep ]; then keep=1; else rounds=$argument; fi
done
build_all
build_benchmarks
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-phone.XXXXXX")
trap 'stop_server; rm -rf "$work"' EXIT
http=${HTTP_PORT:-18093}
HAULWATCH_ADMIN_PASSWORD=$(head -c 18 /dev/urandom | base64)
export HAULWATCH_ADMIN_PASSWORD
before=$(machine)
cat >"$work/register.json" <<'JSON'
{"haulwatch_register": 1,
 "companies": [{"key": "c", "name": "顺达物流有限公司", "adcode": "440300"}],
 "vehicles": [{"company": "c", "plate": "粤B12345", "plate_colour": 2, "vehicle_class": "GENERAL"}],
 "drivers": [{"key": "d", "company": "c", "name": "刘建国", "phone": "13800138000"}],
 "assignments": [{"vehicle": "粤B12345", "driver": "d", "from": null, "to": null}]}
JSON
"$JAVA_25/bin/java" $JAVA_FLAGS -cp "$(class_path)" io.haulwatch.app.Main import --data "$work/data" "$work/register.json" >"$work/import.log" 2>&1 || { cat "$work/import.log" >&2; exit 1; }
start_server "$work" "$http" "${TERMINAL_PORT:-17693}"
"$JAVA_25/bin/java" $JAVA_FLAGS -cp "$BENCHMARKS" io.haulwatch.benchmarks.phone.FirstPaint "http://127.0.0.1:$http" "$rounds" 2>"$work/noise" | tee "$work/said" >&2 || { cat "$work/noise" >&2; exit 1; }
scripts=$(cd "$ROOT/modules/console-web/dist/driver" && find . -name '*.js' -exec sh -c 'gzip -9c "$1" | wc -c' _ {} \; | awk '{ sum += $1 } END { printf "%.1f", sum / 1024 }')
result() {
  echo "# The driver's pages on a slow telephone"
  echo
  echo "$before"
  echo "- command: \`scripts/bench-phone.sh $rounds --keep\` (server, its database and the browser share the machine)"
  echo "- scripts: $scripts KB gzip of 90, everything that the pages may load; the build fails above it"
  echo
  cat "$work/said"
  echo
  echo "390×844, processor slowed by four, networks as the browser's own throttle imitates them; $rounds openings each, every one in a browser that remembers"
  echo "nothing unless said otherwise. First paint is the browser's first-contentful-paint; usable is when the field for the number or the day's list stands there."
  echo "What the page's worker fetches by itself after the page was opened before is not throttled."
}
if [ -n "$keep" ]; then
  result >"$ROOT/benchmarks/results/phone.md"
  say "· kept in benchmarks/results/phone.md"
fi
