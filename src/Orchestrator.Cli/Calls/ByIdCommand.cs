using System.CommandLine;

namespace Orchestrator.Cli.Calls;

/// <summary>A command that takes nothing but what names one thing.</summary>
internal sealed class ByIdCommand<TId> : ApiCommand
{
    private readonly Argument<TId> _id;
    private readonly Func<ApiCall, TId, Task<int>> _run;

    /// <param name="run">Answers the exit code.</param>
    public ByIdCommand(string name, Argument<TId> id, string summary, string example, Func<ApiCall, TId, Task<int>> run)
        : base(name, summary, example)
    {
        (_id, _run) = (id, run);
        Takes(_id);
    }

    protected override Task<int> RunAsync(ApiCall call) => _run(call, call.Get(_id));
}
