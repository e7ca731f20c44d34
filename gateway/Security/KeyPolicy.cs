using Microsoft.Extensions.Options;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Security;

/// <summary>Whether keys are asked for.</summary>
internal sealed class KeyPolicy(IOptions<KeyOptions> options, IConfiguration configuration, KeyDirectory keys)
{
    /// <summary>What is settled from the start; null where it depends on whether there is a key.</summary>
    public bool? Fixed { get; } =
        options.Value.Required ?? (ListenAddresses.Configured(configuration).Any(static url => ListenAddresses.IsLocal(url) == false) ? true : null);

    public async ValueTask<bool> AsksAsync(CancellationToken cancellationToken) => Fixed ?? await keys.HasKeysAsync(cancellationToken);
}
