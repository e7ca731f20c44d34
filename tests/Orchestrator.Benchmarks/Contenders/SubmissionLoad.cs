using Orchestrator.Benchmarks.Figures;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Submits tasks that nobody serves to a gateway, so that submitting is all that happens.</summary>
/// <param name="Batch">Tasks a request; 1 for single submissions.</param>
/// <param name="Connections">How many clients submit, each one request at a time.</param>
internal sealed record SubmissionLoad(int Batch, int Connections)
{
    public const string Single = "requests/s";
    public const string InBatches = "tasks/s";

    private const string Task = """{"action":"benchmark.submission","input":{"latencyMs":0}}""";

    public Sample Run(ServiceProcess gateway, BenchmarkScale scale)
    {
        var requests = Enumerable.Range(0, scale.BurnDownWorkspaces).Select(Request).ToList();
        var took = HttpLoad.Run(gateway.Client.BaseAddress!, Connections, scale.LoadTime * (2.0 / 3), scale.LoadTime, requests);
        return new Sample
        {
            [Batch == 1 ? Single : InBatches] = took.Count * Batch / scale.LoadTime.TotalSeconds,
            ["p50 ms"] = HttpLoad.Percentile(took, 0.5),
            ["p99 ms"] = HttpLoad.Percentile(took, 0.99),
        };
    }

    private byte[] Request(int workspace)
    {
        var path = $"/api/v1/workspaces/{OwnStore.Workspace(workspace)}/tasks";
        return Batch == 1
            ? HttpConnection.Post(path, Task)
            : HttpConnection.Post($"{path}/batch", $$"""{"tasks":[{{string.Join(',', Enumerable.Repeat(Task, Batch))}}]}""");
    }
}
