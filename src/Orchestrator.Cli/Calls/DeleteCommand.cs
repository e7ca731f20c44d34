using System.CommandLine;

namespace Orchestrator.Cli.Calls;

/// <summary>Deletes one thing, once it is sure that somebody wants that.</summary>
internal sealed class DeleteCommand<TId> : ApiCommand
{
    private readonly Argument<TId> _id;
    private readonly Option<bool> _yes = Confirmation.Option();
    private readonly Func<TId, string> _warning;
    private readonly Func<ApiCall, TId, Task> _delete;

    /// <param name="warning">What would happen, as a sentence.</param>
    public DeleteCommand(Argument<TId> id, string summary, string example, Func<TId, string> warning, Func<ApiCall, TId, Task> delete)
        : base("delete", summary, example)
    {
        (_id, _warning, _delete) = (id, warning, delete);
        Takes(_id, _yes);
    }

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var id = call.Get(_id);
        await Confirmation.RequireAsync(call.Get(_yes), _warning(id), call.Interrupted);
        await _delete(call, id);
        return CliExitCodes.Success;
    }
}
