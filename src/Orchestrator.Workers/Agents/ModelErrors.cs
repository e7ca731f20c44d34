using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents;

/// <summary>What becomes of a task whose model gave no answer.</summary>
internal static class ModelErrors
{
    public static TaskError Of(ModelException exception) => TaskError.Of(CodeOf(exception.Failure), exception.Message);

    private static string CodeOf(ModelFailure failure) => failure switch
    {
        ModelFailure.RateLimited => ErrorCodes.RateLimited,
        ModelFailure.TooSlow => ErrorCodes.Timeout,
        ModelFailure.Refused or ModelFailure.UnknownModel => ErrorCodes.InvalidInput,
        ModelFailure.KeyRefused => ErrorCodes.Unservable,
        _ => ErrorCodes.ProviderError,
    };
}
