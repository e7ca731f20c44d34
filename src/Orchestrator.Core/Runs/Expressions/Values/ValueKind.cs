namespace Orchestrator.Core.Runs.Expressions.Values;

internal enum ValueKind
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}
