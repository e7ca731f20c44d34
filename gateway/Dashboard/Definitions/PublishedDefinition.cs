using Orchestrator.Contracts.Definitions;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Gateway.Dashboard.Data;
using Orchestrator.Gateway.Dashboard.Runs.Graph;

namespace Orchestrator.Gateway.Dashboard.Definitions;

/// <summary>A definition as the API answers it, and its steps with all that they need.</summary>
internal sealed class PublishedDefinition
{
    private PublishedDefinition(DefinitionResponse response, IReadOnlyList<StepDefinition> steps)
    {
        Response = response;
        Steps = steps;
    }

    public DefinitionResponse Response { get; }

    public IReadOnlyList<StepDefinition> Steps { get; }

    public static Task<PublishedDefinition> ReadAsync(DashboardApi api, DefinitionName name) => ReadAsync(api, name.Owner, name.Name, name.Version);

    /// <param name="version">The one published last where it is null.</param>
    public static async Task<PublishedDefinition> ReadAsync(DashboardApi api, string owner, string name, string? version)
    {
        var response = await api.GetAsync<DefinitionResponse>($"/definitions/{owner}/{name}", ("version", version));
        var read = DefinitionReader.ReadJson(response.Document!.Value.Utf8);
        return new PublishedDefinition(response, read.Definition?.Steps ?? throw new InvalidOperationException($"{response.Id} is published and cannot be read: {read.Problems[0].Message}"));
    }

    /// <returns>Null where it would be more than anybody can follow.</returns>
    public GraphDrawing? Draw() => GraphDrawing.Of([.. Steps.Select(step => (step.Id, step.Needs))]);
}
