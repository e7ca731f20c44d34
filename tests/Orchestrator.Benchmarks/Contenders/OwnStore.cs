using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Fills our own store the way a gateway does, without the HTTP.</summary>
internal static class OwnStore
{
    public const string Action = "generation.simulated";

    private const int Batch = 2_000;

    private static readonly byte[] Input = "{\"latencyMs\":0}"u8.ToArray();

    public static IStore OpenPostgres(string connectionString) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = connectionString }, TimeProvider.System);

    public static IStore OpenSqlite(string folder) =>
        StoreFactory.Open(new StoreOptions { DataDirectory = folder }, TimeProvider.System);

    public static string Workspace(int index) => $"w-{index}";

    public static async Task CreateWorkspacesAsync(IStore store, int count)
    {
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < count; i++)
        {
            await store.Workspaces.CreateAsync(new WorkspaceRecord { Id = Workspace(i), CreatedAt = now, UpdatedAt = now }, CancellationToken.None);
        }
    }

    /// <summary>Submits tasks that take no time, dealt out over the first workspaces.</summary>
    public static async Task SubmitAsync(IStore store, int workspaces, int tasks)
    {
        for (var done = 0; done < tasks; done += Batch)
        {
            var first = done;
            var submissions = Enumerable.Range(0, Math.Min(Batch, tasks - done))
                .GroupBy(i => (first + i) % workspaces)
                .Select(group => new Submission(Workspace(group.Key), [.. group.Select(_ => NewTask())]));
            foreach (var result in await store.Submissions.SubmitAsync([.. submissions], CancellationToken.None))
            {
                if (result is not SubmissionResult.Accepted)
                {
                    throw new InvalidOperationException($"A submission was answered with {result}.");
                }
            }
        }
    }

    private static NewTask NewTask() => new() { Id = Guid.CreateVersion7(), Action = Action, Input = Input };
}
