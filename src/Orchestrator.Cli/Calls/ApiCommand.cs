namespace Orchestrator.Cli.Calls;

/// <summary>A command that asks a gateway.</summary>
internal abstract class ApiCommand : CliCommand
{
    protected ApiCommand(string name, string summary, params string[] examples)
        : base(name, summary, examples) =>
        SetAction((arguments, interrupted) => Failures.GuardAsync(
            async () =>
            {
                using var call = new ApiCall(arguments, interrupted);
                return await RunAsync(call);
            },
            interrupted));

    /// <summary>Answers the exit code.</summary>
    protected abstract Task<int> RunAsync(ApiCall call);
}
