using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Benchmarks.Hosts;

/// <summary>Answers with the number it was given and the moment at which it was called.</summary>
internal sealed class StampExecutor : IActionExecutor
{
    public const string Action = "benchmark.stamp";

    /// <summary>Microseconds of the machine's monotonic clock, which all processes share.</summary>
    public static double Now() => Stopwatch.GetTimestamp() * (1e6 / Stopwatch.Frequency);

    public static string Input(int sequence) => string.Create(CultureInfo.InvariantCulture, $$"""{"sequence":{{sequence}}}""");

    public Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        var started = Now();
        using var input = JsonDocument.Parse(context.Input);
        var sequence = input.RootElement.GetProperty("sequence").GetInt32();
        var result = string.Create(CultureInfo.InvariantCulture, $"[{sequence},{started:F1}]");
        return Task.FromResult<AttemptResult>(new AttemptResult.Success(Encoding.UTF8.GetBytes(result)));
    }
}
