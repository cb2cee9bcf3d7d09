# Shared by the scripts beside it: finds JDK and Node, builds what is missing. Source it, do not run it.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DIST="$ROOT/modules/app/target/haulwatch"

say() { printf '%s\n' "$*" >&2; }

# Of every JVM of the product.
JAVA_FLAGS="--enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -XX:+UseTransparentHugePages"

# A JDK counts if its release file says 25 or newer.
jdk_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }
is_jdk25() { local v; v=$(jdk_version "$1"); [ -n "$v" ] && [ "$v" -ge 25 ] && [ -x "$1/bin/java" ]; }

find_java() {
  local candidate
  for candidate in "${HAULWATCH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25*; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      JAVA_25=$candidate
      return 0
    fi
  done
  say "JDK 25 is missing: install it (for example the package temurin-25-jdk or openjdk-25-jdk) or point HAULWATCH_JAVA_HOME at one."
  exit 6
}

find_node() {
  local version major minor
  version=$(node --version 2>/dev/null | sed 's/^v//')
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  if [ -z "$version" ] || [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; }; then
    say "Node 20.19 or newer is missing${version:+ (found $version)}: install it (for example the package nodejs) so that the pages can be built."
    exit 6
  fi
}

maven() { (cd "$ROOT" && JAVA_HOME="$JAVA_25" ./mvnw -B -ntp "$@"); }

# Newer than its last build? $1 = stamp, the rest = where to look.
stale() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] && return 0
  [ -n "$(find "$@" -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

build_pages() {
  local web="$ROOT/modules/console-web"
  if stale "$web/dist/.built" "$web/src" "$web/public" "$web/index.html" "$web/package.json" "$web/package-lock.json" "$web/vite.config.ts" \
    "$web/driver" "$web/vite.driver.config.ts" "$web/scripts"; then
    find_node
    if [ ! -e "$web/node_modules/.installed" ] || [ "$web/package-lock.json" -nt "$web/node_modules/.installed" ]; then
      say "· installing what the pages are built with (once, about a minute)"
      (cd "$web" && npm ci --no-progress --loglevel=error) >&2 || { say "npm ci failed in modules/console-web: see above."; exit 1; }
      touch "$web/node_modules/.installed"
    fi
    say "· building the pages"
    (cd "$web" && npm run --silent build) >&2 || { say "The pages do not build: see above."; exit 1; }
    touch "$web/dist/.built"
  fi
}

build_java() {
  if stale "$DIST/.built" "$ROOT/pom.xml" "$ROOT"/modules/*/pom.xml "$ROOT"/modules/*/src/main "$ROOT"/gateway/pom.xml "$ROOT"/gateway/src/main \
    "$ROOT"/analytics/pom.xml "$ROOT"/analytics/src/main "$ROOT/modules/console-web/dist/.built"; then
    say "· building the server (the first time also fetches its libraries: some minutes)"
    maven -q -pl modules/app -am package -Dmaven.test.skip=true -Dspotless.check.skip=true >&2 || { say "The server does not build: see above."; exit 1; }
    touch "$DIST/.built"
  fi
}

build_all() {
  find_java
  build_pages
  build_java
}

# The class path in sorted order: an archive of loaded classes made with one order is no use with another.
class_path() { printf '%s\n' "$DIST"/lib/*.jar | LC_ALL=C sort | paste -sd: -; }

# A server of its own for a check: start_server FOLDER HTTP-PORT TERMINAL-PORT [serve options]; sets SERVER to its pid.
start_server() {
  local folder=$1 http=$2 terminals=$3
  shift 3
  "$JAVA_25/bin/java" ${HAULWATCH_JAVA_OPTS:--Xmx1500m} $JAVA_FLAGS -cp "$(class_path)" io.haulwatch.app.Main serve \
    --data "$folder/data" --http-port "$http" --terminal-port "$terminals" "$@" >"$folder/server.log" 2>&1 &
  SERVER=$!
  local waited=0
  until curl -fs "http://127.0.0.1:$http/health/ready" >/dev/null 2>&1; do
    kill -0 "$SERVER" 2>/dev/null || { cat "$folder/server.log" >&2; say "The server did not start."; return 1; }
    [ $((waited += 1)) -le 120 ] || { say "The server was not ready within two minutes: see $folder/server.log"; return 1; }
    pause
  done
}

stop_server() {
  [ -n "${SERVER:-}" ] || return 0
  kill "$SERVER" 2>/dev/null || true
  wait "$SERVER" 2>/dev/null || true
  SERVER=
}

rows_waiting() { curl -fs "http://127.0.0.1:$1/metrics" | awk '/^haulwatch_log_lag_records\{.*writer/ { sum += $2 } END { printf "%d", sum }'; }

# Waits until the writer has stored all that is in the log: await_stored HTTP-PORT
await_stored() {
  local lag round
  for round in $(seq 1 300); do
    lag=$(rows_waiting "$1")
    [ "${lag%.*}" = 0 ] && return 0
    pause
  done
  say "The writer still has $lag records to store after $round seconds."
  return 1
}

# CPU time of the server and all its children, the database's processes among them, those that have ended too; clock ticks.
cpu_ticks() {
  local pid
  for pid in "$SERVER" $(descendants "$SERVER"); do
    cat "/proc/$pid/stat" 2>/dev/null || true
  done | sed 's/.*) //' | awk '{ sum += $12 + $13 + $14 + $15 } END { print sum + 0 }'
}
descendants() {
  local child
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
    echo "$child"
    descendants "$child"
  done
}

# A number of a running server, summed over its labels unless one set of them is named: metric HTTP-PORT NAME
metric() { curl -fs "http://127.0.0.1:$1/metrics" | awk -v name="$2" '$1 == name || index($1, name "{") == 1 { sum += $2 } END { print sum + 0 }'; }

# What is needed to run a program of the benchmarks' module: sets BENCHMARKS to its class path.
build_benchmarks() {
  maven -q -pl benchmarks -am compile dependency:build-classpath -Dmdep.outputFile="$ROOT/benchmarks/target/class-path" -Dspotless.check.skip=true
  BENCHMARKS="$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/class-path")"
}

pause() { read -r -t 1 <> <(:) || true; }

# Lines that say where a figure was measured.
machine() {
  echo "- machine: $(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r | cut -d- -f1), load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
  echo "- JDK: $("$JAVA_25/bin/java" -version 2>&1 | sed -n 2p)"
  echo "- commit: $(git -C "$ROOT" rev-parse --short HEAD)$(git -C "$ROOT" diff --quiet HEAD || echo ', with changes'), $(date -u +%Y-%m-%d)"
}
