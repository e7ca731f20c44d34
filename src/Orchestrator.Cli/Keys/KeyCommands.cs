using System.CommandLine;
using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Keys;

/// <summary><c>orc key …</c></summary>
internal static class KeyCommands
{
    public static CommandGroup Group() => new(
        "key",
        "Creates, lists and revokes the keys that callers come in with.",
        new KeyCreateCommand(),
        new KeyListCommand(),
        new ByIdCommand<string>(
            "get",
            Name(),
            "Shows a key, without its secret.",
            "orc key get deploy",
            static (call, id) => call.ShowAsync(call.Client.Keys.GetAsync(id, call.Interrupted))),
        new KeyRevokeCommand());

    public static Argument<string> Name() => new("key") { Description = "The name of the key, or its id." };
}
