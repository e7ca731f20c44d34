namespace Orchestrator.Storage.Submissions;

/// <summary>A caller's key, scoped to the workspace, and the SHA-256 of the body it came with.</summary>
public sealed record IdempotencyKey(string Key, ReadOnlyMemory<byte> BodyHash);
