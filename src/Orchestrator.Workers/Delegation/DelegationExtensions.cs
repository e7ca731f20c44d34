namespace Orchestrator.Workers;

/// <summary>Delegation in one line.</summary>
public static class DelegationExtensions
{
    /// <summary>Creates a child of one action for each of these inputs; see <see cref="IWorkerContext.DelegateAsync"/>.</summary>
    public static Task<IReadOnlyList<Guid>> DelegateAsync<TInput>(
        this IWorkerContext context, string action, IEnumerable<TInput> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.DelegateAsync([.. inputs.Select(input => context.NewChild(action, input))], cancellationToken);
    }
}
