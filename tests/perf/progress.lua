-- wrk: each thread owns one assignment and reports on it again and again, with the version that the
-- last answer told. One connection per thread, so that answers follow questions.
-- Environment: BENCH_IDS (file, one "id version" a line), BENCH_CSRF, BENCH_COOKIE, BENCH_RUN.

local next_thread = 0
function setup(thread)
    thread:set("nth", next_thread)
    next_thread = next_thread + 1
end

local lines, path, version, count, headers = 0, nil, nil, 0, {}
refused = 0

function init()
    for line in io.lines(os.getenv("BENCH_IDS")) do
        if lines == nth then
            local id, v = line:match("^(%S+)%s+(%d+)")
            path, version = "/api/v1/assignments/" .. id .. "/progress", v
        end
        lines = lines + 1
    end
    headers["Cookie"] = os.getenv("BENCH_COOKIE")
    headers["X-CSRF-Token"] = os.getenv("BENCH_CSRF")
    headers["Content-Type"] = "application/json"
end

function request()
    count = count + 1
    headers["If-Match"] = '"' .. version .. '"'
    headers["Idempotency-Key"] = os.getenv("BENCH_RUN") .. "-" .. nth .. "-" .. count
    local progress = count % 2 == 0 and "60" or "40"
    return wrk.format("POST", path, headers,
        '{"status":"in_progress","progress":' .. progress .. ',"note":"Đã thực hiện theo kế hoạch."}')
end

function response(status, answered, body)
    local etag = answered["ETag"] or answered["Etag"] or answered["etag"]
    local told = etag and etag:match("v(%d+)") or body:match('"current_version":(%d+)')
    if told then version = told end
    if status ~= 200 then refused = refused + 1 end
end

function done(summary, latency)
    io.write(string.format("rate %.1f p50_us %d p99_us %d refused %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99),
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
            + summary.errors.timeout))
end
