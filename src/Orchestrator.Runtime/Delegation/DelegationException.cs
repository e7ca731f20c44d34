using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Delegation;

/// <summary>Children were refused, and none of them was created. A worker that lets it pass ends its attempt with this code and message.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>: <c>depth_exceeded</c>, <c>invalid_input</c>, <c>resource_unavailable</c>, <c>rejected</c>.</param>
public sealed class DelegationException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
