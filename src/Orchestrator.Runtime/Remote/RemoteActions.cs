using Microsoft.Extensions.Options;
using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Options;

namespace Orchestrator.Runtime.Remote;

/// <summary>What <c>Actions:{action}</c> says of actions that remote workers serve. It keeps nothing, because they name what they like.</summary>
public sealed class RemoteActions(IOptionsFactory<ActionOptions> options, IOptions<RetryOptions> retryOptions)
{
    private readonly RetryPolicy _retries = retryOptions.Value.ToPolicy();

    public RemoteAction Find(string name)
    {
        var configured = options.Create(name);
        var retries = new RetryPolicy(configured.RetryBaseDelay ?? _retries.BaseDelay, configured.RetryMaxDelay ?? _retries.MaxDelay);
        return new RemoteAction(name, retries, configured.MaxCost, configured.Provider);
    }
}
