#!/usr/bin/env bash
# Runs the commands of README.md's tour as they stand there, against a running installation
# (DANVAN_PORT and DANVAN_VAR say which; deploy/run.sh's own defaults else). What the tour shows
# is held against what the text around it promises.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for tool in curl jq; do
    command -v "$tool" >/dev/null || { echo "docs_tour.sh: $tool is missing" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The sh blocks between the two marks, in order.
awk '/^<!-- tour:/ { inside = 1 } /^<!-- end of the tour/ { inside = 0 }
     inside && /^```sh/ { block = 1; next } /^```/ { block = 0 } inside && block' \
    "$root/README.md" > "$work/tour.sh"
[ "$(grep -c '^sign_in ' "$work/tour.sh")" -eq 4 ] || { echo "docs_tour.sh: four users are promised" >&2; exit 1; }

cd "$root"
bash -euo pipefail "$work/tour.sh" > "$work/out" 2> "$work/err" || {
    echo "docs_tour.sh: the tour stops:" >&2
    cat "$work/out" "$work/err" >&2
    exit 1
}

failed=0
shows() { # TEXT: the tour's output must hold it
    grep -qF -- "$1" "$work/out" || { echo "docs_tour.sh: the tour does not show: $1" >&2; failed=1; }
}
shows '"today": "2022-11-21"'
shows '2022-11-18	3	1	Ủy ban nhân dân tỉnh Bình Phước' # late, and on the next agenda already
shows '"is_frozen": false'              # the packet is still being gathered
shows '"missing": 282'                  # with who has not reported
shows 'Cấp tỉnh	1112500000	722500000'   # the year's money
shows '2021-12-31'                      # what was due in 2021 and is not done
shows '2022-11-15'                      # communes that have not reported
shows '"decision_note": "Đồng ý"'       # a leader approves
shows 'returned'                        # and a ward reads why its own came back
shows 'Ban Dân vận Thành ủy Đồng Xoài'  # one of eleven districts
shows '"source_symbol": "36-KH/BDVTU"'
shows '"progress": 40'
shows '/errors/stale-version'
[ "$(grep -c 'Ban Dân vận .*2021-12-31' "$work/out")" -eq 11 ] || {
    echo "docs_tour.sh: not eleven districts" >&2
    failed=1
}
if [ "$failed" -ne 0 ]; then
    cat "$work/out" >&2
    exit 1
fi
echo "docs_tour: 100%: Checks: 14, Failures: 0, Errors: 0"
