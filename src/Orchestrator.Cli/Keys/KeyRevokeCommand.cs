using System.CommandLine;
using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Keys;

internal sealed class KeyRevokeCommand : ApiCommand
{
    private readonly Argument<string> _key = KeyCommands.Name();
    private readonly Option<bool> _yes = Confirmation.Option();

    public KeyRevokeCommand()
        : base("revoke", "Has a key refused from now on; there is no way back.", "orc key revoke deploy --yes") => Takes(_key, _yes);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var key = call.Get(_key);
        await Confirmation.RequireAsync(call.Get(_yes), $"The key {key} would be refused from then on, and its sessions would end.", call.Interrupted);
        await call.Client.Keys.RevokeAsync(key, call.Interrupted);
        return CliExitCodes.Success;
    }
}
