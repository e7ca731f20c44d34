namespace Orchestrator.TestKit;

/// <summary>What tests need of the machine, and whether its absence skips them or fails them.</summary>
public static class TestRequirements
{
    public const string RequireVariable = "ORCHESTRATOR_TEST_REQUIRE";

    /// <summary>True where a missing tool must fail the tests that need it instead of skipping them.</summary>
    public static bool Strict { get; } = Environment.GetEnvironmentVariable(RequireVariable) is "1" or "true";

    /// <summary>True where tests run at full length, though that takes minutes.</summary>
    public static bool Full { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_FULL") == "1";

    /// <summary>Why tests on PostgreSQL are skipped here; null when they run.</summary>
    public static string? PostgresSkipReason { get; } = Strict ? null : Postgres.PostgresBinaries.MissingReason;

    /// <summary>Why tests of the Python worker are skipped here; null when they run.</summary>
    public static string? PythonSkipReason { get; } =
        Strict || ExecutableFinder.Find("python3") is not null ? null : "python3 is not installed; run ./test, which installs it.";

    /// <summary>Why tests of what the documents have people type are skipped here; null when they run.</summary>
    public static string? CurlSkipReason { get; } =
        Strict || (ExecutableFinder.Find("bash") is not null && ExecutableFinder.Find("curl") is not null) ? null : "curl is not installed; run ./test, which installs it.";

    /// <summary>Why tests with a Prometheus are skipped here; null when they run.</summary>
    public static string? PrometheusSkipReason { get; } =
        Strict || (ExecutableFinder.Find("prometheus") is not null && ExecutableFinder.Find("promtool") is not null)
            ? null
            : "prometheus is not installed; run ./test, which installs it.";

    /// <summary>Why tests in a browser are skipped here; null when they run.</summary>
    public static string? BrowserSkipReason { get; } = PostgresSkipReason
        ?? (Strict || ExecutableFinder.Find("chromium") is not null ? null : "chromium is not installed; run ./test, which installs it.");
}
