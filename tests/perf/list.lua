-- wrk: the same GET again and again; one line of figures at the end.
function init()
    wrk.headers["Cookie"] = os.getenv("BENCH_COOKIE")
end

function done(summary, latency)
    io.write(string.format("rate %.1f p50_us %d p99_us %d refused %d\n",
        summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99),
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
            + summary.errors.timeout))
end
