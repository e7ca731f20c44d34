using System.Buffers;
using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Simulation;

/// <summary>
/// <c>generation.simulated</c>: takes its time, fails as often as it is told, streams the text it is given. For demonstrations,
/// load tests and fault tests; its result says <c>"simulated": true</c>.
/// </summary>
/// <param name="random">Numbers in [0, 1); called by many attempts at the same time.</param>
public sealed class SimulatedExecutor(TimeProvider time, Func<double> random) : IActionExecutor
{
    public const string Action = "generation.simulated";

    private const int WordsPerChunk = 8;

    // The result of an attempt that was asked for nothing, shared by all of them: a load test measures the engine, not this.
    private static readonly AttemptResult Plain = new AttemptResult.Success("""{"simulated":true}"""u8.ToArray());
    private static readonly Task<AttemptResult> PlainTask = Task.FromResult(Plain);

    public Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!SimulatedInputReader.TryRead(context.Input.Span, out var input, out var problem))
        {
            return Task.FromResult<AttemptResult>(new AttemptResult.Failure(TaskError.Of(ErrorCodes.InvalidInput, problem)));
        }

        var latency = input.LatencyMs + (input.JitterMs == 0 ? 0 : (int)(random() * (input.JitterMs + 1.0)));
        var failure = RollFailure(input);
        if (latency == 0 && input.Text is null && failure is null)
        {
            return input.Usage is null ? PlainTask : Task.FromResult(Plain with { Usage = input.Usage });
        }

        return RunAsync(input, latency, failure, context.Reporter, cancellationToken);
    }

    private async Task<AttemptResult> RunAsync(
        SimulatedInput input,
        int latencyMs,
        AttemptResult? failure,
        IAttemptReporter reporter,
        CancellationToken cancellationToken)
    {
        if (failure is not null || string.IsNullOrEmpty(input.Text))
        {
            await DelayAsync(TimeSpan.FromMilliseconds(latencyMs), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await StreamAsync(input.Text, latencyMs, reporter, cancellationToken).ConfigureAwait(false);
        }

        return failure ?? new AttemptResult.Success(Write(latencyMs, input.Text)) { Usage = input.Usage };
    }

    private AttemptResult.Failure? RollFailure(in SimulatedInput input)
    {
        if (input.ErrorRate == 0 && input.RateLimitRate == 0)
        {
            return null;
        }

        var roll = random();
        if (roll < input.ErrorRate)
        {
            return new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "Simulated failure of a provider."));
        }

        return roll < input.ErrorRate + input.RateLimitRate
            ? new AttemptResult.Failure(
                TaskError.Of(ErrorCodes.RateLimited, "Simulated rate limit of a provider."),
                input.RetryAfterMs is { } after ? TimeSpan.FromMilliseconds(after) : null)
            : null;
    }

    /// <summary>Spreads the latency evenly over the chunks of the text.</summary>
    private async Task StreamAsync(string text, int latencyMs, IAttemptReporter reporter, CancellationToken cancellationToken)
    {
        var chunks = Chunks(text);
        var started = time.GetTimestamp();
        for (var i = 0; i < chunks.Count; i++)
        {
            var due = TimeSpan.FromMilliseconds(latencyMs * (i + 1.0) / chunks.Count);
            await DelayAsync(due - time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            reporter.AppendChunk(text[chunks[i]]);
        }
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;

    private static List<Range> Chunks(string text)
    {
        var chunks = new List<Range>();
        var start = 0;
        var words = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i]) && ++words == WordsPerChunk)
            {
                chunks.Add(start..i);
                start = i;
                words = 0;
            }
        }

        chunks.Add(start..text.Length);
        return chunks;
    }

    private static ReadOnlyMemory<byte> Write(int latencyMs, string? text)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + (text?.Length ?? 0));
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteBoolean("simulated"u8, true);
        writer.WriteNumber("latencyMs"u8, latencyMs);
        if (text is not null)
        {
            writer.WriteString("text"u8, text);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
