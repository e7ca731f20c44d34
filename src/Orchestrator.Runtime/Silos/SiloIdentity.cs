using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;

namespace Orchestrator.Runtime.Silos;

/// <summary>This silo as it names itself; new with every start of the process.</summary>
public sealed class SiloIdentity(IIdSource ids, IOptions<SiloOptions> options, TimeProvider timeProvider)
{
    public Guid Id { get; } = ids.NewSiloId();

    public string Host { get; } = Environment.MachineName;

    public string Name { get; } = options.Value.Name ?? $"{Environment.MachineName}-{Environment.ProcessId}";

    public int ProcessId { get; } = Environment.ProcessId;

    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();
}
