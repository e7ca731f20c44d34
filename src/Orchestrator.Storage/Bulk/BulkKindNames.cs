namespace Orchestrator.Storage.Bulk;

/// <summary>The kinds as callers and the store write them.</summary>
public static class BulkKindNames
{
    public static string ToName(this BulkKind kind) => kind switch
    {
        BulkKind.Cancel => "cancel",
        BulkKind.Retry => "retry",
        _ => "move",
    };

    /// <summary>The kind, or null when the name is none.</summary>
    public static BulkKind? Parse(string name) => name switch
    {
        "cancel" => BulkKind.Cancel,
        "retry" => BulkKind.Retry,
        "move" => BulkKind.Move,
        _ => null,
    };
}
