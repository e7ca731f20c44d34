namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>UUIDv7 ids that grow from call to call, as a gateway's do over time.</summary>
internal static class TaskIds
{
    private static long _last = DateTimeOffset.UnixEpoch.AddYears(50).ToUnixTimeMilliseconds();

    public static Guid Next() => Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Increment(ref _last)));
}
