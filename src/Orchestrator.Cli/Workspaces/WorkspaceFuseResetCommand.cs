using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceFuseResetCommand : ApiCommand
{
    private static readonly string[] Fuses = ["antiLoop", "budget", "circuitBreaker", "pendingCap"];

    private static readonly string Known = $"{string.Join(", ", Fuses[..^1])} or {Fuses[^1]}";

    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly Argument<string?> _fuse = new("fuse") { Description = $"The fuse: {Known}.", Arity = ArgumentArity.ZeroOrOne };

    public WorkspaceFuseResetCommand()
        : base("fuse-reset", "Closes a fuse that has tripped.", "orc workspace fuse-reset acme antiLoop")
    {
        _fuse.CompletionSources.Add(Fuses);
        Takes(_id, _fuse);
        Validators.Add(result =>
        {
            if (result.GetResult(_fuse) is not { Tokens: [{ Value.Length: > 0 }] })
            {
                result.AddError($"Say which fuse: {Known}.");
            }
        });
    }

    protected override Task<int> RunAsync(ApiCall call) =>
        call.ShowWorkspaceAsync(call.Client.Workspaces.ResetFuseAsync(call.Get(_id), Named(call.Get(_fuse)!), call.Interrupted));

    /// <summary>As people write it: anti-loop, Anti-loop.</summary>
    private static string Named(string text) =>
        Fuses.FirstOrDefault(fuse => fuse.Equals(text.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) ?? text;
}
