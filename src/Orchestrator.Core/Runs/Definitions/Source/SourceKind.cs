namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>What a value of a document is.</summary>
public enum SourceKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,

    /// <summary>Something that is no value, of which a problem tells already; it is asked for nothing more.</summary>
    Unreadable,
}
