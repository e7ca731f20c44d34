using System.Globalization;
using System.Text.Json;
using Orchestrator.Contracts;

namespace Orchestrator.Client.Http;

/// <summary>Makes an exception of an answer that says that it was not done.</summary>
internal static class ProblemReader
{
    private const string Urn = "urn:orchestrator:problem:";

    public static async Task<OrchestratorException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var retryAfter = RetryAfter(response, time);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (Parse(body) is not { } problem)
        {
            return new OrchestratorException(string.Create(CultureInfo.InvariantCulture, $"The answer was {status} {response.ReasonPhrase}, without saying why."))
            {
                Status = status,
                RetryAfter = retryAfter,
                IsUndone = status == 429,
            };
        }

        return new OrchestratorException(Message(problem))
        {
            Status = status,
            Slug = problem.Type.StartsWith(Urn, StringComparison.Ordinal) ? problem.Type[Urn.Length..] : null,
            Title = problem.Title,
            Detail = problem.Detail,
            Errors = problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>(),
            Fuse = problem.Fuse,
            TraceId = problem.TraceId,
            RetryAfter = retryAfter,
            IsUndone = status == 429,
        };
    }

    private static ProblemResponse? Parse(byte[] body)
    {
        try
        {
            return WireJson.Read<ProblemResponse>(body);
        }
        catch (JsonException)
        {
            // Something between here and the gateway answered; its status is all there is to go by.
            return null;
        }
    }

    private static string Message(ProblemResponse problem)
    {
        var fields = (problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>())
            .SelectMany(field => field.Value.Select(message => $"{(field.Key.Length == 0 ? "the body" : field.Key)} {message}"));
        return string.Join(' ', [problem.Title, problem.Detail ?? "", .. fields]).TrimEnd();
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };
}
