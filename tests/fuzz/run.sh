#!/bin/sh
# Fuzzes every target for some seconds each (default 60) on a copy of its corpus, and fails on a
# finding. Usage: tests/fuzz/run.sh [seconds] [target...]
# FUZZ_BUILD names the build directory, kept between runs (default: build-fuzz at the project's root).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-60}
[ $# -gt 0 ] && shift
build=${FUZZ_BUILD:-$here/../../build-fuzz}

cmake -S "$here" -B "$build" -DDANVAN_FUZZ=ON -DCMAKE_C_COMPILER=clang >/dev/null
cmake --build "$build" -j"$(nproc)" >/dev/null

if [ $# -eq 0 ]; then
    for source in "$here"/fuzz_*.c; do
        name=$(basename "$source" .c)
        set -- "$@" "${name#fuzz_}"
    done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$build/findings"

# One target, on a processor of its own.
cat >"$work/one.sh" <<'SH'
name=$1 here=$2 build=$3 seconds=$4 work=$5
mkdir -p "$work/$name"
cp -r "$here/corpus/$name/." "$work/$name/" 2>/dev/null || :
if "$build/fuzz_$name" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=1024 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$name-" "$work/$name" \
    >"$build/$name.log" 2>&1; then
    echo "ok $name: $(sed -n 's/^stat::number_of_executed_units: */runs /p' "$build/$name.log")"
else
    echo "FINDING in $name, see $build/$name.log and $build/findings/"
    tail -n 40 "$build/$name.log"
fi >"$work/$name.said"
SH
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} sh "$work/one.sh" {} "$here" "$build" "$seconds" "$work"

passed=0
failed=0
for name in "$@"; do
    cat "$work/$name.said"
    case $(head -n 1 "$work/$name.said") in
        "ok $name:"*) passed=$((passed + 1)) ;;
        *) failed=$((failed + 1)) ;;
    esac
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
