using Orchestrator.Storage;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Fills our own store the way a gateway does, without the HTTP.</summary>
internal static class OwnStore
{
    public const string Action = "generation.simulated";

    private const int Batch = 2_000;
    private const int Submitters = 4;

    private static readonly byte[] Input = "{\"latencyMs\":0}"u8.ToArray();

    public static IStore OpenPostgres(string connectionString) =>
        StoreFactory.Open(new StoreOptions { ConnectionString = connectionString }, TimeProvider.System);

    public static IStore OpenSqlite(string folder) =>
        StoreFactory.Open(new StoreOptions { DataDirectory = folder }, TimeProvider.System);

    public static string Workspace(int index) => $"w-{index}";

    /// <summary>A task that takes no time.</summary>
    public static NewTask NewTask() => new() { Id = Guid.CreateVersion7(), Action = Action, Input = Input };

    public static Task CreateWorkspacesAsync(IStore store, int count)
    {
        var now = DateTimeOffset.UtcNow;
        return InParallelAsync(Enumerable.Range(0, count), i =>
            store.Workspaces.CreateAsync(new WorkspaceRecord { Id = Workspace(i), CreatedAt = now, UpdatedAt = now }, CancellationToken.None));
    }

    /// <summary>Submits tasks that take no time, dealt out over the first workspaces.</summary>
    public static Task SubmitAsync(IStore store, int workspaces, int tasks) => SubmitAsync(store, tasks, i => Workspace(i % workspaces), _ => NewTask());

    /// <param name="workspace">Where the task with that number goes.</param>
    /// <param name="create">Makes the task with that number.</param>
    public static Task SubmitAsync(IStore store, int tasks, Func<int, string> workspace, Func<int, NewTask> create) =>
        InParallelAsync(Enumerable.Range(0, tasks).Chunk(Batch), async numbers =>
        {
            var submissions = numbers.GroupBy(workspace).Select(group => new Submission(group.Key, [.. group.Select(create)]));
            foreach (var result in await store.Submissions.SubmitAsync([.. submissions], CancellationToken.None))
            {
                if (result is not SubmissionResult.Accepted)
                {
                    throw new InvalidOperationException($"A submission was answered with {result}.");
                }
            }
        });

    private static Task InParallelAsync<T>(IEnumerable<T> parts, Func<T, Task> act) =>
        Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (part, _) => await act(part));
}
