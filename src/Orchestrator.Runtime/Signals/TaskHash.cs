namespace Orchestrator.Runtime.Signals;

/// <summary>
/// The last 16 bits of a task's id, which are random in a UUIDv7. Hints carry them instead of ids: two tasks that share them
/// cost a needless look, nothing more.
/// </summary>
public static class TaskHash
{
    public static ushort Of(Guid taskId)
    {
        Span<byte> bytes = stackalloc byte[16];
        taskId.TryWriteBytes(bytes);
        return (ushort)((bytes[14] << 8) | bytes[15]);
    }
}
