using System.Text.Json;

namespace Orchestrator.Client.Http;

/// <summary>An answer that says that it was done.</summary>
/// <param name="IsReplayed">Whether it was done before, for the same key.</param>
/// <param name="Attempts">How often the request was sent.</param>
internal sealed record ApiAnswer(int Status, byte[] Body, bool IsReplayed, int Attempts)
{
    public T Read<T>() => Understand(() => WireJson.Read<T>(Body));

    public bool HasStatus(string name) => Understand(() =>
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.TryGetProperty("status", out var status) && status.ValueEquals(name);
    });

    private T Understand<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new OrchestratorException($"The answer is not what the API answers: {exception.Message}", exception) { Status = Status, Attempts = Attempts };
        }
    }
}
