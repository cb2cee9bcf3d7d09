#!/usr/bin/env bash
# Builds the archive that is installed: programs, start script, systemd unit, configuration with every key, documents.
#   scripts/package.sh [FOLDER]    default: modules/app/target
set -eu
. "$(dirname "$0")/common.sh"
build_all
target=$(mkdir -p "${1:-$ROOT/modules/app/target}" && cd "${1:-$ROOT/modules/app/target}" && pwd)
version=$(sed -n 's#^  <version>\(.*\)</version>#\1#p' "$ROOT/pom.xml" | head -1)
name="haulwatch-$version"
work=$(mktemp -d "${TMPDIR:-/tmp}/haulwatch-package.XXXXXX")
trap 'rm -rf "$work"' EXIT
home="$work/$name"
mkdir -p "$home/lib" "$home/docs"
cp "$DIST"/lib/*.jar "$home/lib/"
cp -r "$ROOT/packaging/bin" "$ROOT/packaging/systemd" "$home/"
cp -r "$ROOT/docs/operations" "$ROOT/docs/rules" "$home/docs/"
cp "$ROOT/LICENSE" "$ROOT/CHANGELOG.md" "$home/"
"$JAVA_25/bin/java" -cp "$(class_path)" io.haulwatch.app.Main config >"$home/haulwatch.yaml.example"
# The same content gives the same archive, whenever and by whomever it is built.
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git -C "$ROOT" log -1 --format=%ct)" -cf - "$name" | gzip -n >"$target/$name.tar.gz"
say "· $target/$name.tar.gz ($(du -h "$target/$name.tar.gz" | cut -f1))"
