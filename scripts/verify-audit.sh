#!/usr/bin/env bash
# Looks whether a row of the audit was changed, removed or slipped in: exit code 1 if so. Takes the options of `haulwatch verify-audit`, for example
# --data DIR, and --noted HASH with a hash that was noted earlier. The service may run or not.
set -eu
exec "$(dirname "$0")/haulwatch" verify-audit "$@"
