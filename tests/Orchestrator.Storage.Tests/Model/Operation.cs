namespace Orchestrator.Storage.Tests.Model;

/// <summary>One step of a run. The numbers choose among what there is when it is taken, so that a shortened run still makes sense.</summary>
internal readonly record struct Operation(OperationKind Kind, int A, int B, int C)
{
    public override string ToString() => $"{Kind}({A}, {B}, {C})";
}
