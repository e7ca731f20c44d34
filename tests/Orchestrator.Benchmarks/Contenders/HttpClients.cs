using System.Net;
using System.Text;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Clients that submit one task after another over HTTP while something else goes on.</summary>
internal static class HttpClients
{
    /// <summary>Answers how many tasks were accepted meanwhile.</summary>
    public static async Task<int> SubmitAsync(ServiceProcess gateway, int clients, Func<Task> meanwhile)
    {
        using var end = new CancellationTokenSource();
        var submitting = Enumerable.Range(0, clients).Select(i => SubmitAsync(gateway, OwnStore.Workspace(i), end.Token)).ToList();
        await Task.WhenAny([meanwhile(), .. submitting]).Unwrap();
        await end.CancelAsync();
        return (await Task.WhenAll(submitting)).Sum();
    }

    private static async Task<int> SubmitAsync(ServiceProcess gateway, string workspace, CancellationToken end)
    {
        var uri = new Uri($"/api/v1/workspaces/{workspace}/tasks", UriKind.Relative);
        var accepted = 0;
        while (!end.IsCancellationRequested)
        {
            using var body = new StringContent($$$"""{"action": "{{{OwnStore.Action}}}", "input": {"latencyMs": 0}}""", Encoding.UTF8, "application/json");
            using var answer = await gateway.Client.PostAsync(uri, body, CancellationToken.None);
            accepted += answer.StatusCode == HttpStatusCode.Accepted
                ? 1
                : throw new InvalidOperationException($"A submission was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
        }

        return accepted;
    }
}
