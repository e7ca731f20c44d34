namespace Orchestrator.TestKit.Postgres;

/// <summary>A database that is prepared once in a process, by the first who wants a copy of it.</summary>
public sealed class DatabaseTemplate(Func<IsolatedDatabase, Task> prepare)
{
    private readonly Lazy<Task<string>> _name = new(() => IsolatedDatabase.CreateTemplateAsync(prepare));

    public async Task<IsolatedDatabase> CopyAsync() => await IsolatedDatabase.CopyAsync(await _name.Value);
}
