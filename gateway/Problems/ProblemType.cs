namespace Orchestrator.Gateway.Problems;

/// <summary>A kind of problem; <c>docs/errors.md</c> lists them all.</summary>
internal sealed record ProblemType(string Slug, int Status, string Title)
{
    public string Uri => $"urn:orchestrator:problem:{Slug}";
}
