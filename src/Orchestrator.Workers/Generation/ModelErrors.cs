using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Workers.Generation;

/// <summary>Ends attempts as models have ended them.</summary>
public static class ModelErrors
{
    public static AttemptResult.Failure ToFailure(this ModelException exception) =>
        new(TaskError.Of(CodeOf(exception.Failure), exception.Message), exception.RetryAfter)
        {
            Usage = exception.Usage,
            Provider = exception.Model is { } model ? ModelName.Parse(model)?.Provider : null,
        };

    private static string CodeOf(ModelFailure failure) => failure switch
    {
        ModelFailure.RateLimited => ErrorCodes.RateLimited,
        ModelFailure.TooSlow => ErrorCodes.Timeout,
        ModelFailure.Refused or ModelFailure.UnknownModel => ErrorCodes.InvalidInput,
        ModelFailure.KeyRefused => ErrorCodes.Unservable,
        _ => ErrorCodes.ProviderError,
    };
}
