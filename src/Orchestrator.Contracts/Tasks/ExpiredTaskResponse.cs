namespace Orchestrator.Contracts.Tasks;

/// <summary>The answer to a repeated <c>Idempotency-Key</c> whose task is past its retention.</summary>
/// <param name="Id">The task that the key made.</param>
/// <param name="Status"><c>expired</c>.</param>
public sealed record ExpiredTaskResponse(Guid Id, string Status = ExpiredTaskResponse.Expired)
{
    public const string Expired = "expired";
}
