using Microsoft.Extensions.Options;

namespace Orchestrator.Runtime.Tests.Fakes;

internal sealed class FakeOptionsMonitor<T> : IOptionsMonitor<T>
    where T : new()
{
    public Dictionary<string, T> Named { get; } = [];

    public T CurrentValue { get; } = new();

    public T Get(string? name) => Named.GetValueOrDefault(name ?? string.Empty, CurrentValue);

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
